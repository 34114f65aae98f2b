"""How often two reports are taken for the same thing rightly, on pairs labelled by hand.

`make similar` prints the figures, and every pair that is judged otherwise.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import yaml

from actions.casework.form_context import form_context
from actions.domain.messages import Location
from actions.domain.sites import Sites
from actions.forms.context import RawAnswer
from actions.forms.form import Field, Json
from actions.forms.kinds import KINDS
from actions.forms.same_place import is_same, read_place_words
from tests.support.clock import Clock
from tests.support.running_bot import reference_of_tests

PAIRS = Path(__file__).with_name("same_place_pairs.yml")
PRECISION, RECALL, COUNT = 0.97, 0.89, 300
FIELD = Field("lokasi", "lokasi", "Lokasi", "Lokasinya di mana?")
Pair = tuple[str, str]


def read(said: str) -> Json:
    """A place as a form reads it; the pins are of no village, so they are read without the map."""
    context = form_context(reference_of_tests(), Clock().now)
    if said.startswith("@"):
        latitude, longitude = map(float, said[1:].split(","))
        anywhere = replace(context, area=replace(context.area, sites=Sites()))
        return KINDS["lokasi"].read(
            RawAnswer(location=Location(latitude, longitude)), FIELD, anywhere
        )
    return KINDS["lokasi"].read(RawAnswer(text=said), FIELD, context)


def judged() -> dict[tuple[str, bool], list[Pair]]:
    """The pairs by their label and by what is made of them."""
    words = read_place_words(reference_of_tests().words["tempat"])
    found: dict[tuple[str, bool], list[Pair]] = {}
    for label, pairs in yaml.safe_load(PAIRS.read_text()).items():
        for one, other in pairs:
            same = is_same(read(one), read(other), words)
            assert same == is_same(read(other), read(one), words), (one, other)
            found.setdefault((label, same), []).append((one, other))
    return found


def figures(found: dict[tuple[str, bool], list[Pair]]) -> tuple[int, float, float]:
    """How many pairs, precision, recall."""
    right, wrong = len(found.get(("sama", True), [])), len(found.get(("beda", True), []))
    missed = len(found.get(("sama", False), []))
    count = sum(map(len, found.values()))
    return count, right / (right + wrong), right / (right + missed)


def test_precision_and_recall_hold() -> None:
    count, precision, recall = figures(judged())
    assert count == COUNT
    assert precision >= PRECISION
    assert recall >= RECALL

"""Every text that the code names exists, every text is named, and every call fills its text.

The console, the web chat and the explanations of answers are held to the same in
tests/console/test_words.py, tests/web/test_words.py and tests/forms/test_explanations.py.
"""

from __future__ import annotations

import ast

import pytest

from actions.catalogue.texts import placeholders
from tests.meta.sources import HOLE, calls, literals, pattern, python_files, shapes, text_of
from tests.support.running_bot import reference_of_tests

CODE = python_files("actions", "bot")
OUTSIDE = [path for path in CODE if "console" not in path.parts]
"""The console names its words without "konsol." (see tests/console/test_words.py)."""
TEXTS = reference_of_tests().texts
ELSEWHERE = {"konsol", "salah", "warga"}
PARTS = {key.partition(".")[0] for key in TEXTS.variants} - ELSEWHERE
FAMILIES = {
    "tombol": "the labels of buttons: turn.button(label, ...)",
    "periksa": "what is wrong with a data file: Problem(path, line, key)",
    "berkas": "what is wrong with a file: FileFault(key)",
    "terminal": "how far the model is, and the keys of sharing",
}
"""Parts whose keys are named without the part itself."""

SAYS = ("say", "word", "html", "plain")
NOT_PARAMS = {"ask", "turn", "buttons"}


def _keys(part: str) -> set[str]:
    return {key for key in TEXTS.variants if key.startswith(f"{part}.")}


def test_every_text_named_in_code_exists() -> None:
    looks_like = [text for text in literals(OUTSIDE) if text.partition(".")[0] in PARTS]
    named = {text for text in looks_like if "." in text and " " not in text}
    files = {name for name in named if name.endswith((".yml", ".db", ".log", ".md"))}
    prefixes = {name for name in named if any(key.startswith(name) for key in TEXTS.variants)}
    unreadable = {
        getattr(node, "value", None)
        for call in calls(CODE, "Unreadable")
        for node in ast.walk(call.args[0])
    }
    assert named - files - prefixes - unreadable == set()


@pytest.mark.parametrize("part", sorted(PARTS))
def test_every_text_is_used(part: str) -> None:
    words, forms = literals(CODE), shapes(CODE)
    begun = [pattern(shape) for shape in forms if shape.startswith(f"{part}.")]
    if part in FAMILIES:
        begun = [shape for shape in begun if shape.pattern.count("a-z0-9") and _narrow(shape)]
    unused = {
        key
        for key in _keys(part)
        if key not in words
        and not any(shape.fullmatch(key) for shape in begun)
        and not (part in FAMILIES and _by_family(key, words, forms))
    }
    assert unused == set()


def _narrow(shape: object) -> bool:
    """Whether a pattern names more than the part: "tombol." and a hole would allow all."""
    return str(getattr(shape, "pattern", "")).count(r"\.") > 1


def _by_family(key: str, words: set[str], forms: set[str]) -> bool:
    rest = key.partition(".")[2]
    last = rest.rpartition(".")[2]
    ends = {shape for shape in forms if shape.startswith(HOLE) and shape.endswith(f".{last}")}
    return rest in words or any(pattern(shape).fullmatch(rest) for shape in ends)


@pytest.mark.parametrize(
    "call",
    [call for call in calls(CODE, *SAYS) if call.args and text_of(call.args[0]) in TEXTS.variants],
    ids=lambda call: f"{text_of(call.args[0])}:{call.lineno}",
)
def test_a_call_fills_the_whole_text(call: ast.Call) -> None:
    given = {keyword.arg for keyword in call.keywords}
    if None in given:
        return
    wanted = placeholders(TEXTS.variants[str(text_of(call.args[0]))][0])
    assert wanted == given - NOT_PARAMS

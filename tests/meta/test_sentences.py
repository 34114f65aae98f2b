"""Training sentences differ from each other, and the held-out ones from all of them."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from ruamel.yaml import YAML

ALIKE = 0.8
SAID_ONE_WAY = 2  # "ya", "kulonuwun", "tidak setuju": a word or two that everybody says alike
WORD = re.compile(r"[^\W_]+|{\w+}")
TARGET = re.compile(r"^\[\w+\]\s*")
INTENTS = ("services", "complaints", "language/intents"), Path("tests/nlu/held_out")
ENTITIES = ("language/entities",), Path("tests/nlu/entities")
MARK = re.compile(r"[\[\]]")
Grams = frozenset[str]


def grams(sentence: str) -> Grams:
    """Character trigrams of the words in lower case."""
    text = f" {' '.join(WORD.findall(sentence.lower()))} "
    return frozenset(text[start : start + 3] for start in range(max(1, len(text) - 2)))


def examples(path: Path) -> list[str]:
    return list(YAML(typ="safe").load(path.read_text(encoding="utf-8"))["contoh"])


def training(folders: Iterable[str]) -> list[str]:
    paths = [path for folder in folders for path in sorted(Path("data", folder).glob("*.yml"))]
    return [MARK.sub("", TARGET.sub("", each)) for path in paths for each in examples(path)]


def held_out(folder: Path) -> list[str]:
    loaded = [
        YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.yml"))
    ]
    return [entry["teks"] for entries in loaded for entry in entries]


def alike(sentences: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of positions whose trigrams have a Jaccard index of ALIKE or more.

    Two such sets must share one of their rarest trigrams (prefix filtering, Chaudhuri 2006).
    """
    sets = [grams(sentence) for sentence in sentences]
    spread = Counter(gram for each in sets for gram in each)
    seen: defaultdict[str, list[int]] = defaultdict(list)
    by_size = sorted(range(len(sets)), key=lambda position: len(sets[position]))
    for position in by_size:
        each = sets[position]
        rare = sorted(each, key=lambda gram: (spread[gram], gram))
        prefix = rare[: len(rare) - math.ceil(ALIKE * len(rare)) + 1]
        smallest = ALIKE * len(each)
        candidates = {
            o for gram in prefix for o in reversed(seen[gram]) if len(sets[o]) >= smallest
        }
        for other in candidates:
            common = len(each & sets[other])
            if common >= ALIKE * (len(each) + len(sets[other]) - common):
                yield min(other, position), max(other, position)
        for gram in prefix:
            seen[gram].append(position)


def test_the_search_finds_what_is_alike_and_nothing_else() -> None:
    sentences = [
        "ktp saya hilang di pasar kemarin",
        "lampu mati",
        "KTP saya hilang, di pasar kmarin",
    ]
    assert list(alike(sentences)) == [(0, 2)]


@pytest.mark.timeout(120)
@pytest.mark.parametrize(("folders", "unseen"), [INTENTS, ENTITIES], ids=["intents", "entities"])
def test_no_two_sentences_are_nearly_the_same(folders: tuple[str, ...], unseen: Path) -> None:
    everything = [*training(folders), *held_out(unseen)]
    pairs = [(everything[a], everything[b]) for a, b in alike(everything)]
    assert [pair for pair in pairs if max(len(each.split()) for each in pair) > SAID_ONE_WAY] == []


def test_there_are_enough_sentences_of_each_kind() -> None:
    few = {}
    least = {"language/intents": 100, "complaints": 60, "services": 15, "language/entities": 500}
    for folder, needed in least.items():
        for path in Path("data", folder).glob("*.yml"):
            if len(examples(path)) < needed:
                few[path.name] = len(examples(path))
    assert not few

"""The words that part wishes and deny things, and what the intents are like, read from data/."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

import yaml

SEVERAL_FILE = Path(__file__).resolve().parents[2] / "data" / "language" / "several.yml"

Words = frozenset[str]
Phrase = tuple[str, ...]


class Turn(IntEnum):
    """How strongly a boundary turns to something else."""

    COMMA = 1
    STOP = 2
    LINK = 3
    TOPIC = 4


@dataclass(frozen=True)
class Language:
    """What data/language/several.yml says; lists of words or intents by the file's own names.

    `turns` says how a phrase turns, `phrases` which begin with a word. Beside the words of
    `not_after` or `not_before` a phrase means something else. `kinds` is the kind of target that
    an intent is about; `opens` are the intents that open a form for it.
    """

    turns: Mapping[Phrase, Turn]
    phrases: Mapping[str, Sequence[Phrase]]
    not_after: Mapping[Phrase, Words]
    not_before: Mapping[Phrase, Words]
    words: Mapping[str, Words]
    denials: Mapping[str, Words]
    kinds: Mapping[str, str]
    opens: Mapping[str, str]
    intents: Mapping[str, Words]


def read_language(path: Path = SEVERAL_FILE) -> Language:
    """Read the file; training does, and the model carries what was read."""
    with path.open(encoding="utf-8") as file:
        entry = yaml.safe_load(file)
    parting, intents = entry["pemisah"], entry["niat"]
    strengths = {"penghubung": Turn.LINK, "topik_baru": Turn.TOPIC}
    turns = {_phrase(each): turn for name, turn in strengths.items() for each in parting[name]}
    return Language(
        turns=turns,
        phrases={first: [each for each in turns if each[0] == first] for first, *_ in turns},
        not_after=_by_phrase(parting["bukan_setelah"]),
        not_before=_by_phrase(parting["bukan_sebelum"]),
        words=_lists(entry["kata"]),
        denials=_lists(entry["sangkalan"]),
        kinds={**intents["tentang"], **intents["membuka"]},
        opens=intents["membuka"],
        intents=_lists(intents["sifat"]),
    )


def _phrase(written: str) -> Phrase:
    return tuple(written.split())


def _by_phrase(entry: Mapping[str, list[str]]) -> dict[Phrase, Words]:
    return {_phrase(phrase): frozenset(words) for phrase, words in entry.items()}


def _lists(entry: Mapping[str, list[str]]) -> dict[str, Words]:
    return {name: frozenset(words) for name, words in entry.items()}

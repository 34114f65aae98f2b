"""The words that part wishes and deny things, and what the intents are like, read from data/."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from nlu.corpus import read_yaml

FOLDER = Path(__file__).resolve().parents[2] / "data" / "language"

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
    """What data/language says of it; lists of words or intents by the names in several.yml.

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


def read_language(folder: Path = FOLDER) -> Language:
    """Read several.yml and the intents; training does, and the model carries what was read."""
    entry = read_yaml(folder / "several.yml")
    parting = entry["pemisah"]
    intents = {path.stem: read_yaml(path) for path in sorted((folder / "intents").glob("*.yml"))}
    kinds = {name: each["tentang"] for name, each in intents.items() if "tentang" in each}
    strengths = {"penghubung": Turn.LINK, "topik_baru": Turn.TOPIC}
    turns = {_phrase(each): turn for name, turn in strengths.items() for each in parting[name]}
    return Language(
        turns=turns,
        phrases={first: [each for each in turns if each[0] == first] for first, *_ in turns},
        not_after=_by_phrase(parting["bukan_setelah"]),
        not_before=_by_phrase(parting["bukan_sebelum"]),
        words=_lists(entry["kata"]),
        denials=_lists(entry["sangkalan"]),
        kinds=kinds,
        opens={name: kind for name, kind in kinds.items() if intents[name].get("membuka")},
        intents=_lists(entry["niat"]),
    )


def _phrase(written: str) -> Phrase:
    return tuple(written.split())


def _by_phrase(entry: Mapping[str, list[str]]) -> dict[Phrase, Words]:
    return {_phrase(phrase): frozenset(words) for phrase, words in entry.items()}


def _lists(entry: Mapping[str, list[str]]) -> dict[str, Words]:
    return {name: frozenset(words) for name, words in entry.items()}

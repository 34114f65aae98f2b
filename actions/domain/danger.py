"""Danger to life in what a citizen writes, found by words alone: recall first, no model.

The words are data (language/words/darurat.yml): kinds of danger in order of urgency, each with the
numbers to call, the phrases that show it, and the phrases that take the alarm back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.domain.phrases import (
    REACH,
    Phrases,
    Places,
    Vocabulary,
    locate,
    read_phrases,
    vocabulary,
)

EXCEPTION_REACH = 6
"""Words that take an alarm back may stand farther away than those that raise it."""
STILL_REACH = 8
"""How many words from a danger a word of the present may stand and still speak of it."""


@dataclass(frozen=True, slots=True)
class DangerKind:
    """A kind of danger: numbers to call first, what shows it, what takes it back.

    It `ends` when a story of the past is told, and stands even when it was `dreamt`.
    """

    kind: str
    numbers: tuple[str, ...]
    phrases: Phrases
    exceptions: Phrases
    ends: bool = False
    dreamt: bool = False


@dataclass(frozen=True, slots=True)
class DangerLexicon:
    """All kinds of danger, most urgent first, and the words they are made of.

    With no `present` words a story with `past` ones is over, one with `dreams` did not happen.
    `elapsed` are words of the present that speak of the past: "sampai sekarang".
    """

    kinds: tuple[DangerKind, ...]
    past: Phrases
    dreams: Phrases
    present: Phrases
    elapsed: Phrases
    known: Vocabulary


@dataclass(frozen=True, slots=True)
class Danger:
    """What was found: its kind and the numbers to call, the most important first."""

    kind: str
    numbers: tuple[str, ...]


def read_danger_lexicon(data: Mapping[str, Any], slang: Mapping[str, str]) -> DangerLexicon:
    """Make the lexicon of the content of darurat.yml.

    `data` has `bahaya`, a list of {jenis, nomor, lampau, mimpi, frasa, kecuali}, `kecuali`,
    exceptions for all kinds, `lampau`, `mimpi` and `masih`, words of the past, of dreams and of
    the present, `bukan_masih`, what looks like these last and is none, `kelompok`, words to be
    named together in phrases, `samakan`, regional words read as others, `kata_biasa`, words that
    are never a misspelt sign of danger, and `juga_nama`, words that say nothing where a name
    stands.
    """
    groups = data.get("kelompok", {})
    kinds = tuple(_read_kind(row, data.get("kecuali", ()), groups) for row in data["bahaya"])
    past, dreams, present, elapsed = (
        read_phrases(data.get(key, ()), groups)
        for key in ("lampau", "mimpi", "masih", "bukan_masih")
    )
    known = vocabulary(
        (phrase for kind in kinds for phrase in kind.phrases),
        (*past, *dreams, *present, *elapsed, *(p for kind in kinds for p in kind.exceptions)),
        slang={**slang, **data.get("samakan", {})},
        ordinary=data.get("kata_biasa", ()),
        also_names=data.get("juga_nama", ()),
    )
    return DangerLexicon(kinds, past, dreams, present, elapsed, known)


def _read_kind(
    row: Mapping[str, Any], shared: Sequence[str], groups: Mapping[str, Sequence[str]]
) -> DangerKind:
    return DangerKind(
        kind=row["jenis"],
        numbers=tuple(row["nomor"]),
        phrases=read_phrases(row["frasa"], groups),
        exceptions=read_phrases((*row.get("kecuali", ()), *shared), groups),
        ends=row.get("lampau", False),
        dreamt=row.get("mimpi", False),
    )


def find_danger(text: str, lexicon: DangerLexicon) -> Danger | None:
    """The most urgent danger that a text tells of, or none."""
    places = locate(text, lexicon.known)
    if not places.by_word:
        return None
    now = _now(lexicon, places)
    over, unreal = lexicon.past.any_in(places), not now and lexicon.dreams.any_in(places)
    for kind in lexicon.kinds:
        told = _told_of(kind, places)
        if not told or (over and kind.ends and not _is_near(now, told)):
            continue
        if not unreal or kind.dreamt:
            return Danger(kind.kind, kind.numbers)
    return None


def _now(lexicon: DangerLexicon, places: Places) -> frozenset[int]:
    """Where the text speaks of the present."""
    elapsed = lexicon.elapsed.all_in(places, REACH)
    return lexicon.present.all_in(places.without(elapsed), REACH)


def _is_near(some: frozenset[int], others: frozenset[int]) -> bool:
    return any(abs(one - other) <= STILL_REACH for one in some for other in others)


def _told_of(kind: DangerKind, places: Places) -> frozenset[int]:
    """Where phrases of the kind stand that remain when all that is excepted is taken out."""
    if not kind.phrases.any_in(places):
        return frozenset()
    harmless = kind.exceptions.all_in(places, EXCEPTION_REACH)
    return kind.phrases.all_in(places.without(harmless), REACH)

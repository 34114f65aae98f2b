"""Danger to life in what a citizen writes, found by words alone: recall first, no model.

The words are data (language/words/darurat.yml): kinds of danger in order of urgency, each with the
numbers to call, the phrases that show it, and the phrases that take the alarm back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.domain.phrases import Phrases, Places, Vocabulary, locate, read_phrases, vocabulary

EXCEPTION_REACH = 6
"""Words that take an alarm back may stand farther away than those that raise it."""


@dataclass(frozen=True, slots=True)
class DangerKind:
    """A kind of danger: numbers to call first, what shows it, what takes it back."""

    kind: str
    numbers: tuple[str, ...]
    phrases: Phrases
    exceptions: Phrases
    ends: bool = False


@dataclass(frozen=True, slots=True)
class DangerLexicon:
    """All kinds of danger, most urgent first, and the words they are made of.

    A kind that `ends` is none in a story that is over: with `past` words and no `present` ones.
    """

    kinds: tuple[DangerKind, ...]
    past: Phrases
    present: Phrases
    known: Vocabulary


@dataclass(frozen=True, slots=True)
class Danger:
    """What was found: its kind and the numbers to call, the most important first."""

    kind: str
    numbers: tuple[str, ...]


def read_danger_lexicon(data: Mapping[str, Any], slang: Mapping[str, str]) -> DangerLexicon:
    """Make the lexicon of the content of darurat.yml.

    `data` has `bahaya`, a list of {jenis, nomor, lampau, frasa, kecuali}, `kecuali`, exceptions
    for all kinds, `lampau` and `masih`, words of the past and the present, `kelompok`, words to
    be named together in phrases, `samakan`, regional words read as others, and `kata_biasa`,
    words that are never a misspelt sign of danger.
    """
    groups = data.get("kelompok", {})
    kinds = tuple(_read_kind(row, data.get("kecuali", ()), groups) for row in data["bahaya"])
    past = read_phrases(data.get("lampau", ()), groups)
    present = read_phrases(data.get("masih", ()), groups)
    known = vocabulary(
        (phrase for kind in kinds for phrase in kind.phrases),
        (*past, *present, *(phrase for kind in kinds for phrase in kind.exceptions)),
        slang={**slang, **data.get("samakan", {})},
        ordinary=data.get("kata_biasa", ()),
        also_names=data.get("juga_nama", ()),
    )
    return DangerLexicon(kinds, past, present, known)


def _read_kind(
    row: Mapping[str, Any], shared: Sequence[str], groups: Mapping[str, Sequence[str]]
) -> DangerKind:
    return DangerKind(
        kind=row["jenis"],
        numbers=tuple(row["nomor"]),
        phrases=read_phrases(row["frasa"], groups),
        exceptions=read_phrases((*row.get("kecuali", ()), *shared), groups),
        ends=row.get("lampau", False),
    )


def find_danger(text: str, lexicon: DangerLexicon) -> Danger | None:
    """The most urgent danger that a text tells of, or none."""
    places = locate(text, lexicon.known)
    if not places.by_word:
        return None
    over = lexicon.past.any_in(places) and not lexicon.present.any_in(places)
    for kind in lexicon.kinds:
        if not (over and kind.ends) and _tells_of(kind, places):
            return Danger(kind.kind, kind.numbers)
    return None


def _tells_of(kind: DangerKind, places: Places) -> bool:
    """Whether a phrase of the kind remains when all that is excepted is taken out."""
    if not kind.phrases.any_in(places):
        return False
    harmless = kind.exceptions.all_in(places, EXCEPTION_REACH)
    return kind.phrases.any_in(places.without(harmless))

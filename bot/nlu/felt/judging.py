"""Whether a first answer was the right one, by what tests/nlu/first_answers.yml says of acts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatch
from html import escape
from pathlib import Path
from typing import Any

from actions.catalogue import Catalogue
from actions.catalogue.reading import read_yaml
from bot.nlu.felt.rehearsal import Happened

ASKED = (
    "umum.maksud_",
    "umum.layanan_mana",
    "umum.keluhan_mana",
    "umum.tidak_paham",
    "umum.pilih_",
    "umum.tentang_apa",
    "umum.di_luar_dekat",
    "formulir.jawaban_atau",
)
REFUSED = ("umum.di_luar", "umum.bukan_urusan_kami", "layanan.kantor_lain")


class Outcome(StrEnum):
    """What a citizen got with the first answer."""

    SERVED = "served at once"
    ONE_TAP = "by one tap"
    ASKED = "asked in vain"
    WRONG = "wrong form or answer"
    REFUSED = "refused though ours"


TAPS = {Outcome.SERVED: 0, Outcome.ONE_TAP: 1, Outcome.ASKED: 2}
FURTHER = 3
"""Taps to the right thing after a wrong answer or a refusal: back, the menu, the thing."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a message asks for: any of the acts, about any of the targets."""

    acts: tuple[str, ...]
    targets: tuple[str, ...]

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> "Wanted":
        """Read `niat` and `target`, each one or several."""
        return cls(_several(entry["niat"]), _several(entry.get("target")))


def _several(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


class Judge:
    """Knows what serves each act."""

    def __init__(self, path: Path, catalogue: Catalogue) -> None:
        self._acts: Mapping[str, Mapping[str, Any]] = read_yaml(path)
        self._catalogue = catalogue

    def outcome(self, happened: Happened, wanted: Wanted) -> Outcome:
        """What the citizen got."""
        if any(self._serves(happened, act, wanted.targets) for act in wanted.acts):
            return Outcome.SERVED
        if any(self._is_offered(happened, act, wanted.targets) for act in wanted.acts):
            return Outcome.ONE_TAP
        ours = not any(self._outside(act) for act in wanted.acts)
        if ours and _any_begins(happened.keys, REFUSED):
            return Outcome.REFUSED
        if happened.slug is None and _any_begins(happened.keys, ASKED):
            return Outcome.ASKED
        return Outcome.WRONG

    def second(self, happened: Happened, wanted: Wanted) -> bool:
        """Whether a second wish of the message is served, waits its turn, or is one tap away."""
        waits = {str(wish["slug"]) for wish in happened.memory.wishes}
        return bool(waits & {*wanted.targets}) or self.outcome(happened, wanted) in {
            Outcome.SERVED,
            Outcome.ONE_TAP,
        }

    def _is_offered(self, happened: Happened, act: str, targets: Sequence[str]) -> bool:
        """Whether a button leads to the act."""
        patterns = [f"{pattern}*" for pattern in self._patterns(act, targets)]
        return any(fnmatch(data, pattern) for data in happened.buttons for pattern in patterns)

    def _patterns(self, act: str, targets: Sequence[str]) -> Iterator[str]:
        for pattern in self._acts[act].get("tombol", ()):
            if "{" not in pattern:
                yield pattern
                continue
            for target in targets:
                yield pattern.format(target=target)

    def _serves(self, happened: Happened, act: str, targets: Sequence[str]) -> bool:
        rule = self._acts[act]
        if rule.get("formulir") and happened.slug in targets:
            return True
        unnamed = tuple(rule.get("tanpa_hal", ())) if not targets else ()
        if not _any_begins(happened.keys, (*rule.get("kunci", ()), *unnamed)):
            return False
        about = happened.memory.topic in targets or not targets or self._told(happened, targets)
        return about if rule.get("tentang") else self._names_office(happened, rule, targets)

    def _told(self, happened: Happened, targets: Sequence[str]) -> bool:
        names = [self._catalogue.called(target) for target in targets]
        return any(escape(name) in reply.text for name in names for reply in happened.replies)

    def _names_office(
        self, happened: Happened, rule: Mapping[str, Any], targets: Sequence[str]
    ) -> bool:
        if not rule.get("kantor") or not targets:
            return True
        names = [self._catalogue.unit(t).name for t in targets if t in self._units]
        return not names or any(name in reply.text for name in names for reply in happened.replies)

    @property
    def _units(self) -> set[str]:
        return {*self._catalogue.office.units, *self._catalogue.office.others}

    def _outside(self, act: str) -> bool:
        return self._catalogue.intent(act).outside


def _any_begins(keys: Sequence[str], begins: tuple[str, ...]) -> bool:
    return bool(begins) and any(key.startswith(begins) for key in keys)

"""Reads the held-out sentences and says what counts as a right answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlu.corpus import read_yaml

Answers = Sequence[tuple[str, str | None]]


@dataclass(frozen=True)
class Sentence:
    """A held-out sentence; `also` holds further answers that are right too."""

    text: str
    intent: str
    target: str | None = None
    also: tuple[tuple[str, str | None], ...] = ()
    near: bool = False

    def accepts_intent(self, intent: str) -> bool:
        """Whether this intent is a right answer."""
        return intent in self.right_intents

    @property
    def right_intents(self) -> set[str]:
        """All right intents."""
        return {self.intent, *(intent for intent, _ in self.also)}

    def accepts_target(self, target: str | None) -> bool:
        """Whether this target is a right answer."""
        return target in {self.target, *(also for _, also in self.also if also)}


def read_held_out(folder: Path) -> list[Sentence]:
    """Read every file whose entries name an intent."""
    return [
        _sentence(entry)
        for path in sorted(folder.glob("*.yml"))
        for entry in read_yaml(path) or []
        if "niat" in entry
    ]


def read_several(path: Path) -> list[tuple[str, Answers]]:
    """Read messages with several wishes: text, and the answers in order."""
    return [
        (str(entry["teks"]), [(wish["niat"], wish.get("target")) for wish in entry["harap"]])
        for entry in read_yaml(path)
    ]


def read_entity_sentences(folder: Path) -> dict[str, list[tuple[str, list[str]]]]:
    """Read, for each kind of entity, texts and the stretches that are to be found."""
    return {path.stem: list(_entity_rows(path)) for path in sorted(folder.glob("*.yml"))}


def _entity_rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    for entry in read_yaml(path) or []:
        yield str(entry["teks"]), [str(value) for value in entry.get("nilai") or []]


def _sentence(entry: dict[str, Any]) -> Sentence:
    also = tuple(_answer(str(answer)) for answer in entry.get("juga") or [])
    near = entry.get("jenis") == "dekat"
    return Sentence(str(entry["teks"]), entry["niat"], entry.get("target"), also, near)


def _answer(written: str) -> tuple[str, str | None]:
    intent, _, target = written.partition(":")
    return intent, target or None

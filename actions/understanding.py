"""What the NLU made of a sentence, whichever NLU it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Candidate:
    """An intent or a target (service, complaint, office) with its probability, 0 to 1."""

    name: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Entity:
    """A piece of the sentence; `start` and `end` are positions in the original text."""

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Understanding:
    """Ranked intents and targets, best first, and the entities found.

    At `accept` or above an intent is acted on; at `ask` or above it is offered as a choice.
    `source` is "model" or "words" (the keyword fallback).
    """

    text: str
    intents: tuple[Candidate, ...]
    targets: tuple[Candidate, ...] = ()
    entities: tuple[Entity, ...] = ()
    normalised: str = ""
    accept: float = 0.6
    ask: float = 0.3
    source: str = "model"

    @property
    def intent(self) -> Candidate:
        """The best intent."""
        return self.intents[0]

    def of(self, kind: str) -> tuple[Entity, ...]:
        """The entities of one kind, in reading order."""
        return tuple(entity for entity in self.entities if entity.kind == kind)


class Understands(Protocol):
    """An NLU: the Rasa server, the keyword fallback, or a script in tests."""

    async def understand(self, text: str) -> Understanding:
        """Never raises; falls back to words when the model cannot be asked."""
        ...

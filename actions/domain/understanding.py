"""What the NLU made of a sentence, whichever NLU it was."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol, Self


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
class Wish:
    """One of several things that a sentence asks for; `start` and `end` as in Entity."""

    intent: Candidate
    target: Candidate | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Understanding:
    """Ranked intents and targets, best first, and the entities found.

    `roles` says, from 0 to 1 for each, whether the words are a wish of their own or the answer
    to a question of some kind, as if each were as frequent. `decided` is the target that was
    settled on, whatever the model thinks of others. `source` is "model" or "words" (the keyword
    fallback). `wishes` are in the order in which they were said, none when the sentence is one
    as a whole; `besides` is what else it seems to tell of, less surely. `denied` are stretches
    of the text, (start, end), that it takes back: "bukan KK, KTP yang hilang".
    """

    text: str
    intents: tuple[Candidate, ...]
    targets: tuple[Candidate, ...] = ()
    entities: tuple[Entity, ...] = ()
    normalised: str = ""
    source: str = "model"
    roles: Mapping[str, float] = field(default_factory=dict)
    decided: str | None = None
    wishes: tuple[Wish, ...] = ()
    besides: tuple[Wish, ...] = ()
    denied: tuple[tuple[int, int], ...] = ()

    def settled(self, intent: str, target: str | None) -> Self:
        """The same once it is decided what it means."""
        return replace(self, intents=(Candidate(intent, 1.0),), decided=target, wishes=())

    @property
    def affirmed(self) -> str:
        """The text without what it takes back."""
        kept, reached = [], 0
        for start, end in self.denied:
            kept.append(self.text[reached:start])
            reached = end
        return " ".join([*kept, self.text[reached:]])

    def part(self, wish: Wish, besides: tuple[Entity, ...] = ()) -> Self:
        """What the text says within one wish; `besides` are entities from elsewhere in it.

        Positions are those in the part; what stands elsewhere has none, so 0.
        """
        start, end = wish.start, wish.end
        denied = ((s - start, e - start) for s, e in self.denied if start <= s and e <= end)
        inside = (e for e in self.entities if start <= e.start and e.end <= end)
        moved = (replace(e, start=e.start - start, end=e.end - start) for e in inside)
        elsewhere = (replace(entity, start=0, end=0) for entity in besides)
        return replace(
            self,
            text=self.text[start:end],
            intents=(wish.intent,),
            targets=(wish.target,) if wish.target else (),
            entities=(*moved, *elsewhere),
            normalised="",
            wishes=(),
            besides=(),
            denied=tuple(denied),
        )

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

"""What the NLU made of a sentence, whichever NLU it was."""

from collections.abc import Container
from dataclasses import dataclass, replace
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

    At `accept` or above an intent is acted on, unless what is not ours is at `scope` or above;
    at `ask` or above it is offered as a choice.
    `source` is "model" or "words" (the keyword fallback). `wishes` are in the order in which
    they were said, none when the sentence is one as a whole. `denied` are stretches of the
    text, (start, end), that it takes back: "bukan KK, KTP yang hilang".
    """

    text: str
    intents: tuple[Candidate, ...]
    targets: tuple[Candidate, ...] = ()
    entities: tuple[Entity, ...] = ()
    normalised: str = ""
    accept: float = 0.6
    ask: float = 0.3
    scope: float = 1.0
    source: str = "model"
    wishes: tuple[Wish, ...] = ()
    denied: tuple[tuple[int, int], ...] = ()

    def is_sure(self, outside: str) -> bool:
        """Whether to act on the best intent; `outside` is the one of what is not ours."""
        doubt = max((c.confidence for c in self.intents[1:] if c.name == outside), default=0.0)
        return self.intent.confidence >= self.accept and doubt < self.scope

    @property
    def affirmed(self) -> str:
        """The text without what it takes back."""
        kept, reached = [], 0
        for start, end in self.denied:
            kept.append(self.text[reached:start])
            reached = end
        return " ".join([*kept, self.text[reached:]])

    def doubting(self, names: Container[str]) -> Self:
        """The same with half the weight on intents that the chat gives no ground for."""
        weighed = [
            replace(c, confidence=c.confidence / 2) if c.name in names else c for c in self.intents
        ]
        total = sum(candidate.confidence for candidate in weighed) or 1.0
        mass = sum(candidate.confidence for candidate in self.intents)
        again = (replace(c, confidence=c.confidence * mass / total) for c in weighed)
        ranked = sorted(again, key=lambda candidate: -candidate.confidence)
        return replace(self, intents=tuple(ranked))

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

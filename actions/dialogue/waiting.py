"""What else a citizen asked for, kept in the chat's memory until its turn comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from actions.dialogue.context import TurnContext
from actions.forms.engine import Found

MOST = 3


@dataclass(frozen=True, slots=True)
class Waiting:
    """A service or complaint with the words that asked for it and what they already told.

    `offered` says that the citizen has been asked whether to go on with it.
    """

    slug: str
    text: str
    found: tuple[Found, ...] = ()
    offered: bool = False

    def to_json(self) -> dict[str, Any]:
        """What the memory keeps."""
        found = [[piece.kind, piece.text] for piece in self.found]
        return {"slug": self.slug, "text": self.text, "found": found, "offered": self.offered}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        found = tuple(Found(kind, text) for kind, text in stored["found"])
        return cls(stored["slug"], stored["text"], found, stored["offered"])


def everything(turn: TurnContext) -> list[Waiting]:
    """All that waits, in the order in which it was asked for; nothing the catalogue has lost."""
    waiting = [Waiting.from_json(stored) for stored in turn.memory.wishes]
    return [wish for wish in waiting if turn.reference.catalogue.find(wish.slug) is not None]


def of(turn: TurnContext, slug: str) -> Waiting | None:
    """The wish for one service or complaint, while it waits."""
    return next((wish for wish in everything(turn) if wish.slug == slug), None)


def remember(turn: TurnContext, slug: str, text: str, found: Sequence[Found]) -> None:
    """Let a wish wait; the same one again is the newer one, and of many the first stay."""
    others = [wish for wish in everything(turn) if wish.slug != slug]
    _keep(turn, [*others, Waiting(slug, text, tuple(found))][:MOST])


def forget(turn: TurnContext, slug: str) -> None:
    """Let a wish wait no longer."""
    _keep(turn, [wish for wish in everything(turn) if wish.slug != slug])


def replaced(turn: TurnContext, wish: Waiting) -> None:
    """Keep a changed wish in its place."""
    _keep(turn, [wish if old.slug == wish.slug else old for old in everything(turn)])


def _keep(turn: TurnContext, waiting: Sequence[Waiting]) -> None:
    turn.memory.wishes = [wish.to_json() for wish in waiting]

"""What a chat remembers between two turns. Kept in the database, never in a process."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Self


@dataclass
class ChatMemory:
    """The memory of one chat.

    `draft` is the open form's request, `editing` the field being corrected, `attempts` the
    unreadable answers by field, `awaited` the handler of a text that is waited for outside a
    form (such as "kode"), `topic` the service or complaint last spoken of, `wishes` what else
    was asked for and waits its turn (see dialogue/waiting). `heard` are the words that were
    decided on last, in the turn `heard_at`; `untouched` says that the open form has no answer
    of its own yet. `talk` is the row that counts this conversation. `ways` are the buttons below
    what was said last. `line` is the message that was read last, `answered` the draft and the
    field that it was the answer to. `open_ended` says that the next message may come in pieces,
    `shared` what was shared and has found no place yet (see handlers/form/tray). Reports
    without a name are filed under `pseudonym`; the memory of a pseudonym says whose it is,
    `home`. Somebody who is afraid gets `discreet` words. `danger` is what was told of at
    `danger_at`, until a button is pressed. `looked_nearby` says that what others reported of
    the place of the open form was looked for. `behalf` is a draft that is for somebody else,
    with who that is and when they agreed.
    """

    turns: int = 0
    misses: int = 0
    draft: int | None = None
    editing: str | None = None
    attempts: dict[str, int] = field(default_factory=dict)
    awaited: str | None = None
    topic: str | None = None
    wishes: list[dict[str, Any]] = field(default_factory=list)
    escalation: int | None = None
    with_human: bool = False
    parked: str | None = None
    heard: str | None = None
    heard_at: int = 0
    untouched: bool = False
    noticed: bool = False
    last_key: str | None = None
    ways: list[list[list[str]]] = field(default_factory=list)
    last_at: str | None = None
    talk: int | None = None
    open_ended: bool = True
    shared: list[dict[str, Any]] = field(default_factory=list)
    pseudonym: str | None = None
    home: str | None = None
    discreet: bool = False
    looked_nearby: bool = False
    danger: str | None = None
    danger_at: str | None = None
    line: str | None = None
    answered: list[Any] | None = None
    behalf: list[Any] | None = None

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """Read what `to_json` wrote; keys of other versions are dropped."""
        known = {key: value for key, value in stored.items() if key in cls.__dataclass_fields__}
        return cls(**known)

    def to_json(self) -> dict[str, Any]:
        """JSON without what is at its default."""
        blank = asdict(type(self)())
        return {key: value for key, value in asdict(self).items() if value != blank[key]}

    def seconds_since(self, now: datetime) -> float:
        """Seconds since the turn before; 0 on the first."""
        if self.last_at is None:
            return 0.0
        return (now - datetime.fromisoformat(self.last_at)).total_seconds()

    def forget(self) -> None:
        """Forget everything but how many turns there were, and whether a human has the chat."""
        fresh = type(self)(
            turns=self.turns,
            escalation=self.escalation,
            with_human=self.with_human,
            last_key=self.last_key,
            ways=self.ways,
            last_at=self.last_at,
            talk=self.talk,
            pseudonym=self.pseudonym,
            home=self.home,
            discreet=self.discreet,
        )
        vars(self).update(vars(fresh))

    def leave_form(self) -> None:
        """Forget the open form; the draft itself is the request's matter."""
        self.draft = None
        self.editing = None
        self.attempts = {}
        self.looked_nearby = False

"""What a handler works with during one turn."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from random import Random, SystemRandom
from typing import Self

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.form_context import form_context
from actions.catalogue import Office
from actions.catalogue.reference import ReferenceData
from actions.domain.danger import Danger
from actions.domain.legible import Legibility, legibility
from actions.domain.memory import ChatMemory
from actions.domain.messages import (
    Ask,
    Button,
    Fetched,
    FileFault,
    FileNeeded,
    Incoming,
    Reply,
    SentFile,
    StoredFile,
    UnderstandingNeeded,
)
from actions.domain.understanding import Candidate, Understanding
from actions.forms.context import FormContext
from actions.storage.tables import Case

MAX_DATA = 64
Rows = Sequence[Sequence[Button]]


@dataclass
class TurnContext:
    """One turn: the open transaction, what came in, what the chat remembers, the clock.

    `danger` is what the words tell of danger to life, `spoken_of` are the chats and pseudonyms
    whose cases were looked at. Who is `thrifty` reads short forms; `shortened` are those that
    were said, each with the bytes that it spares.
    """

    session: AsyncSession
    reference: ReferenceData
    incoming: Incoming
    memory: ChatMemory
    fetched: Fetched
    now: datetime
    random: Random = field(default_factory=SystemRandom)
    danger: Danger | None = None
    thrifty: bool = False
    shortened: list[tuple[str, int]] = field(default_factory=list)
    spoken_of: set[str] = field(default_factory=set)
    _names: dict[str, tuple[Candidate, ...]] = field(default_factory=dict)

    @property
    def chat(self) -> str:
        """The chat of this turn."""
        return self.incoming.chat

    @property
    def chats(self) -> tuple[str, ...]:
        """The chat, and the pseudonym that its citizen reports under, or the other way round."""
        others = (self.memory.pseudonym, self.memory.home)
        return (self.chat, *(chat for chat in others if chat is not None))

    def owns(self, case: Case) -> bool:
        """Whether a case is this citizen's."""
        self.spoken_of.add(case.chat)
        return case.chat in self.chats

    @property
    def urgent(self) -> bool:
        """Whether the words tell of danger to life."""
        return self.danger is not None

    @property
    def today(self) -> date:
        """The office's date."""
        return self.reference.today(self.now)

    @property
    def text(self) -> str:
        """The citizen's words, empty for a button or a picture without caption."""
        return (self.incoming.text or "").strip()

    @property
    def is_legible(self) -> bool:
        """Whether the text may be something other than an answer: it has words at all."""
        foreign = self.reference.words["asing"]["kata"]
        has_letters = any(char.isalpha() for char in self.text)
        return has_letters and legibility(self.text, foreign) is Legibility.FINE

    @property
    def understanding(self) -> Understanding:
        """The NLU's answer; the edge is asked for it once when it is first needed."""
        known = self.fetched.understanding_of(self.text)
        if known is None:
            raise UnderstandingNeeded(self.text)
        return known

    def names_in(self, text: str) -> tuple[Candidate, ...]:
        """What of the catalogue a text names; looked up once a turn, as often as it is asked."""
        if text not in self._names:
            self._names[text] = self.reference.matcher.rank(text)
        return self._names[text]

    def wait_for(self, name: str, *arguments: object) -> None:
        """Let the next text go to the handler that is registered for it."""
        self.memory.awaited = ":".join(str(part) for part in (name, *arguments))

    def hear(self) -> None:
        """Keep the words: a button of this turn's answer may read them again."""
        self.memory.heard, self.memory.heard_at = self.text, self.memory.turns

    def as_heard(self, heard_at: str) -> Self | None:
        """The turn as if the words of that one were written now; None when they are gone."""
        words = self.memory.heard
        if not words or str(self.memory.heard_at) != heard_at:
            return None
        return replace(self, incoming=replace(self.incoming, button=None, text=words))

    def hearing(self, known: Understanding) -> Self:
        """The same turn, as if only these words had been said and understood."""
        incoming = replace(self.incoming, text=known.text)
        fetched = replace(self.fetched, understanding=known)
        return replace(self, incoming=incoming, fetched=fetched)

    def stored_file(self, file: SentFile) -> StoredFile | FileFault:
        """The sent file; all of the turn are fetched and checked when one is first needed."""
        if file.ref not in self.fetched.files:
            raise FileNeeded(
                [one for one in self.incoming.files if one.ref not in self.fetched.files]
            )
        return self.fetched.files[file.ref]

    @property
    def form_context(self) -> FormContext:
        """What the kinds of question need to know of the area, of yes and no, and of the day.

        The day is that on which the citizen wrote; the bot may read it after midnight.
        """
        return form_context(self.reference, self.incoming.at)

    @property
    def office(self) -> Office:
        """The office whose hall this is."""
        return self.reference.catalogue.office

    def called(self, slug: str) -> str:
        """How people call a service, complaint or office."""
        return self.reference.catalogue.called(slug)

    def say(
        self, key: str, buttons: Rows = (), *, ask: Ask | None = None, **params: object
    ) -> Reply:
        """A message from a text key; its params are escaped."""
        text = self.reference.texts.html(key, self.memory.turns, **params)
        if self.thrifty:
            text = self._shorter(key, text, params)
        return Reply(key, text, tuple(tuple(row) for row in buttons), ask)

    def _shorter(self, key: str, text: str, params: dict[str, object]) -> str:
        short = self.reference.texts.short(key, self.memory.turns, **params)
        if short is None:
            return text
        self.shortened.append((short, len(text.encode()) - len(short.encode())))
        return short

    def spared(self, replies: Sequence[Reply]) -> int:
        """The bytes that the short forms among these replies spare."""
        return sum(
            bytes_ for short, bytes_ in self.shortened if any(short in r.text for r in replies)
        )

    def word(self, key: str, **params: object) -> str:
        """A text without markup, to be put into another text or on a button."""
        return self.reference.texts.plain(key, self.memory.turns, **params)

    def button(self, key: str, *data: object, **params: object) -> Button:
        """A button with a label from the texts."""
        return make_button(self.word(f"tombol.{key}", **params), *data)


def make_button(label: str, *data: object) -> Button:
    """A button whose data is its parts joined by colons, at most 64 bytes."""
    joined = ":".join(str(part) for part in data)
    if len(joined.encode()) > MAX_DATA:
        raise ValueError(f"button data longer than {MAX_DATA} bytes: {data[0]}")
    return Button(label, joined)


def rows(buttons: Sequence[Button], width: int = 1) -> Rows:
    """Lay buttons out, `width` to a row."""
    return [buttons[start : start + width] for start in range(0, len(buttons), width)]

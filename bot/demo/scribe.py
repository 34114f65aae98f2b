"""What all rows of a chat are made with: reference data, words, accounts, and the rows so far."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Table

from actions.casework.messages import Sender, without_markup
from actions.casework.talks import PAUSE
from actions.catalogue.reference import ReferenceData
from actions.domain.codes import ALPHABET
from actions.storage.tables import Base, Chat, Message, Talk
from bot.demo.answers import Forms
from bot.demo.paths import Office
from bot.demo.people import Citizen
from bot.demo.words import Words

Rows = defaultdict[Table, list[dict[str, Any]]]
TABLES: Mapping[type[Base], Any] = {
    mapper.class_: mapper.local_table for mapper in Base.registry.mappers
}
BLOCKED = 0.01
SOON = timedelta(seconds=2)
MISSED, CORRECTED, LEFT = 0.06, 0.03, 0.1
"""How many turns the bot does not understand, and gets wrong; how many talks stop half way."""


class Bodies(Random):
    """Chance for `new_code` that does not come back to a code before it had all of them."""

    STEP = 7_654_321

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._at = self.randrange(len(ALPHABET) ** 5)

    def choices(self, population: Any, *_: Any, k: int = 1, **__: Any) -> list[Any]:
        """The next `k` characters of the walk."""
        self._at += self.STEP
        size = len(population)
        return [population[self._at // size**place % size] for place in range(k)]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chat, before it is a row."""

    at: datetime
    sender: Sender
    text: str
    staff_id: int | None = None


@dataclass
class Told:
    """What was written in one chat so far; `memory` is as `ChatMemory` stores it."""

    citizen: Citizen
    lines: list[Line] = field(default_factory=list)
    memory: dict[str, Any] = field(default_factory=lambda: {"turns": 6, "noticed": True})

    def says(self, at: datetime, text: str) -> None:
        """The citizen writes."""
        self.lines.append(Line(at, Sender.CITIZEN, text))

    def hears(self, at: datetime, html: str, staff_id: int | None = None) -> None:
        """The bot writes, or an officer."""
        sender = Sender.BOT if staff_id is None else Sender.OFFICER
        self.lines.append(Line(at + SOON, sender, without_markup(html).strip(), staff_id))


def talks_of(lines: list[Line], random: Random) -> list[dict[str, Any]]:
    """The conversations that the lines of a chat make, as casework counts them."""
    talks: list[dict[str, Any]] = []
    last: datetime | None = None
    for line in lines:
        if line.sender is Sender.CITIZEN:
            if last is None or line.at - last > PAUSE:
                talks.append({"begun_at": line.at, "turns": 0, "missed": 0, "corrected": 0})
            last, talk = line.at, talks[-1]
            talk["turns"] += 1
            talk["missed"] += random.random() < MISSED
            talk["corrected"] += random.random() < CORRECTED
            talk["stuck"] = random.random() < LEFT
        elif line.sender is Sender.OFFICER and talks:
            talks[-1]["human"] = True
    return [{"human": False, **talk} for talk in talks]


@dataclass
class Scribe:
    """`officers` are staff ids by unit, None for who works for all; `newest` ids by table.

    `names` are the names of staff by id, `key` is that of the vault which seals.
    """

    reference: ReferenceData
    words: Words
    forms: Forms
    office: Office
    officers: Mapping[str | None, int]
    supervisor: int
    names: Mapping[int, str]
    codes: Random
    now: datetime
    newest: dict[type[Base], int]
    key: str = ""
    rows: Rows = field(default_factory=lambda: defaultdict(list))

    def add(self, table: type[Base], **row: Any) -> None:
        """Keep a row until it is written."""
        self.rows[TABLES[table]].append(row)

    def number(self, table: type[Base]) -> int:
        """The next id."""
        self.newest[table] += 1
        return self.newest[table]

    def officer(self, unit: str | None, *, secret: bool = False) -> int:
        """Who works on the cases of a unit; secret ones of others are the supervisor's."""
        return self.officers.get(unit) or (self.supervisor if secret else self.officers[None])

    def text(self, key: str, turn: int = 0, **params: Any) -> str:
        """A text of the bot."""
        return self.reference.texts.html(key, turn, **params)

    def end_of_chat(self, told: Told, random: Random) -> None:
        """Write the chat down, its lines in the order in which they came."""
        chat = told.citizen.chat
        lines = sorted(told.lines, key=lambda line: line.at)
        self.add(
            Chat,
            id=chat,
            state=told.memory,
            blocked=random.random() < BLOCKED,
            updated_at=lines[-1].at,
        )
        for row in talks_of(lines, random):
            self.add(Talk, chat=chat, **row)
        for line in lines:
            self.add(
                Message,
                chat=chat,
                sender=line.sender,
                staff_id=line.staff_id,
                text=line.text,
                at=line.at,
            )

"""What a line of the desk shows of a case: whose it is, the last word, how its clock stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import promises, queues
from actions.casework.messages import Sender
from actions.casework.transcript import last_of_chats
from actions.storage.tables import Case, Message
from bot.console.context import Console
from bot.console.masking import mask
from bot.console.presenters import Row, row_of
from bot.console.views import answers

LAST_SHOWN = 90


@dataclass(frozen=True, slots=True)
class Clock:
    """The time of a promise in what it counts in: how much there is, how much is used up."""

    used: int
    total: int


@dataclass(frozen=True, slots=True)
class LastWord:
    """What was said last in the chat of a case, cut short, and by whom."""

    text: str
    sender: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A case as a line of the desk."""

    row: Row
    name: str
    village: str
    owner: str
    clock: Clock | None
    last: LastWord | None


async def rows_of(session: AsyncSession, console: Console, cases: Sequence[Case]) -> list[DeskRow]:
    """Cases as lines of the desk, with what three queries for all of them say."""
    owners = await queues.names(session, [case.owner_id for case in cases])
    last = await last_of_chats(session, {case.chat for case in cases})
    return [
        DeskRow(
            row=row_of(console, case),
            name=name_of(console, case),
            village=case.village or "",
            owner=owners.get(case.owner_id or 0, ""),
            clock=_clock_of(console, case),
            last=_last_word(last.get(case.chat)),
        )
        for case in cases
    ]


def name_of(console: Console, case: Case) -> str:
    """The name that its citizen gave; of a secret case only that it is one."""
    if case.secret:
        return console.word("meja.dirahasiakan")
    return answers.name_of(case)


def _clock_of(console: Console, case: Case) -> Clock | None:
    """None while the clock does not run."""
    due, reference = promises.end(console.reference, case), console.reference
    if due is None or case.submitted_at is None or case.met_on or case.paused_on:
        return None
    calendar, measure = reference.calendar(case.unit), reference.measure(case.clock_rule_id)
    begun, now = reference.local(case.submitted_at), reference.local(console.clock())
    total = calendar.passed(begun, due, measure)
    return Clock(min(calendar.passed(begun, now, measure), total), max(total, 1))


def _last_word(message: Message | None) -> LastWord | None:
    if message is None:
        return None
    text = mask(" ".join(str(message.text).split()))
    cut = text if len(text) <= LAST_SHOWN else text[: LAST_SHOWN - 1].rstrip() + "…"
    return LastWord(cut, Sender(message.sender), message.at)

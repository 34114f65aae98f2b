"""The one thread of a case, line by line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from actions.casework.delivery import Delivery, delivery_of
from actions.casework.messages import Sender
from actions.casework.thread import Entry
from actions.domain.work import EventKind
from actions.storage.tables import Case, CaseEvent, CaseNote, Message
from bot.console.context import Console
from bot.console.presenters import unit_name
from bot.console.views import presses
from bot.console.views.answers import Show

NOTE, EVENT = "catatan", "peristiwa"
LIST = ", "
HEARD = ".ogg"
"""How the names of stored voices end."""


@dataclass(frozen=True, slots=True)
class Line:
    """What stands in one line.

    `kind` is who or what it is from, `label` what happened, `file` the message that brought one,
    which may be `heard`.
    """

    key: str
    at: datetime
    kind: str
    who: str
    text: str
    label: str = ""
    delivery: Delivery | None = None
    file: int | None = None
    heard: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """The names of officers and the cases by id, as far as this officer may know them."""

    names: Mapping[int, str]
    cases: Mapping[int, Case]


def lines_of(
    console: Console, case: Case, entries: Iterable[Entry], known: Known, show: Show
) -> list[Line]:
    """The thread with labels instead of keys; `show` hides numbers."""
    return [_line(console, case, entry, known, show) for entry in entries]


def people_in(entries: Iterable[Entry]) -> set[int | None]:
    """The ids of the officers that a thread names."""
    people: set[int | None] = set()
    for entry in entries:
        people.add(entry.item.staff_id)
        if isinstance(entry.item, CaseEvent):
            people |= {(entry.item.data or {}).get(key) for key in ("petugas", "dari")}
    return {one for one in people if isinstance(one, int)}


def cases_in(entries: Iterable[Entry]) -> set[int]:
    """The ids of the other cases that a thread names."""
    data = [entry.item.data or {} for entry in entries if isinstance(entry.item, CaseEvent)]
    return {told[key] for told in data for key in ("induk", "anak") if key in told}


def _line(console: Console, case: Case, entry: Entry, known: Known, show: Show) -> Line:
    item = entry.item
    who = known.names.get(item.staff_id or 0, "")
    if isinstance(item, CaseEvent):
        who = who or console.word(f"pelaku.{item.actor}")
        text, label = show(item.reason or ""), _label(console, item, known)
        return Line(entry.key, entry.at, EVENT, who, text, label)
    if isinstance(item, CaseNote):
        return Line(entry.key, entry.at, NOTE, who, show(item.text))
    return _of_message(console, case, entry.key, item, show, who)


def _of_message(
    console: Console, case: Case, key: str, item: Message, show: Show, name: str
) -> Line:
    said = str(item.text).removeprefix(f"{name}\n")
    if item.sender == Sender.CITIZEN:
        said = presses.in_words(console, case, said)
    who = name or console.word(f"pengirim.{item.sender}")
    file = item.id if item.file else None
    heard = (item.file or "").endswith(HEARD)
    sent = delivery_of(item)
    return Line(key, item.at, item.sender, who, show(said), delivery=sent, file=file, heard=heard)


def _label(console: Console, event: CaseEvent, known: Known) -> str:
    """What happened, and with whom: "Diserahkan kepada Sari"."""
    if event.kind == EventKind.MOVED:
        return console.word(f"status.{event.to_status}")
    data = event.data or {}
    others = (known.cases.get(data.get(key) or 0) for key in ("induk", "anak"))
    to = data.get("petugas") or 0
    about = [
        known.names.get(to, "") if to != event.staff_id else "",
        unit_name(console, data.get("unit")),
        *(other.code or "" for other in others if other is not None),
        LIST.join(data.get("cocok", [])),
    ]
    words = [console.word(f"peristiwa.{event.kind}"), *(one for one in about if one)]
    return " ".join(words)

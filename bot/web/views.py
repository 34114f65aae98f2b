"""Lines of the chat as the templates show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath
from typing import Any

from markupsafe import Markup

from actions.casework.web_lines import file_of, reply_of
from actions.storage.tables import WebLine
from bot.web.markup import shown
from bot.web.room import Room

SAFE = ("https://", "http://", "tel:", "tg:")
KINDS = {".jpg": "foto", ".png": "foto", ".pdf": "pdf", ".html": "halaman"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: its label, and what its form sends, or the address that it opens."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `sent` says that it is the citizen's, `read` that it was taken."""

    id: int
    text: Markup
    at: str
    sent: bool = False
    read: bool = True
    nonce: str = ""
    answers: str = ""
    choices: Sequence[Sequence[Choice]] = ()
    chosen: str = ""
    ask: str = ""
    file: str = ""
    file_kind: str = ""
    news: bool = field(default=False, compare=False)


def line(room: Room, row: WebLine, *, news: bool = False) -> Line:
    """A stored line."""
    reply = reply_of(row)
    if reply is None:
        return _sent(room, row.payload, row.nonce or "", row.id, row.at)
    choices = [
        [_choice(row.id, place, *button) for place, button in enumerate(buttons, before)]
        for before, buttons in _counted(row.payload["buttons"])
    ]
    flat = [choice for each in choices for choice in each]
    known = row.chosen is not None and row.chosen < len(flat)
    given = f"{reply.hand_over.code}.png" if reply.hand_over else ""
    return Line(
        row.id,
        shown(reply.text),
        _hour(room, row.at),
        choices=choices,
        chosen=flat[row.chosen].label if row.chosen is not None and known else "",
        ask=reply.ask or "",
        file=reply.file.called if reply.file else given,
        file_kind=KINDS.get(PurePath(file_of(row) or given).suffix, "berkas"),
        news=news,
    )


def waiting(room: Room, payload: Mapping[str, Any]) -> Line:
    """What was sent and nobody has read yet."""
    at = datetime.fromisoformat(payload["at"])
    return _sent(room, payload, payload["nonce"], 0, at)


def _sent(room: Room, payload: Mapping[str, Any], nonce: str, number: int, at: datetime) -> Line:
    words = payload.get("text") or ""
    kind = payload.get("kind")
    told = room.word(f"kiriman.{kind}") if kind else ""
    text = Markup.escape("\n".join(filter(None, (told, words))))
    return Line(
        number,
        text,
        _hour(room, at),
        sent=True,
        read=bool(number),
        nonce=nonce,
        answers=payload.get("answers", ""),
    )


def _counted(rows: Sequence[Any]) -> Sequence[tuple[int, Any]]:
    """Each row of buttons with how many buttons stand before it."""
    before, counted = 0, []
    for row in rows:
        counted.append((before, row))
        before += len(row)
    return counted


def _choice(number: int, place: int, label: str, _: str, url: str = "") -> Choice:
    return Choice(label, f"{number}.{place}", url if url.startswith(SAFE) else "")


def _hour(room: Room, at: datetime) -> str:
    """The hour on the office's clock, with the day where that is another one."""
    reference = room.reference
    local, today = reference.local(at), reference.today(room.deps.clock())
    return f"{local:%H.%M}" if local.date() == today else f"{local:%d/%m %H.%M}"

"""Reads what a form of the page sent: words, a button, a file, or a place."""

import re
import secrets
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import web_lines
from actions.domain.messages import FileFault
from actions.domain.text import LONGEST
from actions.storage.files import paper_kind
from bot.http import forms
from bot.web.room import Room, Visitor

NONCE = re.compile(r"[\w-]{8,40}", re.ASCII)
PRESS = re.compile(r"(\d{1,15})\.(\d{1,3})", re.ASCII)
PLACE = re.compile(r"(-?\d{1,2}(?:\.\d{1,12})?),(-?\d{1,3}(?:\.\d{1,12})?)", re.ASCII)
LONGEST_SHORT = 60
PLACE_KIND = "lokasi"

Json = dict[str, Any]


class NotTakenError(Exception):
    """What was sent cannot be taken; the text is a key below "warga.salah."."""

    def __init__(self, key: str, status: int = 422, **params: object) -> None:
        super().__init__(key)
        self.key, self.status, self.params = key, status, params


def nonce_of(sent: forms.Sent) -> str:
    """The mark by which a form that is sent twice is known."""
    told = forms.words(sent, "kunci", longest=LONGEST_SHORT)
    return told if NONCE.fullmatch(told) else secrets.token_urlsafe(12)


async def content_of(room: Room, visitor: Visitor, sent: forms.Sent, file: bytes) -> Json:
    """What was sent besides a file, as the inbox keeps it; raises NotTakenError."""
    if press := forms.words(sent, "pilih", longest=LONGEST_SHORT):
        async with room.deps.sessions() as session:
            return await _pressed(session, visitor, press)
    if place := forms.words(sent, "lokasi", longest=LONGEST_SHORT):
        return {"kind": PLACE_KIND, "location": _place(place)}
    example = forms.words(sent, "contoh", longest=LONGEST_SHORT)
    words = example or forms.words(sent, "teks", longest=LONGEST)
    if not words and not file:
        raise NotTakenError("kosong")
    return {"text": words} if words else {}


async def _pressed(session: AsyncSession, visitor: Visitor, press: str) -> Json:
    """Only what a page of this chat offers can be pressed."""
    read = PRESS.fullmatch(press)
    if read is None or visitor.chat is None:
        raise NotTakenError("tombol_lama")
    line, place = int(read[1]), int(read[2])
    button = await web_lines.pressed(session, visitor.chat, line, place)
    if button is None:
        raise NotTakenError("tombol_lama")
    return {"button": button.data, "text": button.label, "answers": f"{line}.{place}"}


def _place(told: str) -> list[float]:
    read = PLACE.fullmatch(told)
    if read is None:
        raise NotTakenError("lokasi")
    latitude, longitude = float(read[1]), float(read[2])
    if abs(latitude) > 90 or abs(longitude) > 180:  # noqa: PLR2004  degrees
        raise NotTakenError("lokasi")
    return [latitude, longitude]


async def file_of(room: Room, raw: bytes) -> Json:
    """A file, checked and kept: nothing is acknowledged before that; raises NotTakenError."""
    kind = paper_kind(raw)
    try:
        kept = await room.deps.files.store(raw, kind)
    except OSError:
        raise NotTakenError("simpan", 503) from None
    if isinstance(kept, FileFault):
        return {"kind": kind, "file": {"fault": kept.key}}
    file: Json = {"name": kept.name, "mime": kept.mime, "size": kept.size}
    if kept.place is not None:
        file["place"] = [kept.place.latitude, kept.place.longitude]
    return {"kind": kind, "file": file}

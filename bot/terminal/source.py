"""What is typed, as the turns take it; buttons are pressed by their number."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from actions.casework.messages import queue
from actions.domain.messages import Contact, FileKind, Incoming, Location, Reply, SentFile
from bot.channels import FetchError, Turn

CHAT = "term:warga"
SUFFIXES = {".jpg": FileKind.PHOTO, ".jpeg": FileKind.PHOTO, ".png": FileKind.PHOTO}


class TerminalSource:
    """The way in of `bot.inbox_worker` for one person at a keyboard."""

    name = "term"

    async def take(self, turn: Turn, payload: Any) -> None:
        """Hand one stored line to the dialogue."""
        await turn.converse(incoming(payload, turn.now))

    async def apologise(self, turn: Turn, payload: Any) -> None:  # noqa: ARG002  the protocol
        """Say that the line could not be handled."""
        text = turn.reference.texts.html("umum.gangguan")
        queue(turn.session, CHAT, [Reply("umum.gangguan", text)], turn.now)

    async def fetch(self, file: SentFile) -> bytes:
        """Read a file of this machine."""
        try:
            return Path(file.ref).read_bytes()  # noqa: ASYNC240  a local file at a keyboard
        except OSError as error:
            raise FetchError from error


def payload_of(line: str, buttons: Mapping[str, str]) -> dict[str, Any]:
    """What a typed line is: a button's number or label, a command, or words."""
    said = line.strip()
    pressed = buttons.get(said.casefold())
    if pressed is not None:
        return {"button": pressed}
    command, _, rest = said.partition(" ")
    if command == "/foto" and rest:
        return {"file": str(Path(rest).expanduser())}
    if command == "/lokasi" and "," in rest:
        latitude, longitude = rest.split(",", 1)
        return {"location": [float(latitude), float(longitude)]}
    if command == "/kontak" and rest:
        return {"contact": rest}
    return {"text": line}


def incoming(payload: dict[str, Any], now: datetime) -> Incoming:
    """The stored line as the dialogue takes it."""
    return Incoming(
        chat=CHAT,
        at=now,
        sender=CHAT,
        text=payload.get("text"),
        button=payload.get("button"),
        file=_file(payload.get("file")),
        location=Location(*payload["location"]) if "location" in payload else None,
        contact=Contact(payload["contact"], own=True) if "contact" in payload else None,
    )


def _file(path: str | None) -> SentFile | None:
    if path is None:
        return None
    file = Path(path)
    size = file.stat().st_size if file.exists() else 0
    return SentFile(path, SUFFIXES.get(file.suffix.lower(), FileKind.DOCUMENT), size)

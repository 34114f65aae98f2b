"""The words shared between the ways in (Telegram, terminal) and the dialogue.

A turn takes one `Incoming` and answers with `Reply` messages. Nothing here knows Telegram.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class FileKind(StrEnum):
    """What a citizen can send besides words."""

    PHOTO = "foto"
    DOCUMENT = "dokumen"


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that the citizen sent and the transport can still fetch.

    `ref` is the transport's handle (Telegram's file_id), `size` is in bytes.
    """

    ref: str
    kind: FileKind
    size: int
    mime: str | None = None


@dataclass(frozen=True, slots=True)
class Location:
    """WGS 84 coordinates in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Contact:
    """A phone number shared by button; `own` says that it is the sender's own."""

    phone: str
    own: bool


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message or button press of a citizen.

    `chat` is the transport's name and id, such as "tg:4711"; `at` is when the transport
    received it (aware, UTC). Exactly one of text, button, file, location, contact is set;
    none is for what the bot cannot read (sticker, voice). `text` is the caption of a file too.
    """

    chat: str
    at: datetime
    text: str | None = None
    button: str | None = None
    file: SentFile | None = None
    location: Location | None = None
    contact: Contact | None = None


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A checked, re-encoded file under the attachments folder; `name` is its content hash."""

    name: str
    mime: str
    size: int


@dataclass(frozen=True, slots=True)
class Button:
    """A choice offered below a message. `data` is at most 64 bytes."""

    label: str
    data: str


class Ask(StrEnum):
    """What the keyboard of the citizen's app may offer to share."""

    CONTACT = "kontak"
    LOCATION = "lokasi"


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to a chat: rendered HTML (b, i, code only), rows of buttons, a share key.

    `key` is the text key it was made from; tests and logs name replies by it.
    """

    key: str
    text: str
    buttons: tuple[tuple[Button, ...], ...] = field(default=())
    ask: Ask | None = None

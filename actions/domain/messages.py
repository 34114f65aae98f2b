"""The words shared between the ways in (Telegram, terminal) and the dialogue.

A turn takes one `Incoming` and answers with `Reply` messages. Nothing here knows Telegram.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Self, TypeVar

from actions.domain.understanding import Understanding

T = TypeVar("T")


class FileKind(StrEnum):
    """What a citizen can send besides words."""

    PHOTO = "foto"
    DOCUMENT = "dokumen"
    VOICE = "suara"


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that the citizen sent and the transport can still fetch.

    `ref` is the transport's handle (Telegram's file_id), `size` is in bytes. Pictures of one
    `album` belong together; `seconds` is how long a voice is said to be.
    """

    ref: str
    kind: FileKind
    size: int
    mime: str | None = None
    album: str | None = None
    seconds: int = 0


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
    """One message or button press of a citizen, or a burst of messages that are one turn.

    `chat` is the transport's name and id, such as "tg:4711", `sender` the person's there;
    `at` is when the transport received it (aware, UTC). A single message has one of text,
    button, file, location, contact; none is for what the bot cannot read (sticker). `text` is
    the caption of a file too. `line` is the transport's name of the message: one that is
    `edited` came before, with other words. A `forwarded` one was written by somebody else. A
    burst has the messages that it was made of as its `parts`.
    """

    chat: str
    at: datetime
    sender: str | None = None
    text: str | None = None
    button: str | None = None
    file: SentFile | None = None
    location: Location | None = None
    contact: Contact | None = None
    line: str | None = None
    edited: bool = False
    forwarded: bool = False
    parts: tuple["Incoming", ...] = ()

    @property
    def each(self) -> tuple["Incoming", ...]:
        """The single messages, in the order in which they came."""
        return self.parts or (self,)

    @property
    def files(self) -> tuple[SentFile, ...]:
        """Every file, in the order in which they came."""
        return tuple(part.file for part in self.each if part.file is not None)

    @property
    def shares(self) -> bool:
        """Whether something else than words came: a file, a place, a number."""
        return any(part.file or part.location or part.contact for part in self.each)

    @property
    def only_words(self) -> "Incoming":
        """The words, without what came along with them."""
        return replace(self, file=None, location=None, contact=None, parts=())


def together(parts: Sequence[Incoming]) -> Incoming:
    """Messages that came shortly after each other as one; the last place and number count."""
    *_, last = parts
    if len(parts) == 1:
        return last
    words = [part.text for part in parts if part.text]
    return replace(
        last,
        text="\n".join(words) or None,
        file=_last(part.file for part in parts),
        location=_last(part.location for part in parts),
        contact=_last(part.contact for part in parts),
        forwarded=any(part.forwarded for part in parts),
        parts=tuple(parts),
    )


def _last(found: Iterable[T | None]) -> T | None:
    return next((one for one in reversed(list(found)) if one is not None), None)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A checked, re-encoded file under the attachments folder; `name` is its content hash.

    `seconds` is how long a voice lasts, `words` what was heard in it. `place` is where a
    photo says that it was taken; the kept file says that no more.
    """

    name: str
    mime: str
    size: int
    seconds: int = 0
    place: Location | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """A stored file on its way to a chat, by the name that its citizen reads."""

    name: str
    called: str

    @property
    def kind(self) -> FileKind:
        """As what it is shown: pictures at once, voices to be heard, the rest to be opened."""
        shown = {".jpg": FileKind.PHOTO, ".ogg": FileKind.VOICE}
        return shown.get(self.name[-4:], FileKind.DOCUMENT)


@dataclass(frozen=True, slots=True)
class HandOver:
    """A receipt that is handed to whom it is about; a channel draws it when it sends it.

    So its PIN stands nowhere but in the sealed message. `lines` are the words on it, `scan` those
    that only make sense below a QR code.
    """

    code: str
    pin: str
    title: str
    scan: str
    lines: tuple[str, ...]

    def to_json(self) -> list[Any]:
        """What the outbox keeps."""
        return [self.code, self.pin, self.title, self.scan, [*self.lines]]

    @classmethod
    def from_json(cls, stored: list[Any]) -> Self:
        """Read what `to_json` wrote."""
        code, pin, title, scan, lines = stored
        return cls(code, pin, title, scan, tuple(lines))


@dataclass(frozen=True, slots=True)
class Button:
    """A choice offered below a message. `data` is at most 64 bytes; a `url` is opened instead."""

    label: str
    data: str
    url: str = ""

    def to_json(self) -> list[str]:
        """What the outbox keeps."""
        return [self.label, self.data, self.url] if self.url else [self.label, self.data]


class Ask(StrEnum):
    """What the keyboard of the citizen's app may offer to share."""

    CONTACT = "kontak"
    LOCATION = "lokasi"


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to a chat: rendered HTML (b, i, code only), rows of buttons, a share key.

    `key` is the text key it was made from; tests and logs name replies by it. The text of one
    with a `file`, or with a receipt to `hand_over`, is its caption; a `place` goes behind it.
    """

    key: str
    text: str
    buttons: tuple[tuple[Button, ...], ...] = field(default=())
    ask: Ask | None = None
    file: OutgoingFile | None = None
    hand_over: HandOver | None = None
    place: Location | None = None

    def to_json(self) -> dict[str, Any]:
        """What the outbox keeps."""
        rows = [[button.to_json() for button in row] for row in self.buttons]
        said: dict[str, Any] = {
            "key": self.key,
            "text": self.text,
            "buttons": rows,
            "ask": self.ask,
        }
        if self.place is not None:
            said["place"] = [self.place.latitude, self.place.longitude]
        if self.hand_over is not None:
            said["hand_over"] = self.hand_over.to_json()
        return said if self.file is None else said | {"file": [self.file.name, self.file.called]}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        rows = tuple(tuple(Button(*pair) for pair in row) for row in stored["buttons"])
        ask = Ask(stored["ask"]) if stored["ask"] else None
        file = OutgoingFile(*stored["file"]) if "file" in stored else None
        given = HandOver.from_json(stored["hand_over"]) if "hand_over" in stored else None
        place = Location(*stored["place"]) if "place" in stored else None
        return cls(stored["key"], stored["text"], rows, ask, file, given, place)


@dataclass(frozen=True, slots=True)
class FileFault:
    """Why a sent file could not be kept; `key` is a text below "berkas."."""

    key: str


class UnderstandingNeeded(Exception):  # noqa: N818
    """The turn needs the NLU's answer to `text`: ask outside the transaction, then again."""

    def __init__(self, text: str) -> None:
        super().__init__("the dialogue needs to understand a text")
        self.text = text


class FileNeeded(Exception):  # noqa: N818
    """The turn needs the bytes of `files` stored: fetch outside the transaction, then again."""

    def __init__(self, files: Sequence[SentFile]) -> None:
        super().__init__("the dialogue needs files")
        self.files = tuple(files)


class PageNeeded(Exception):  # noqa: N818
    """The turn needs a page (HTML) of its own making kept: outside the transaction, then again."""

    def __init__(self, page: str) -> None:
        super().__init__("the dialogue needs a page kept")
        self.page = page


@dataclass(slots=True)
class Foreseen:
    """What words were taken for before anybody needed to know, and whether somebody did."""

    known: Understanding
    used: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the edge has fetched for this turn so far; `files` by their `ref`."""

    understanding: Understanding | None = None
    foreseen: Foreseen | None = None
    files: Mapping[str, StoredFile | FileFault] = field(default_factory=dict)
    page: StoredFile | None = None

    def understanding_of(self, text: str) -> Understanding | None:
        """The NLU's answer to a text, fetched for this turn or foreseen."""
        if self.understanding is None and self.foreseen and self.foreseen.known.text == text:
            self.foreseen.used = True
        return self.known

    @property
    def known(self) -> Understanding | None:
        """The NLU's answer, where this turn has asked for it."""
        if self.understanding is None and self.foreseen is not None and self.foreseen.used:
            return self.foreseen.known
        return self.understanding

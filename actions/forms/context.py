"""What a kind of question gets to read an answer: what was given, and where and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from actions.domain.messages import Contact, Location, StoredFile
from actions.domain.sites import Sites
from actions.domain.text import is_question, tidy


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """What the citizen gave as an answer: exactly one of the five.

    `button` is the key of a choice, `file` the newest of `count` files. `insisted` says that
    the text meant nothing else, so that words which look like a question, or a long yes, are
    taken as the answer.
    """

    text: str | None = None
    button: str | None = None
    file: StoredFile | None = None
    count: int = 1
    location: Location | None = None
    contact: Contact | None = None
    insisted: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """The office's area: village names by the name of their district.

    `name` is that of the regency, `others` are cities elsewhere in lower case. `bounds` are
    its southern, northern, western and eastern edge in degrees; without them a location must
    only lie within the country. `sites` is its map.
    """

    districts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    name: str = ""
    others: frozenset[str] = frozenset()
    bounds: tuple[float, float, float, float] | None = None
    sites: Sites = field(default_factory=Sites)

    def district_of(self, village: str) -> str | None:
        """The one district that has a village of that name."""
        homes = [district for district, names in self.districts.items() if village in names]
        return homes[0] if len(homes) == 1 else None


@dataclass(frozen=True, slots=True)
class YesNo:
    """Phrases that mean yes, no, or could be either; lower case without punctuation."""

    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    either: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FormContext:
    """The office's date, its area, and its words for yes and no."""

    today: date
    area: Area = field(default_factory=Area)
    words: YesNo = field(default_factory=YesNo)


class Unreadable(Exception):  # noqa: N818  (an ordinary outcome of asking, not a fault)
    """The answer cannot be read. `key` names a text below "salah."; `params` fill it."""

    def __init__(self, key: str, **params: str | int) -> None:
        """Keep the text key and what fills its placeholders."""
        super().__init__(key)
        self.key = key
        self.params = params


def typed(raw: RawAnswer) -> str:
    """The citizen's words; raises Unreadable when something else came, or nothing legible."""
    if raw.text is None:
        raise Unreadable("umum.tombol_lama" if raw.button is not None else "umum.tulis")
    text = tidy(raw.text)
    if not any(char.isalnum() for char in text):
        raise Unreadable("umum.kosong")
    return text


def refuse_question(text: str, raw: RawAnswer) -> None:
    """Raise Unreadable when a free answer looks like a question, unless it was insisted on."""
    if not raw.insisted and is_question(text):
        raise Unreadable("umum.pertanyaan")

"""Which words of a message stand where a name stands: after "desa", or capitalised."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from actions.domain.text import plain_words

_LONGEST_NAME = 3
_LEADS = frozenset(
    plain_words(
        "desa ds kelurahan kel dusun dsn dukuh kp kecamatan kec kabupaten kab distrik jl jln gang"
        " gg nagari gampong pekon perumahan perum komplek kompleks blok pulau rt rw nama namanya"
        " bernama alamat alamatnya"
    )
)
_LEADS_AT_FIRST = frozenset(plain_words("jalan kampung kota bu bpk sdr saudara saudari"))
_SELF = frozenset(plain_words("saya sy aku kami kita asli asal warga"))
_ORIGINS = frozenset(plain_words("orang warga dari asli asal"))
_BREAKS = frozenset(
    plain_words(
        "ada di ke dari yang yg lagi sedang mau sudah dan tolong kena rt rw no nomor terjadi"
    )
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A plain word, whether it may be a name, and whether it is one half of a doubled one."""

    word: str
    named: bool
    doubled: bool


def typed_words(text: str) -> Iterator[Typed]:
    """The words of `plain_words`, each with how it stands in the text."""
    chunks = text.split()
    capitals_tell = any(chunk[0].islower() for chunk in chunks)
    before: list[str] = []
    name_ends = 0
    for number, chunk in enumerate(chunks):
        capital = capitals_tell and number > 0 and chunk[:1].isupper() and not chunk.isupper()
        words = plain_words(chunk)
        doubled = "-" in chunk and words == words[:1] * 2
        for word in words:
            if _leads(word, before):
                name_ends = len(before) + 1 + _LONGEST_NAME
            elif word in _BREAKS or word.isdigit():
                name_ends = 0
            yield Typed(word, capital or len(before) < name_ends, doubled)
            before.append(word)
        if chunk[-1] in ",.;:!?" and not _leads(words[-1] if words else "", before[:-1]):
            name_ends = 0


def _leads(word: str, before: Sequence[str]) -> bool:
    """Whether a name is to be expected after a word, for the words before it."""
    if word in _LEADS_AT_FIRST:
        return not before
    return word in _LEADS or (word in _ORIGINS and before[-1:] != [] and before[-1] in _SELF)

"""Which words of a message stand where a name stands: after "desa", or capitalised."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from actions.domain.text import plain_words

_LONGEST_NAME = 3
_LEADS = frozenset(
    plain_words(
        "desa ds kelurahan kel dusun dsn dukuh kp kecamatan kec kabupaten kab distrik jl jln gang"
        " gg nagari gampong pekon perumahan perum komplek kompleks blok pulau nama namanya"
        " bernama alamat alamatnya"
    )
)
_LEADS_AT_FIRST = frozenset(plain_words("jalan kampung kota bu bpk sdr saudara saudari"))
_SELF = frozenset(plain_words("saya sy aku kami kita asli asal warga"))
_ORIGINS = frozenset(plain_words("orang warga dari asli asal"))
_PAUSES = ",.;:!?"
_BREAKS = frozenset(
    plain_words(
        "ada di ke dari yang yg lagi sedang mau sudah dan tolong kena rt rw no nomor terjadi"
    )
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A plain word, whether it may be part of a name, and whether it surely is."""

    word: str
    may_be_name: bool
    is_name: bool


def typed_words(text: str) -> Iterator[Typed]:
    """The words of `plain_words`, each with how it stands in the text."""
    chunks = text.split()
    capitals_tell = any(chunk[0].islower() for chunk in chunks)
    before: list[str] = []
    begins = -_LONGEST_NAME
    for number, chunk in enumerate(chunks):
        capital = capitals_tell and number > 0 and chunk[0].isupper() and not chunk.isupper()
        words = plain_words(chunk)
        doubled = words == words[:1] * 2 and "-" in chunk and "!" not in chunk
        for half, word in enumerate(words):
            if word in _BREAKS or word.isdigit():
                begins = -_LONGEST_NAME
            at = len(before)
            may_be = capital or at < begins + _LONGEST_NAME
            yield Typed(word, may_be, at == begins or (doubled and half > 0))
            before.append(word)
            if _leads(before):
                begins = at + 1
        if chunk[-1] in _PAUSES and begins < len(before):
            begins = -_LONGEST_NAME


def _leads(words: Sequence[str]) -> bool:
    """Whether a name is to be expected after these words."""
    *before, word = words
    if word in _LEADS_AT_FIRST:
        return not before
    return word in _LEADS or (word in _ORIGINS and before[-1:] != [] and before[-1] in _SELF)

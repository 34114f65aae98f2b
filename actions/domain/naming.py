"""Which words of a message stand where a name stands: after "desa", or capitalised."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from actions.domain.text import plain_words

_LONGEST_NAME = 3
_LEADS = re.compile(
    r"desa|ds|kelurahan|kel|dusun|dsn|dukuh|kp|kecamatan|kec|kabupaten|kab|distrik|jl|jln|gang"
    r"|gg|nagari|gampong|pekon|perumahan|perum|kompleks?|blok|pulau|nama|namanya|bernama"
    r"|alamat|alamatnya"
)
_LEADS_AT_FIRST = re.compile(r"jalan|kampung|kota|bu|bpk|sdr|saudara|saudari")
_SELF = re.compile(r"saya|sy|aku|kami|kita|asli|asal|warga")
_ORIGINS = re.compile(r"orang|warga|dari|asli|asal")
_BREAKS = re.compile(
    r"ada|di|ke|dari|yang|yg|lagi|sedang|mau|sudah|dan|tolong|kena|rt|rw|no|nomor|terjadi|\d+"
)
_PAUSES = ",.;:!?"


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
            if _BREAKS.fullmatch(word):
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
    if _LEADS_AT_FIRST.fullmatch(word):
        return not before
    if _ORIGINS.fullmatch(word) and before and _SELF.fullmatch(before[-1]):
        return True
    return _LEADS.fullmatch(word) is not None

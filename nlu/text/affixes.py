"""Colloquial affixes made formal (ngurusin -> menguruskan), and a light stemmer for features."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

_ENDS_IN = frozenset(
    "admin angin asin batin bensin cermin dingin disiplin ijin ingin izin jamin kain kantin"
    " kawin"
    " kemarin koin lain latin licin login main makin mesin miskin mungkin pemimpin perizinan"
    " pimpin pin plin poin protein rajin rutin semakin senin sin terjamin vaksin yakin selain"
    " bermain".split()
)
_NASAL_WORDS = frozenset(
    "ngeri nganga ngilu nyala nyaman nyamuk nyanyi nyaring nyaris nyata nyawa nyeri nyonya"
    " nyiur ngawur".split()
)
_VOWELS = "aiueo"
_SUFFIX = re.compile(r"(kah|lah|pun)$")
_POSSESSIVE = re.compile(r"(nya|ku|mu)$")
_DERIVED = re.compile(r"(kan|an|i)$")


def formal(word: str, known: Collection[str]) -> str:
    """Return the formal shape of a colloquial verb, or the word as it is."""
    if not word.isalpha() or word in known:
        return word
    candidates = [*_candidates(word)]
    for candidate in candidates:
        if candidate in known:
            return candidate
    return candidates[0] if candidates and _is_surely_colloquial(word) else word


def _is_surely_colloquial(word: str) -> bool:
    if word in _NASAL_WORDS or word in _ENDS_IN:
        return False
    ending = word.endswith("in") and len(word) >= 6
    return ending or (re.match(r"(ng[aiueo]|ny[aiueo])", word) is not None and len(word) >= 5)


def _candidates(word: str) -> Iterator[str]:
    """Formal shapes, the likeliest first."""
    endings = [word]
    if word.endswith("in") and word not in _ENDS_IN and len(word) >= 5:
        endings = [word[:-2] + "kan", word[:-2] + "i", word[:-2]]
    for ended in endings:
        yield from _with_prefix(ended)
    if endings[0] != word:
        yield from endings


def _with_prefix(word: str) -> Iterator[str]:
    if word.startswith("nge") and len(word) > 5:
        yield from _from_nge(word[3:])
    if word.startswith("ng") and word[2:3] in _VOWELS:
        yield "me" + word
    elif word.startswith("ny") and word[2:3] in _VOWELS:
        yield "me" + word
        yield "menc" + word[2:]
    elif word[:2] in ("nd", "nt", "nj", "nc", "mb", "mp") or (
        word[:1] in ("n", "m") and word[1:2] in _VOWELS
    ):
        yield "me" + word


def _from_nge(rest: str) -> Iterator[str]:
    if len(rest) <= 3:
        yield "menge" + rest
    first = rest[0]
    if first in "lrwymn":
        yield "me" + rest
    elif first in "bpf":
        yield "mem" + rest
    elif first in "cdjtz":
        yield "men" + rest
    elif first in "gh" + _VOWELS:
        yield "meng" + rest


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Cut endings and the commonest prefixes, keeping at least four letters.

    Not a linguist's root: it only has to bring "mengurusnya", "diurus" and "urus" together.
    """
    for ending in (_SUFFIX, _POSSESSIVE, _DERIVED):
        shorter = ending.sub("", word)
        word = shorter if len(shorter) >= 4 else word
    for prefix in (
        "menge",
        "meng",
        "meny",
        "mem",
        "men",
        "me",
        "ber",
        "ter",
        "di",
        "pe",
        "ke",
        "se",
    ):
        if word.startswith(prefix) and len(word) - len(prefix) >= 4:
            return word[len(prefix) :]
    return word

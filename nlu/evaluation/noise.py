"""Spoils sentences as hurried thumbs do: slips of the finger and dropped vowels, by a seed."""

import random
from hashlib import sha256

STRENGTHS = {"lemah": 0.15, "kuat": 0.35}

_NEAR = dict(
    pair.split(":")
    for pair in """a:sq b:vn c:xv d:sf e:wr f:dg g:fh h:gj i:uo j:hk k:jl l:k m:n n:bm o:ip p:o
    q:wa r:et s:ad t:ry u:yi v:cb w:qe x:zc y:tu z:x""".split()
)
_VOWELS = set("aiueo")


def spoil(text: str, strength: str) -> str:
    """Return the text with a share of its words spoilt; the same text is always spoilt alike."""
    chance = STRENGTHS[strength]
    seed = int.from_bytes(sha256(f"{strength}:{text}".encode()).digest()[:8], "big")
    chooser = random.Random(seed)
    return " ".join(_maybe(word, chance, chooser) for word in text.split())


def _maybe(word: str, chance: float, chooser: random.Random) -> str:
    if len(word) < 4 or not word.isalpha() or chooser.random() >= chance:
        return word
    return chooser.choice((_drop_vowels, _slip, _swap, _lose))(word, chooser)


def _drop_vowels(word: str, chooser: random.Random) -> str:
    kept = [char for char in word[1:-1] if char.lower() not in _VOWELS or chooser.random() < 0.3]
    return word[0] + "".join(kept) + word[-1]


def _slip(word: str, chooser: random.Random) -> str:
    at = chooser.randrange(1, len(word))
    near = _NEAR.get(word[at].lower(), word[at])
    return word[:at] + chooser.choice(near) + word[at + 1 :]


def _swap(word: str, chooser: random.Random) -> str:
    at = chooser.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _lose(word: str, chooser: random.Random) -> str:
    at = chooser.randrange(1, len(word))
    return word[:at] + word[at + 1 :]

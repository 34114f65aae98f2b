"""Rewrites Indonesian chat spelling into plain words, for the features of the model only.

Positions of entities are those of the original text: nothing here is shown to a citizen.
Needs no Rasa. `known` holds words that are right as they stand (the model's own vocabulary);
it settles the cases in which a rule alone could do harm.
"""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from nlu.text.affixes import formal
from nlu.text.regional import indonesian
from nlu.text.tokenizer import cut

SLANG_FILE = Path(__file__).resolve().parents[2] / "data" / "language" / "words" / "slang.yml"

_RUN = re.compile(r"(.)\1{2,}")
_REPEATED = re.compile(r"([a-z]{2,})2([a-z]{0,4})")
_CLITIC = re.compile(r"([a-z']{2,})(ny[ae]|ku|mu|kah|lah|pun)")
_LETTERS_FOR_DIGITS = str.maketrans("0134567", "oieasgt"[:7])
_MIXED = re.compile(r"(?=.*[a-z].*[a-z])[a-z]*[0134567][a-z0134567]*")
_NOT = re.compile(r"(?:ga|gak|gk|ngga|nggak|enggak|tdk|tak)([a-z]{4,})")
_DOUBLED_END = re.compile(r"([a-z]{2,}?)([a-z])\2$")
_ENDS_DOUBLED = frozenset({"bill", "call", "class", "full", "off", "pass", "address", "wall"})


def read_slang(path: Path = SLANG_FILE) -> dict[str, str]:
    """Read the curated list of informal words; the values may hold several words."""
    with path.open(encoding="utf-8") as file:
        entries = yaml.safe_load(file)
    return {str(word): str(plain) for word, plain in entries.items()}


class Normaliser:
    """Makes the plain form of words and texts. Immutable, so results are cached."""

    def __init__(self, slang: Mapping[str, str], known: Collection[str] = ()) -> None:
        self._slang = dict(slang)
        self.known = frozenset(known) | {
            word for plain in slang.values() for word in plain.split()
        }
        self.word = lru_cache(maxsize=20_000)(self._word)

    def __reduce__(self) -> tuple[type["Normaliser"], tuple[dict[str, str], frozenset[str]]]:
        return Normaliser, (self._slang, self.known)

    def __call__(self, text: str) -> str:
        """Return the text in plain words, lower-cased, without punctuation."""
        return " ".join(self.word(word.text) for word in cut(text))

    def _word(self, word: str) -> str:
        word = word.replace("’", "'").replace("`", "'")
        for rule in (self._listed, self._repeated, self._squeezed, self._clitic):
            plain = rule(word)
            if plain is not None:
                return plain
        return self._by_shape(word)

    def _listed(self, word: str) -> str | None:
        if word in self._slang:
            return self._slang[word]
        return word if word in self.known else None

    def _repeated(self, word: str) -> str | None:
        """ktp2 -> ktp-ktp, jalan2nya -> jalan-jalannya."""
        match = _REPEATED.fullmatch(word)
        if not match:
            return None
        base = self._word(match.group(1))
        if " " in base:
            return base + match.group(2)
        return f"{base}-{base}{match.group(2)}"

    def _squeezed(self, word: str) -> str | None:
        """Squeeze bangettt -> banget -> sekali; the doubled form wins only where it is a word."""
        twice = _RUN.sub(r"\1\1", word)
        if twice != word:
            once = self._word(_RUN.sub(r"\1", word))
            return self._listed(twice) or once
        match = _DOUBLED_END.fullmatch(word)
        if match and word not in _ENDS_DOUBLED:
            return self._word(match.group(1) + match.group(2))
        return None

    def _clitic(self, word: str) -> str | None:
        """Make brpnya berapanya: the stem is looked up without its ending."""
        match = _CLITIC.fullmatch(word)
        if not match or match.group(1) not in self._slang:
            return None
        plain = self._slang[match.group(1)]
        return plain + match.group(2).replace("nye", "nya")

    def _by_shape(self, word: str) -> str:
        if _MIXED.fullmatch(word):
            spelled = word.translate(_LETTERS_FOR_DIGITS)
            plain = self._listed(spelled)
            if plain is not None:
                return plain
        match = _NOT.fullmatch(word)
        if match and match.group(1) in self.known:
            return f"tidak {match.group(1)}"
        plain = formal(word, self.known)
        return plain if plain in self.known else indonesian(word, self.known) or plain

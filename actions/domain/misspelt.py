"""Known words behind what is typed in haste: one letter wrong, or vowels left out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from actions.domain.text import slips

TYPO_FROM = 5
"""From how many letters on a word may have one letter wrong, missing, added, or swapped."""

LONG_WORD = 8
"""From how many letters on a word with a typo says what it says without another word."""

_SHORTEST_FRAME = 4
_SHORTEST_TYPED = 4
_LONG_FRAME = 5
_VOWELS = frozenset("aeiou")
_LIKE = frozenset("mn")
_KEY_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

_Index = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Spellings:
    """Words under all that remains without one letter, and under their consonants."""

    by_rest: _Index
    by_frame: _Index


def _keys_beside() -> dict[str, str]:
    """The letters around each letter on a telephone's keyboard."""
    at = {key: (x, y) for y, row in enumerate(_KEY_ROWS) for x, key in enumerate(row)}
    return {
        key: "".join(k for k, (i, j) in at.items() if abs(i - x) <= 1 and abs(j - y) <= 1)
        for key, (x, y) in at.items()
    }


_KEYS_BESIDE = _keys_beside()


def spellings(words: Iterable[str]) -> Spellings:
    """Prepare words for `meant`; those of less than `TYPO_FROM` letters are never misspelt."""
    rests: dict[str, set[str]] = {}
    frames: dict[str, set[str]] = {}
    for word in (word for word in words if len(word) >= TYPO_FROM):
        frames.setdefault(_frame(word), set()).add(word)
        for rest in _rests(word):
            rests.setdefault(rest, set()).add(word)
    return Spellings(_sorted(rests), _sorted(frames))


def _sorted(index: Mapping[str, set[str]]) -> _Index:
    return {key: tuple(sorted(words)) for key, words in index.items()}


def _rests(word: str) -> set[str]:
    """A word, and what remains when a letter is left out; one edit apart, two words share one."""
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


def _frame(word: str) -> str:
    """The first letter and the consonants after it."""
    return word[:1] + "".join(letter for letter in word[1:] if letter not in _VOWELS)


def meant(typed: str, known: Spellings) -> dict[str, bool]:
    """The words that may stand behind a typed one, each with whether that is beyond doubt.

    A slip in a short word makes many another word, above all names: `sakam`, `bolok`.
    """
    return dict(_slipped(typed, known)) | dict(_short_forms(typed, known))


def _short_forms(typed: str, known: Spellings) -> Iterator[tuple[str, bool]]:
    """Words of which only vowels were left out: "kbkrn", "pngsan"."""
    frame = _frame(typed)
    if len(frame) < _SHORTEST_FRAME and not _VOWELS.isdisjoint(typed[1:2]):
        return
    for word in known.by_frame.get(frame, ()):
        rest = iter(word)
        if _SHORTEST_TYPED <= len(typed) < len(word) and all(letter in rest for letter in typed):
            yield word, len(frame) >= _LONG_FRAME or len(word) >= LONG_WORD


def _slipped(typed: str, known: Spellings) -> Iterator[tuple[str, bool]]:
    """Words of which one letter is wrong, missing, added, or swapped with the next."""
    if len(typed) < TYPO_FROM:
        return
    near = {word for rest in _rests(typed) for word in known.by_rest.get(rest, ())}
    for word in near:
        if slips(typed, word) <= 1 and _of_a_finger(typed, word):
            yield word, _beyond_doubt(typed, word)


def _of_a_finger(typed: str, word: str) -> bool:
    """Whether a finger can slip so: a wrong letter lies near the right one.

    Otherwise "bayar" would be read as "bakar". The first letter is hardly ever wrong, and in the
    shortest words only the order of the letters is.
    """
    if sorted(typed) == sorted(word):
        return True
    if typed[0] != word[0] or len(word) <= TYPO_FROM:
        return False
    wrong = _wrong_letter(typed, word)
    return wrong is None or wrong[0] in _KEYS_BESIDE.get(wrong[1], "")


def _beyond_doubt(typed: str, word: str) -> bool:
    """Whether hardly another word is so near: long, or two letters swapped, or n for m."""
    if len(word) <= TYPO_FROM:
        return False
    wrong = _wrong_letter(typed, word)
    return len(word) >= LONG_WORD or sorted(typed) == sorted(word) or set(wrong or ()) == _LIKE


def _wrong_letter(typed: str, word: str) -> tuple[str, str] | None:
    """The letter that stands for another, and that other, in words of one length."""
    if len(typed) != len(word):
        return None
    return next(((a, b) for a, b in zip(typed, word, strict=True) if a != b), None)

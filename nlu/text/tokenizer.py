"""Cuts chat text into words and remembers where each one stood in the original."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_AT_WORK = 32
"""Texts that are kept folded and cut: one message and its parts, which many rules ask for."""
_WORD = re.compile(r"[^\W_]+(?:[-'’`][^\W_]+)*")


@dataclass(frozen=True)
class Word:
    """One word: lower-cased plain letters, and its span in the original text."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=_AT_WORK)
def fold(text: str) -> str:
    """Lower-case, accents and fancy letters made plain; never changes the length."""
    if text.isascii():
        return text.lower()
    return "".join(map(_fold_char, text))


def cut(text: str) -> list[Word]:
    """Return the words of a text with positions; single spelled-out letters are joined."""
    return list(_cut(text))


@lru_cache(maxsize=_AT_WORK)
def _cut(text: str) -> tuple[Word, ...]:
    folded = fold(text)
    found = [Word(match.group(), *match.span()) for match in _WORD.finditer(folded)]
    return tuple(_join_spelled_out(found, folded))


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    if char.isascii():
        return char.lower()
    plain = unicodedata.normalize("NFKD", char)[:1].lower()
    return plain if len(plain) == 1 else char


def _join_spelled_out(words: list[Word], text: str) -> list[Word]:
    """Join runs such as "k t p" and "S.K.C.K" of three single letters or more, or "e ktp"."""
    joined: list[Word] = []
    run: list[Word] = []
    for word in [*words, None]:
        if word and _is_letter(word) and (not run or _adjoins(run[-1], word, text)):
            run.append(word)
            continue
        joined.extend(_close_run(run))
        run = []
        if word and _is_letter(word):
            run = [word]
        elif word:
            joined.append(word)
    return joined


def _is_letter(word: Word) -> bool:
    return len(word.text) == 1 and word.text.isalpha()


def _adjoins(left: Word, right: Word, text: str) -> bool:
    return text[left.end : right.start] in (" ", ".", ". ", "-")


def _close_run(run: list[Word]) -> list[Word]:
    if len(run) < 2:
        return run
    return [Word("".join(word.text for word in run), run[0].start, run[-1].end)]

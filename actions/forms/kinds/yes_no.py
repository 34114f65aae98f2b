"""What an answer says as a yes or a no, and whether it says nothing else."""

import re
from collections.abc import Iterator, Sequence

from actions.domain.text import alike, without_politeness, words_of
from actions.forms.context import YesNo
from actions.forms.form import Field

YES, NO = "ya", "tidak"
_LONGEST_PHRASE = 3
_SAME_WORD = 80
_FILLERS = frozenset(
    {
        "saya",
        "sy",
        "aku",
        "kok",
        "dong",
        "deh",
        "sih",
        "nih",
        "kan",
        "itu",
        "tadi",
        "kemarin",
        "lagi",
        "memang",
        "emang",
        "dulu",
        "kemaren",
    }
)
_MEANS_OF_ANSWERING = frozenset(
    {
        "foto",
        "poto",
        "photo",
        "gambar",
        "video",
        "vidio",
        "kamera",
        "hp",
        "hape",
        "kuota",
        "sinyal",
    }
)


def yes_or_no(text: str, words: YesNo) -> str | None:
    """What an answer says; None when it says neither, or first yes and later no.

    "belum punya" and "ya belum" are no.
    """
    found = signs(words_of(without_politeness(text)), words)
    said = [sign for sign in found if sign]
    if not said:
        return None
    if said[0] == NO or found[:2] == [YES, NO]:
        return NO
    return YES if NO not in said else None


def signs(spoken: Sequence[str], words: YesNo) -> list[str]:
    """For each phrase: YES, NO, or "" for any other word."""
    return [sign for _, sign in _phrases(spoken, words)]


def _phrases(spoken: Sequence[str], words: YesNo) -> Iterator[tuple[str, str]]:
    """The words in phrases that mean yes or no, or could mean both, each with its sign."""
    position = 0
    while position < len(spoken):
        for length in range(_LONGEST_PHRASE, 0, -1):
            phrase = " ".join(spoken[position : position + length])
            sign = _sign(phrase, words)
            if sign or phrase in words.either or length == 1:
                yield phrase, sign
                position += length
                break


def _sign(phrase: str, words: YesNo) -> str:
    for spelt in (phrase, re.sub(r"(.)\1+", r"\1", phrase), re.sub(r"(.)\1{2,}", r"\1\1", phrase)):
        if spelt in words.yes:
            return YES
        if spelt in words.no:
            return NO
    return ""


def of_something_else(text: str, field: Field) -> bool:
    """Whether there is no camera or no credit, which is not what was asked."""
    asked = _bare_words(f"{field.question} {field.label}")
    return bool(_MEANS_OF_ANSWERING & set(_bare_words(text)) - set(asked))


def _bare_words(text: str) -> list[str]:
    return [word.removesuffix("nya") for word in words_of(text)]


def says_only(text: str, field: Field, words: YesNo) -> bool:
    """Whether a text has nothing beside yes, no and words of the question."""
    known = {*_FILLERS, *_bare_words(f"{field.question} {field.label}")}
    phrases = _phrases(words_of(without_politeness(text)), words)
    others = [phrase.removesuffix("nya") for phrase, sign in phrases if not sign]
    return all(any(alike(word, part, _SAME_WORD) for part in known) for word in others)

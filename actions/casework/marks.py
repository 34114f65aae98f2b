"""Reads a mark that a citizen gives in words: "bagus, lumayan cepat", "kurang memuaskan"."""

from collections.abc import Iterator, Mapping, Sequence

from actions.domain.text import plain_words

LONGEST = 2
_WORTH = {"unggul": 4, "baik": 3, "buruk": 2, "parah": 1}
_TURNED = {"kurang": 2, "tidak": 1}

Words = Mapping[str, Sequence[str]]


def read_mark(text: str, words: Words) -> int | None:
    """The mark, 1 to 4; None when a word means something else, or praise and blame meet."""
    meanings = list(_meanings(plain_words(text), words))
    return None if None in meanings else _one(_marks(meanings))


def find_mark(text: str, words: Words) -> int | None:
    """The mark among other words; None when there is none, or praise and blame meet."""
    return _one(_marks([m for m in _meanings(plain_words(text), words) if m is not None]))


def _meanings(spoken: list[str], words: Words) -> Iterator[str | None]:
    """What each word, or pair of words, stands for; None for what the lists do not have."""
    at = 0
    while at < len(spoken):
        for size in range(LONGEST, 0, -1):
            phrase = " ".join(spoken[at : at + size])
            found = next((name for name, listed in words.items() if phrase in listed), None)
            if found is not None:
                break
        yield found
        at += size


def _marks(meanings: Sequence[str | None]) -> list[int]:
    """The mark of each word of praise or blame, with what stands beside it."""
    marks: list[int] = []
    turned, stronger = None, False
    for at, meaning in enumerate(meanings):
        if meaning in _TURNED:
            turned = meaning
        elif meaning == "penguat":
            stronger = True
        elif meaning in _WORTH:
            after = meanings[at + 1 : at + 2] == ["penguat"]
            marks.append(_weighed(meaning, turned, stronger=stronger or after))
            turned, stronger = None, False
    return [*marks, _TURNED[turned]] if turned == "kurang" else marks


def _weighed(meaning: str, turned: str | None, *, stronger: bool) -> int:
    worth = _WORTH[meaning]
    good = worth > 2  # noqa: PLR2004  the upper half of the scale
    if turned is not None:
        return _TURNED[turned] if good else 3
    return (4 if good else 1) if stronger else worth


def _one(marks: Sequence[int]) -> int | None:
    """The clearer one of several that agree."""
    if marks and min(marks) > 2:  # noqa: PLR2004
        return max(marks)
    return min(marks) if marks and max(marks) <= 2 else None  # noqa: PLR2004

"""Finds what a message says that it does not mean: "bukan bikin baru, ganti karena rusak".

Only turns of speech that set one service against another count. "Tidak" by itself says what
is wrong ("air tidak mengalir"), and "bukan hanya" takes nothing back.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nlu.several.boundaries import Boundary, Said
from nlu.several.language import Words

LONGEST = 8


@dataclass(frozen=True)
class Denial:
    """A stretch that is taken back; `text` is what it says without the no."""

    start: int
    end: int
    text: str


def find_denials(
    text: str,
    words: Sequence[Said],
    boundaries: Sequence[Boundary],
    lists: Mapping[str, Words],
) -> list[Denial]:
    """Return what the message takes back, in reading order; `lists` are words by their use."""
    found: list[Denial] = []
    for position, word in enumerate(words):
        if not found or word.start >= found[-1].end:
            after = position + _marker(words, position, lists)
            if after > position:
                found.extend(_denial(text, words[position:], after - position, boundaries, lists))
    return found


def _denial(
    text: str,
    words: Sequence[Said],
    after: int,
    boundaries: Sequence[Boundary],
    lists: Mapping[str, Words],
) -> Iterator[Denial]:
    """The denial whose no are the first words: up to the next boundary or a new wish."""
    start, behind = words[0].start, words[after - 1].end
    limit = min((each.start for each in boundaries if each.start >= behind), default=len(text))
    last = after - 1
    for position in range(after, min(after + LONGEST, len(words))):
        turns_back = position > after and words[position].is_any(lists["berbalik"])
        if words[position].start >= limit or turns_back:
            break
        last = position
    if last < after:
        return
    denied = text[words[after].start : words[last].end]
    if words[after].is_any(lists["keadaan"]):
        ends = (each.end for each in boundaries if each.end <= start)
        denied = f"{text[max(ends, default=0) : start].strip()} {denied}"
    yield Denial(start, words[last].end, denied.strip())


def _marker(words: Sequence[Said], position: int, lists: Mapping[str, Words]) -> int:
    """Return how many words say no at this position; 0 where none does."""
    word, following = words[position], words[position + 1 : position + 2]
    before = words[max(position - 1, 0) : position]
    if not following or any(each.plain == "atau" for each in before):
        return 0
    then = following[0]
    if word.raw == "bkn" and any(each.is_any(lists["bikin"]) for each in before):
        return 0
    if word.is_any(lists["bukan"]):
        return 0 if then.is_any(lists["bukan_menyangkal"]) else 1 + then.is_any(lists["ingin"])
    if word.plain == "tidak":
        return _not_wanted(before, then, lists)
    return int(word.plain == "tidak jadi" or word.is_any(lists["daripada"]))


def _not_wanted(before: Sequence[Said], then: Said, lists: Mapping[str, Words]) -> int:
    """Return how many words say no in "tidak jadi", "saya tidak mau", "tidak hilang"."""
    if then.is_any(lists["jadi"]):
        return 2
    if then.is_any(lists["keadaan"]):
        return 1
    starts = all(each.is_any(lists["saya"]) for each in before)
    return 2 if starts and then.is_any(lists["ingin"]) else 0

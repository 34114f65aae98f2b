"""Finds what a message says that it does not mean: "bukan bikin baru, ganti karena rusak".

Only turns of speech that set one service against another count. "Tidak" by itself says what
is wrong ("air tidak mengalir"), and "bukan hanya" takes nothing back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlu.several.boundaries import Joint, Said

LONGEST = 8

_NOT_THAT = frozenset({"bukan", "bkan", "dudu", "sanes", "sanés"})
_NOT_ONLY = frozenset(
    {"main", "hanya", "cuma", "cuman", "sekali", "apa-apa", "sekadar", "lagi", "urusan", "begitu",
     "itu", "gitu", "ini", "maksud", "masalah", "salah"}
)  # fmt: skip
_I = frozenset({"saya", "aku", "kami", "kita", "kulo", "kula", "abdi", "beta", "nyong", "sy"})
_WANTS = frozenset(
    {"mau", "ingin", "minta", "butuh", "perlu", "hendak", "janten", "jadi", "usah", "nyuwun",
     "lapor", "melapor", "melaporkan", "ngelapor"}
)  # fmt: skip
_TURNS_TO = frozenset({"mending", "mau", "ingin", "minta", "butuh", "lebih", "namung", "ngan"})
_MAKING = frozenset(
    {"bikin", "buat", "membuat", "bikinkan", "buatkan", "dibikin", "dibuat", "dibikinkan",
     "dibuatkan", "dibikinin", "dibuatin", "diganti", "dicetak", "diurus", "urus"}
)  # fmt: skip
_BEFORE_MAKE = frozenset({"disuruh", "mau", "ingin", "minta", "tolong", "bisa", "cara", "untuk"})
_STATES = frozenset({"hilang", "rusak", "patah", "robek", "baru", "ical", "mati", "sobek"})


@dataclass(frozen=True)
class Denial:
    """A stretch that is taken back; `text` is what it says without the no."""

    start: int
    end: int
    text: str


def find_denials(text: str, words: Sequence[Said], joints: Sequence[Joint]) -> list[Denial]:
    """Return what the message takes back, in reading order; none overlap."""
    found: list[Denial] = []
    for position in range(len(words)):
        if found and words[position].start < found[-1].end:
            continue
        found.extend(_denial_at(text, words, joints, position))
    return found


def _denial_at(
    text: str, words: Sequence[Said], joints: Sequence[Joint], position: int
) -> Iterator[Denial]:
    after = position + _marker(words, position)
    if after == position:
        return
    last = _last(words, joints, after)
    marker_end = words[after - 1].end
    if last < after or any(marker_end <= j.start < words[after].start for j in joints):
        return
    start, end = words[position].start, words[last].end
    said = text[words[after].start : end]
    if words[after].is_any(_STATES):
        said = f"{text[_part_start(joints, start) : start].strip()} {said}"
    yield Denial(start, end, said.strip())


def _marker(words: Sequence[Said], position: int) -> int:
    """Return how many words say no at this position; 0 where none does."""
    word = words[position]
    following = words[position + 1] if position + 1 < len(words) else None
    if following is None or (position and words[position - 1].plain == "atau"):
        return 0
    if word.is_any(_NOT_THAT) and not _is_make(words, position):
        return 0 if following.is_any(_NOT_ONLY) else 1 + following.is_any(_WANTS)
    if word.plain == "tidak jadi":
        return 1
    if word.plain == "tidak":
        return _not_wanted(words, position, following)
    if word.plain == "jangan":
        return int(following.is_any(_MAKING))
    return int(word.is_any({"daripada", "drpd", "ketimbang"}))


def _is_make(words: Sequence[Said], position: int) -> bool:
    """Whether "bkn" stands for "bikin": "disuruh bkn ktp"."""
    before = words[position - 1] if position else None
    return words[position].raw == "bkn" and before is not None and before.is_any(_BEFORE_MAKE)


def _not_wanted(words: Sequence[Said], position: int, following: Said) -> int:
    """Return how many words say no in "tidak jadi", "saya tidak mau", "tidak hilang"."""
    if following.plain == "jadi" or following.raw in {"janten", "sios", "sido"}:
        return 2
    if following.is_any(_STATES - {"mati"}):
        return 1
    starts = position == 0 or words[position - 1].is_any(_I)
    return 2 if starts and following.is_any(_WANTS) else 0


def _last(words: Sequence[Said], joints: Sequence[Joint], after: int) -> int:
    """Return the last word that is still denied: up to the next joint or a new wish."""
    if after >= len(words):
        return after - 1
    ends = [joint.start for joint in joints if joint.start >= words[after].end]
    limit = min(ends, default=words[-1].end)
    last = after - 1
    for position in range(after, min(after + LONGEST, len(words))):
        if words[position].start >= limit:
            break
        if position > after and words[position].is_any(_TURNS_TO):
            break
        last = position
    return last


def _part_start(joints: Sequence[Joint], before: int) -> int:
    return max((joint.end for joint in joints if joint.end <= before), default=0)

"""Finds the places where a message may go over from one wish to the next.

A joint is a run of linking words and marks: ", terus sekalian" is one joint. How strongly it
turns to something else says how sure the parts must be of their difference.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from nlu.text.tokenizer import Word, cut

Normalise = Callable[[str], str]

MOST_JOINTS = 3
LONG = 30


class Turn(IntEnum):
    """How strongly a joint turns to something else."""

    COMMA = 1
    STOP = 2
    LINK = 3
    TOPIC = 4


@dataclass(frozen=True)
class Joint:
    """What stands between two parts: the first ends at `start`, the next begins at `end`."""

    start: int
    end: int
    turn: Turn


@dataclass(frozen=True)
class Said:
    """A word as it was written, lower-cased, and its plain form."""

    raw: str
    plain: str
    start: int
    end: int

    def is_any(self, words: Collection[str]) -> bool:
        """Whether the word is one of these, as written or in its plain form."""
        return self.raw in words or self.plain in words


_TOPICS = (
    ("oh", "iya"), ("oh", "ya"), ("o", "iya"), ("o", "ya"), ("oiya",), ("ohiya",), ("oya",),
    ("ohya",), ("eh", "iya"), ("satu", "lagi"), ("1", "lagi"), ("selain", "itu"),
    ("di", "samping", "itu"), ("sekalian",), ("btw",), ("ngomong-ngomong",), ("omong-omong",),
    ("sama", "itu"), ("yang", "kedua"), ("yang", "ke-2"), ("ada", "lagi"),
)  # fmt: skip
_LINKS = (
    ("dan",), ("sama",), ("terus",), ("lalu",), ("kemudian",), ("serta",), ("beserta",),
    ("plus",), ("habis", "itu"), ("setelah", "itu"), ("dan", "juga"), ("terus", "juga"),
    ("sama", "juga"), ("karo",), ("lan",), ("ambek",), ("jeung",), ("sareng",), ("kalih",),
    ("deng",),
)  # fmt: skip
_CONTRASTS = (
    ("tapi",), ("tetapi",), ("cuma",), ("cuman",), ("melainkan",), ("hanya",), ("namun",),
    ("malah",), ("padahal",),
)  # fmt: skip
_KINDS = ((Turn.TOPIC, _TOPICS), (Turn.LINK, _LINKS), (Turn.COMMA, _CONTRASTS))
_PHRASES = sorted(
    ((phrase, turn) for turn, phrases in _KINDS for phrase in phrases),
    key=lambda pair: -len(pair[0]),
)
_TIMES = frozenset({"minggu", "bulan", "tahun", "hari", "waktu", "yang", "kemarin", "tempo"})
_REGIONAL = frozenset({"karo", "lan", "ambek", "jeung", "sareng", "kalih", "deng"})
_NEW_WISH = frozenset(
    {"mau", "minta", "mohon", "ingin", "tanya", "bertanya", "mengurus", "buat", "bikin", "daftar"}
)
_TAKES_SAMA = frozenset(
    {"bicara", "ngomong", "ngobrol", "berbicara", "tanya", "puas", "beda", "bedanya", "ketemu",
     "nikah", "beli", "minta", "kenal", "tinggal", "ikut", "satu", "takut", "konsultasi", "wa",
     "dibantu", "diganggu", "dipukul", "diusir", "dimarahi", "marah", "kirim", "lapor"}
)  # fmt: skip
_SAMA_TAKES = frozenset(
    {"saya", "aku", "kami", "kita", "dia", "mereka", "orang", "orangnya", "petugas", "siapa",
     "yang", "kayak", "seperti", "saja", "sekali", "persis", "pak", "bu", "suami", "istri",
     "anak", "ibu", "bapak", "mertua", "tetangga", "admin", "manusia", "sama", "dengan", "di",
     "dari", "ke", "untuk"}
)  # fmt: skip
_STARTS = frozenset(phrase[0] for phrase, _ in _PHRASES)
_MARK = re.compile(
    r"(?P<ask>[.!]*\?[.?!]*)|(?P<stop>[.!;]+(?=\s|$)|\s*\n\s*)|(?P<comma>,(?!\d)|\s-+\s|\s/\s|:\s)"
)
_ABBREVIATED = re.compile(
    r"(?:^|\W)(?:jl|jln|gg|no|nmr|rt|rw|kel|kec|kab|ds|dsn|tgl|bpk|sdr|sdri|dr|drs|ir|h|hj|kk|an"
    r"|a\.n|alm|dll|dsb|dst|telp|hp|s\.d|pt|cv|ud|\d+)$"
)


def said(text: str, plain: Normalise) -> list[Said]:
    """Return the words of a text with their plain forms."""
    return [_plain_word(word, text, plain) for word in cut(text)]


def find_joints(text: str, words: Sequence[Said]) -> list[Joint]:
    """Return every joint, in reading order."""
    return list(_runs([*_marks(text), *_linking(words, text)], text))


def strongest(joints: Sequence[Joint], words: Sequence[Said]) -> list[Joint]:
    """Return the joints worth trying: few, and in a long story only turns to other topics."""
    worth = [j for j in joints if len(words) <= LONG or j.turn is Turn.TOPIC]
    kept = sorted(worth, key=lambda joint: (-joint.turn, joint.start))[:MOST_JOINTS]
    return sorted(kept, key=lambda joint: joint.start)


def _plain_word(word: Word, text: str, plain: Normalise) -> Said:
    """A name in capitals, such as SMA, is no chat spelling."""
    capitals = text[word.start : word.end].isupper() and len(word.text) > 1
    meant = word.text if capitals and not text.isupper() else plain(word.text)
    return Said(word.text, meant, word.start, word.end)


def _marks(text: str) -> Iterator[Joint]:
    for match in _MARK.finditer(text):
        if match["comma"]:
            yield Joint(*match.span(), Turn.COMMA)
        elif match["ask"]:
            yield Joint(*match.span(), Turn.LINK)
        elif "\n" in match[0] or not _abbreviates(text, match):
            yield Joint(*match.span(), Turn.STOP)


def _abbreviates(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 8) : match.start()].lower()
    return match[0] == "." and bool(_ABBREVIATED.search(before))


def _linking(words: Sequence[Said], text: str) -> Iterator[Joint]:
    position = 0
    while position < len(words):
        phrase, turn = _phrase_at(words, position)
        if phrase and _links(words, position, phrase, text):
            yield Joint(words[position].start, words[position + phrase - 1].end, turn)
        position += phrase or 1


def _phrase_at(words: Sequence[Said], position: int) -> tuple[int, Turn]:
    """Return how many words the linking phrase at a position has, and how it turns."""
    if not words[position].is_any(_STARTS):
        return 0, Turn.COMMA
    for phrase, turn in _PHRASES:
        ahead = words[position : position + len(phrase)]
        if len(ahead) == len(phrase) and all(
            w.is_any((p,)) for w, p in zip(ahead, phrase, strict=True)
        ):
            return len(phrase), turn
    return 0, Turn.COMMA


def _links(words: Sequence[Said], position: int, phrase: int, text: str) -> bool:
    """Whether a word that often does something else links two parts here.

    "Bicara sama petugas", "minggu lalu" and "mati terus, ..." link nothing; the regional words
    for "and" also mean "with", so a wish must follow.
    """
    word, following = words[position], words[position + phrase : position + phrase + 1]
    before = words[position - 1] if position else None
    if word.plain in {"satu", "1"} and before is not None and before.plain == "yang":
        return False
    if not following or phrase > 1:
        return True
    if word.raw in _REGIONAL:
        return following[0].is_any(_NEW_WISH)
    if word.plain == "sama":
        with_whom = before is not None and before.is_any(_TAKES_SAMA)
        return not with_whom and not following[0].is_any(_SAMA_TAKES)
    if word.plain == "lalu":
        return before is None or not before.is_any(_TIMES)
    if word.plain == "terus":
        return text[word.end : word.end + 1] not in {",", "."}
    return True


def _runs(joints: list[Joint], text: str) -> Iterator[Joint]:
    """Join what follows one another without a word between; drop what has no part on a side."""
    run: Joint | None = None
    for joint in sorted(joints, key=lambda joint: joint.start):
        if run and not text[run.end : joint.start].strip():
            run = Joint(run.start, max(run.end, joint.end), max(run.turn, joint.turn))
            continue
        if run and text[: run.start].strip():
            yield run
        run = joint
    if run and text[: run.start].strip() and text[run.end :].strip():
        yield run

"""What people type: its words, what is alike in spite of typos, politeness, questions."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

LONGEST = 4096
"""Telegram's longest message; of what is longer the rest is not read."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_QUESTION = re.compile(
    r"^(?:(?:kalau|kalo|trus|terus|pak|bu|min|kak|itu|ini)\s)*"
    r"(?:apa|apakah|berapa|brp|kapan|kpn|siapa|mana|dimana|di\smana|kemana|ke\smana|bagaimana"
    r"|bgmn|gimana|gmn|kenapa|knp|mengapa|knapa|bolehkah|bisakah|haruskah"
    r"|kok\s(?:belum|blm|blum|belom|ga|gak|gk|nggak|ngga|tidak|tdk|masih|lama|malah|bisa|harus))\b"
)
_POLITE = "ya|yah|y|pak|bapak|bpk|bu|ibu|buk|min|mimin|admin|kak|kakak|mas|mbak|bang|bro|gan"
# Read from the end, where there is one place to begin: a search would begin at every mark.
_POLITE_END_REVERSED = re.compile(rf"[\s,.!]*+(?:(?:{_POLITE[::-1]})[\s,.!]++)+", re.IGNORECASE)
_NO_WORD = re.compile(r"[\W_]+")
_STRETCHED = re.compile(r"([^\W\d])\1{2,}")
_DOUBLED = re.compile(r"(?<=[^\W\d])2\b")
_SPACE = re.compile(r"\s+")
_LINK = re.compile(r"https?://\S+")
_FRACTION = re.compile(r"(?<=\d)(?=[¼-¾⅐-⅞])")
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2212\u02d7\u2043\u2796\u30fc", "-"),
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u02b9\u02bb\u2032\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2044\u2215\u29f8", "/"),
        **dict.fromkeys("\u00b7\u2022\u2219\u22c5\u30fb\u3002", "."),
        **dict.fromkeys("\u3001\u066b", ","),
        **dict.fromkeys("\u2236\ua789", ":"),
        **dict.fromkeys("\u00d7\u2715\u2716", "x"),
        "\u2795": "+",
    }
)
"""Signs that look like a plain one, as keyboards, contacts and spreadsheets put them."""


def tidy(text: str) -> str:
    """Text in one line, with compatibility characters (𝐛𝐨𝐥𝐝, ①) made plain.

    Some of those become eighteen, so the limit holds once more.
    """
    plain = unicodedata.normalize("NFKC", text)[:LONGEST]
    visible = "".join(c for c in plain if c.isspace() or unicodedata.category(c)[0] != "C")
    return _SPACE.sub(" ", visible).strip()


def plain_signs(text: str) -> str:
    """Tidy text for reading numbers, dates and codes: each dash is "-", each digit ASCII.

    Not for what is stored as it was written: quotes and dashes are changed.
    """
    plain = tidy(_FRACTION.sub(" ", text).translate(_SIGNS)).translate(_SIGNS)
    return tidy("".join(map(_plain_sign, plain)))


def _plain_sign(char: str) -> str:
    match unicodedata.category(char):
        case "Nd":
            return str(unicodedata.decimal(char))
        case "Pd":
            return "-"
        case "Me" | "Mn":
            return ""
    return char


def words_of(text: str) -> list[str]:
    """Lower-case words and numbers as they are written, without punctuation."""
    return _WORD.findall(tidy(text).casefold())


def word_set(line: str) -> frozenset[str]:
    """The words of a line as a set, for short vocabularies."""
    return frozenset(line.split())


def plain_words(text: str) -> list[str]:
    """Words to be looked up: no accents, nothing stretched ("bangettt"), no 2 for a plural."""
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return _DOUBLED.sub("", _STRETCHED.sub(r"\1", _NO_WORD.sub(" ", plain))).split()


def alike(one: str, other: str, least: float) -> bool:
    """Whether two words or phrases are as alike as `least`, of 100, in spite of typos."""
    return fuzz.ratio(one, other) >= least


def all_alike(word: str, known: Sequence[str], least: float) -> Iterator[tuple[str, float]]:
    """The known words that are as alike, each with how much, of 100."""
    for name, ratio, _ in process.extract(
        word, known, scorer=fuzz.ratio, score_cutoff=least, limit=None
    ):
        yield name, ratio


def slips(one: str, other: str) -> int:
    """How many letters are wrong, missing, added or swapped between two words."""
    return OSA.distance(one, other)


def is_question(text: str) -> bool:
    """Whether the words ask something instead of answering."""
    words = _LINK.sub(" ", text)
    return "?" in words or _QUESTION.match(" ".join(words_of(words))) is not None


def without_politeness(text: str) -> str:
    """Drop trailing "ya pak", "bu", "min" that belong to the talk, not to the answer."""
    end = _POLITE_END_REVERSED.match(text[::-1])
    return (text[: -end.end()] if end else text).strip() or text

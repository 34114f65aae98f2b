"""Small tools for what people type: plain words, politeness around an answer, questions."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_QUESTION = re.compile(
    r"^(?:kalau |kalo |trus |terus |pak |bu |min |kak |itu |ini )*"
    r"(?:apa|apakah|berapa|brp|kapan|kpn|siapa|mana|dimana|di mana|kemana|ke mana|bagaimana"
    r"|bgmn|gimana|gmn|kenapa|knp|mengapa|knapa|bolehkah|bisakah|haruskah)\b"
)
_POLITE = r"(?:ya|yah|y|pak|bapak|bpk|bu|ibu|buk|min|mimin|admin|kak|kakak|mas|mbak|bang|bro|gan)"
_POLITE_END = re.compile(rf"(?:[\s,.!]+{_POLITE})+[\s,.!]*$", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_LINK = re.compile(r"https?://\S+")


def tidy(text: str) -> str:
    """Text in one line, with compatibility characters (𝐛𝐨𝐥𝐝, ①) made plain."""
    plain = unicodedata.normalize("NFKC", text)
    visible = "".join(c for c in plain if c.isspace() or unicodedata.category(c)[0] != "C")
    return _SPACE.sub(" ", visible).strip()


def words_of(text: str) -> list[str]:
    """Lower-case words and numbers, without punctuation."""
    return _WORD.findall(tidy(text).casefold())


def is_question(text: str) -> bool:
    """Whether the words ask something instead of answering."""
    words = _LINK.sub(" ", text)
    return "?" in words or _QUESTION.match(" ".join(words_of(words))) is not None


def without_politeness(text: str) -> str:
    """Drop trailing "ya pak", "bu", "min" that belong to the talk, not to the answer."""
    return _POLITE_END.sub("", text).strip() or text

"""Splits rendered texts that are too long for one message, and keeps their tags whole."""

import html
import re

LIMIT = 4096
PIECE = re.compile(r"</?\w+>|&\w+;|&#\d+;|\s+|[^<&\s]+|[<&]")
TAG = re.compile(r"<(/?)(\w+)>")


def length(text: str) -> int:
    """How long Telegram counts a text without tags: in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def visible(text: str) -> str:
    """A rendered text as it is seen."""
    return html.unescape(TAG.sub("", text))


def split(text: str, limit: int = LIMIT) -> list[str]:
    """Cut a rendered text into messages, after a blank line, a line or a word if possible.

    Put together without tags they are the text, but for white space where it was cut.
    """
    if length(visible(text)) <= limit:
        return [text]
    parts: list[str] = []
    rest, opened = text, ""
    while rest:
        head, rest = _cut(rest, limit)
        part = opened + head
        opened = "".join(f"<{tag}>" for tag in _open_tags(part))
        closed = "".join(f"</{tag}>" for tag in reversed(_open_tags(part)))
        if visible(part).strip():
            parts.append(part + closed)
    return parts


def _cut(text: str, limit: int) -> tuple[str, str]:
    """The longest good beginning, and the rest."""
    best, at, seen = 0, 0, 0
    rank = 0
    for piece in _pieces(text, limit):
        size = 0 if TAG.fullmatch(piece) else length(html.unescape(piece))
        if seen + size > limit:
            return text[: best or at], text[best or at :]
        at, seen = at + len(piece), seen + size
        if piece.isspace() and _rank(piece) >= rank and seen > limit // 2:
            best, rank = at, _rank(piece)
        elif piece.isspace() and seen <= limit // 2:
            best = at
    return text, ""


def _rank(space: str) -> int:
    """How good it is to cut at this white space: word, line, paragraph."""
    return min(space.count("\n"), 2)


def _pieces(text: str, limit: int) -> list[str]:
    """Tags, entities, words and spaces; a word longer than a message is cut anywhere."""
    pieces: list[str] = []
    for piece in PIECE.findall(text):
        step = max(limit // 2, 1)
        whole = TAG.fullmatch(piece) or piece.startswith("&") or length(piece) <= limit
        cuts = [piece] if whole else [piece[i : i + step] for i in range(0, len(piece), step)]
        pieces.extend(cuts)
    return pieces


def _open_tags(text: str) -> list[str]:
    """The tags that are open at the end of a text, outermost first."""
    opened: list[str] = []
    for closing, name in TAG.findall(text):
        if closing:
            opened.remove(name)
        else:
            opened.append(name)
    return opened

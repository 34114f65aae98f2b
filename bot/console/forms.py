"""Reads what a form sent: words without control characters, numbers, one of some choices."""

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from multidict import MultiDictProxy

Sent = MultiDictProxy[str | bytes | bytearray | web.FileField]
KEPT = {"\n", "\t"}
LONGEST_CODE = 60


async def read_form(request: web.Request) -> Sent:
    """The fields of a form; aiohttp keeps them, so that this may be asked twice."""
    try:
        return await request.post()
    except (ValueError, LookupError, web.RequestPayloadError, HttpProcessingError):
        raise web.HTTPBadRequest from None


def words(sent: Sent, name: str, *, longest: int) -> str:
    """A text field, at most `longest` characters; empty when it is missing."""
    value = sent.get(name, "")
    if not isinstance(value, str):
        return ""
    plain = value.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in plain if c in KEPT or c.isprintable()).strip()[:longest]


def secret(sent: Sent, name: str) -> str:
    """A password or token, exactly as it was typed, within reason."""
    value = sent.get(name, "")
    return value[:1000] if isinstance(value, str) else ""


def number(text: str, default: int, *, least: int = 0, most: int = 1_000_000) -> int:
    """A whole number between two others, or the default."""
    if not text.isascii() or not text.isdigit() or len(text) > len(str(most)):
        return default
    return min(max(int(text), least), most)


def code(sent: Sent) -> str:
    """A code of the second factor, or a recovery code, as it was typed."""
    return words(sent, "kode", longest=LONGEST_CODE)

"""Reads what a form sent: words without control characters, numbers, one of some choices."""

from io import BufferedReader, BytesIO
from typing import cast

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError
from multidict import MultiDict, MultiDictProxy

Sent = MultiDictProxy[str | bytes | bytearray | web.FileField]
KEPT = {"\n", "\t"}
LONGEST_CODE = 60
LARGEST_UPLOAD = 32 * 1024 * 1024
MOST_FIELDS = 200
MULTIPART = "multipart/form-data"
FORM = web.RequestKey("form", MultiDictProxy[str | bytes | bytearray | web.FileField])


async def read_form(request: web.Request) -> Sent:
    """The fields of a form; they are kept, so that this may be asked twice."""
    if FORM in request:
        return request[FORM]
    try:
        return await request.post()
    except (ValueError, LookupError, web.RequestPayloadError, HttpProcessingError):
        raise web.HTTPBadRequest from None


async def read_form_with_files(request: web.Request, *, largest: int = LARGEST_UPLOAD) -> Sent:
    """A form that may bring files, of up to `largest` bytes in all.

    It is read into memory: nothing of a citizen's file lies on the disk before it is sealed.
    """
    if request.content_type != MULTIPART:
        return await read_form(request)
    wide = request.clone(client_max_size=largest)
    fields: MultiDict[str | bytes | bytearray | web.FileField] = MultiDict()
    try:
        async for part in await wide.multipart():
            if len(fields) >= MOST_FIELDS or not isinstance(part, BodyPartReader):
                raise web.HTTPBadRequest
            raw = bytes(await part.read(decode=True))
            if wide.content.total_bytes > largest:
                raise web.HTTPRequestEntityTooLarge(largest)
            fields.add(part.name or "", _field(part, raw))
    except (ValueError, LookupError, web.RequestPayloadError, HttpProcessingError):
        raise web.HTTPBadRequest from None
    request[FORM] = MultiDictProxy(fields)
    return request[FORM]


def _field(part: BodyPartReader, raw: bytes) -> str | web.FileField:
    """What was typed, or a file; an empty file field is an empty text."""
    if part.filename is None or not raw:
        return "" if part.filename is not None else raw.decode()
    content = cast(BufferedReader, BytesIO(raw))
    return web.FileField(part.name or "", part.filename, content, "", part.headers)


def uploads(sent: Sent) -> dict[str, bytes]:
    """The files of a form by their fields."""
    files = {name: value for name, value in sent.items() if isinstance(value, web.FileField)}
    return {name: file.file.read() for name, file in files.items()}


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

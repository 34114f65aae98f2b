"""What the Bot API takes: methods, parameters, lengths, markup, keyboards."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from aiohttp.web import FileField
from PIL import Image, UnidentifiedImageError

from tests.support.telegram.methods import METHODS

MAX_TEXT, MAX_CAPTION, MAX_ANSWER = 4096, 1024, 200
MAX_PHOTO, MAX_DOCUMENT, MAX_SIDES, MAX_RATIO = 10 * 1024**2, 50 * 1024**2, 10_000, 20
MAX_DATA, MAX_BUTTONS, MAX_IN_ROW = 64, 100, 8
TAGS = frozenset({"b", "strong", "i", "em", "u", "s", "code", "pre", "blockquote"})
ENTITIES = frozenset({"lt", "gt", "amp", "quot"})
TOKEN = re.compile(
    r"<(?P<slash>/?)(?P<tag>[a-zA-Z0-9-]*)(?P<more>[^>]*)>|&(?P<entity>#?\w+);|<|>|&"
)


class BadRequest(Exception):  # noqa: N818  named as Telegram calls it
    """What Telegram would refuse with 400."""


def check_call(method: str, params: Mapping[str, Any]) -> None:
    """Refuse unknown methods, and parameters that are unknown or missing."""
    if method not in METHODS:
        raise BadRequest(f"unknown method {method}")
    needed, possible = METHODS[method]
    unknown = params.keys() - needed - possible
    missing = needed - params.keys()
    if unknown or missing:
        raise BadRequest(f"{method}: unknown {sorted(unknown)}, missing {sorted(missing)}")


def utf16(text: str) -> int:
    """How long Telegram counts a text."""
    return len(text.encode("utf-16-le")) // 2


def visible_text(text: str, parse_mode: str | None) -> str:
    """The text as people see it; refuses what is empty, too long or wrongly marked up."""
    seen = parse_html(text) if parse_mode == "HTML" else text
    if parse_mode not in {None, "HTML"}:
        raise BadRequest(f"parse mode {parse_mode}")
    if not seen.strip():
        raise BadRequest("message text is empty")
    if utf16(seen.strip()) > MAX_TEXT:
        raise BadRequest("message is too long")
    return seen


def visible_caption(text: str, parse_mode: str | None) -> str:
    """A caption as people see it; one may be missing, but not be too long."""
    seen = visible_text(text, parse_mode).strip() if text else ""
    if utf16(seen) > MAX_CAPTION:
        raise BadRequest("message caption is too long")
    return seen


def read_upload(sent: object, *, photo: bool) -> tuple[str, bytes]:
    """The name and content of a file that is sent up."""
    if not isinstance(sent, FileField):
        raise BadRequest("wrong file identifier")
    content = sent.file.read()
    if not content or not sent.filename:
        raise BadRequest("file must be non-empty")
    if len(content) > (MAX_PHOTO if photo else MAX_DOCUMENT):
        raise BadRequest("file is too big")
    return sent.filename, content


def can_be_shown(content: bytes) -> bool:
    """Whether a picture has the sides of a photo; refuses what is none."""
    try:
        with Image.open(BytesIO(content)) as image:
            width, height = image.size
    except UnidentifiedImageError:
        raise BadRequest("IMAGE_PROCESS_FAILED") from None
    return width + height <= MAX_SIDES and max(width, height) <= MAX_RATIO * min(width, height)


def parse_html(text: str) -> str:
    """Read Telegram's HTML: known tags, well nested, and nothing that should be escaped."""
    opened: list[str] = []
    seen, end = [], 0
    for match in TOKEN.finditer(text):
        seen.append(text[end : match.start()])
        end = match.end()
        if match["tag"]:
            _tag(opened, match["tag"], closing=bool(match["slash"]), more=match["more"])
        elif match["entity"]:
            seen.append(_entity(match["entity"]))
        else:
            raise BadRequest(f"can't parse entities: bare {match[0]!r}")
    if opened:
        raise BadRequest(f"can't parse entities: <{opened[-1]}> is not closed")
    return "".join([*seen, text[end:]])


def _tag(opened: list[str], tag: str, *, closing: bool, more: str) -> None:
    if tag not in TAGS or more:
        raise BadRequest(f"can't parse entities: unsupported tag {tag}{more}")
    if not closing:
        opened.append(tag)
    elif not opened or opened.pop() != tag:
        raise BadRequest(f"can't parse entities: unexpected </{tag}>")


def _entity(name: str) -> str:
    if not name.startswith("#") and name not in ENTITIES:
        raise BadRequest(f"can't parse entities: &{name};")
    return html.unescape(f"&{name};")


def read_markup(raw: str | None, *, private: bool) -> dict[str, Any]:
    """A reply markup, checked."""
    if raw is None:
        return {}
    markup: dict[str, Any] = json.loads(raw)
    kinds = markup.keys() & {"inline_keyboard", "keyboard", "remove_keyboard", "force_reply"}
    if len(kinds) != 1:
        raise BadRequest("a markup is exactly one of its kinds")
    for row in markup.get("inline_keyboard", ()):
        _check_row(row)
        for button in row:
            _check_inline(button)
    for row in markup.get("keyboard", ()):
        _check_row(row)
        for key in row:
            _check_key(key, private=private)
    if sum(len(row) for row in markup.get("inline_keyboard", ())) > MAX_BUTTONS:
        raise BadRequest("too many buttons")
    return markup


def _check_row(row: list[Any]) -> None:
    if not 0 < len(row) <= MAX_IN_ROW:
        raise BadRequest("a row has 1 to 8 buttons")


def _check_inline(button: dict[str, Any]) -> None:
    if not button.get("text", "").strip():
        raise BadRequest("button text is empty")
    if button.keys() == {"text", "url"}:
        if not re.fullmatch(r"https?://[^\s/]+/\S*", button["url"]):
            raise BadRequest("BUTTON_URL_INVALID")
        return
    if button.keys() != {"text", "callback_data"}:
        raise BadRequest(f"button with {sorted(button)}")
    if not 0 < len(button["callback_data"].encode()) <= MAX_DATA:
        raise BadRequest("BUTTON_DATA_INVALID")


def _check_key(key: dict[str, Any], *, private: bool) -> None:
    asks = key.keys() & {"request_contact", "request_location"}
    if key.keys() - {"text"} - asks or not key.get("text", "").strip():
        raise BadRequest(f"key with {sorted(key)}")
    if asks and not private:
        raise BadRequest("phone number and location can be requested in private chats only")

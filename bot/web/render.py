"""Renders the pages of the web chat, and single lines of it."""

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from aiohttp import web

from bot.web.room import PATH, Room
from bot.web.views import Line

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
BY_SCRIPT = "X-Skrip"
"""What our script says of itself with each form."""


@cache
def environment() -> jinja2.Environment:
    """The templates."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def content(name: str) -> bytes:
    """A static file; raises FileNotFoundError."""
    return (STATIC / name).read_bytes()


@cache
def asset(name: str) -> str:
    """The address of a static file, with a mark that changes with its content."""
    return f"{PATH}/statis/{name}?v={hashlib.sha256(content(name)).hexdigest()[:10]}"


def wants_fragments(request: web.Request) -> bool:
    """Whether our script asks, which shows what comes by itself."""
    return BY_SCRIPT in request.headers


def page(room: Room, template: str, *, status: int = 200, **context: Any) -> web.Response:
    """A whole page."""
    office = room.reference.catalogue.office
    text = (
        environment()
        .get_template(template)
        .render(t=room.word, asset=asset, office=office, path=PATH, **context)
    )
    response = web.Response(text=text, content_type="text/html", status=status)
    response.enable_compression()
    return response


def fragment(room: Room, lines: Sequence[Line]) -> str:
    """Lines alone, as the page shows them."""
    template = environment().get_template("baris.html")
    return template.render(t=room.word, path=PATH, lines=lines).strip()

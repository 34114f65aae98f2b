"""Renders pages: the templates' words, dates, links, and the context that every page has."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, cast

import aiohttp_jinja2
import jinja2
from aiohttp import web

from actions.casework import alerts, lost_alerts, privacy_requests, queues, staff_alerts
from actions.casework.delivery import delivery_of
from actions.casework.staff import Role
from actions.forms.show import MONTH_NAMES, show_date
from bot.console import cookies
from bot.console.context import (
    CONSOLE,
    STATIC,
    VISITOR,
    Console,
    Stage,
    Visitor,
    console_of,
)
from bot.console.masking import mask
from bot.console.views import presses
from bot.http import forms

HERE = Path(__file__).parent
NO_COUNTS = dict.fromkeys(("waiting", "unheard", "alerts", "by_right", "lost"), 0)
"""What only the frame shows; beside the list there is none."""
NOBODY = {
    "visitor": None,
    "csrf": "",
    **NO_COUNTS,
    "notice": None,
    "section": "",
    "here": "",
}
"""The context of a page that asks the database for nothing."""


PANEL = "panel"
IN_PANEL = frozenset({"case.html", "case_gone.html", "escalation.html", "error.html"})
"""Pages that fit beside the list; instead of any other one the whole page is opened."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a form was not taken: the answer's status, a key below "salah.", and what to add."""

    status: int
    key: str
    detail: str = ""


def too_early(request: web.Request, wait: timedelta, *, status: int = 429) -> Fault:
    """What to say to somebody who may not try yet."""
    seconds = math.ceil(wait.total_seconds())
    return Fault(status, "tunggu", console_of(request).word("masuk.tunggu", detik=seconds))


def set_up(app: web.Application) -> None:
    """Prepare the templates."""
    console = app[CONSOLE]
    environment = aiohttp_jinja2.setup(
        app,
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        filters=_filters(console),
    )
    environment.globals.update(
        t=console.word,
        asset=lambda name: _asset(app, name),
        office=console.reference.catalogue.office,
        Role=Role,
    )


def _filters(console: Console) -> dict[str, Callable[..., Any]]:
    return {
        "time": partial(show_time, console),
        "stamp": partial(show_stamp, console),
        "date": show_date,
        "short_date": partial(show_near_date, console),
        "full_time": partial(show_full_time, console),
        "decimal": show_decimal,
        "number": show_number,
        "delivery": delivery_of,
        "masked": mask,
        "in_words": partial(presses.in_words, console, None),
        "percent": partial(show_decimal, places=1),
    }


def _asset(app: web.Application, name: str) -> str:
    """A static file's address, with a mark that changes with its content."""
    files = cast(web.StaticResource, app.router[STATIC])
    return str(files.url_for(filename=name, append_version=True))


def show_time(console: Console, moment: datetime) -> str:
    """A moment on the office's clock: "27 November, 11.20", of another year with that year."""
    local = console.reference.local(moment)
    return f"{show_near_date(console, local.date())}, {local:%H.%M}"


def show_full_time(console: Console, moment: datetime) -> str:
    """A moment as it is written on paper: "27 November 2026, 11.20 WIB"."""
    local = console.reference.local(moment)
    return f"{show_short_date(local.date())}, {local:%H.%M} {local.tzname()}"


def show_stamp(console: Console, moment: datetime) -> str:
    """A moment of these days, short: "27 November 11.20"."""
    local = console.reference.local(moment)
    return f"{local.day} {MONTH_NAMES[local.month - 1]} {local:%H.%M}"


def show_short_date(day: date) -> str:
    """A date without its weekday."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def show_near_date(console: Console, day: date) -> str:
    """A date without its weekday, and without its year where it is this one."""
    this_year = console.reference.today(console.clock()).year
    return show_short_date(day).removesuffix(f" {this_year}")


def show_decimal(number: Decimal | float, places: int = 2) -> str:
    """A number with its decimals after a comma, as it is written in Indonesian."""
    return f"{number:.{places}f}".replace(".", ",")


def show_number(number: int | None) -> str:
    """A whole number as it is written in Indonesian: "12.345"; a dash for none."""
    return "–" if number is None else f"{number:,}".replace(",", ".")


async def page(
    request: web.Request, template: str, *, status: int = 200, **context: Any
) -> web.Response:
    """Render a page in its context: who is logged in, who waits, and the last notice."""
    if _is_for_panel(request) and template not in IN_PANEL:
        return web.Response(headers={"HX-Redirect": request.path_qs})
    visitor = request.get(VISITOR)
    notice = _notice(request)
    everywhere = {
        "layout": layout_for(request),
        "visitor": visitor if _is_in(visitor) else None,
        "csrf": visitor.csrf if visitor else "",
        **(NO_COUNTS if _is_for_panel(request) else await _waiting(request)),
        "notice": notice,
        "section": _section(request),
        "here": request.path_qs,
    }
    whole = {**everywhere, **context}
    response = aiohttp_jinja2.render_template(template, request, whole, status=status)
    if notice:
        cookies.NOTICE.drop(request, response)
    return response


def layout_for(request: web.Request) -> str:
    """The frame of a page: the whole one, or none beside the list."""
    return "panel.html" if _is_for_panel(request) else "base.html"


def _is_for_panel(request: web.Request) -> bool:
    """Whether a script asks for a page to show it beside the list."""
    return request.headers.get("HX-Target") == PANEL


def _notice(request: web.Request) -> str | None:
    """The words of the notice that the page before left, if it is one of ours, with its counts."""
    key, *counts = cookies.NOTICE.read(request).split("~")
    console = console_of(request)
    if f"konsol.kabar.{key}" not in console.reference.texts:
        return None
    done, refused = [forms.number(count, 0) for count in [*counts, "", ""]][:2]
    return console.word(f"kabar.{key}", jumlah=done, gagal=refused)


def _is_in(visitor: Visitor | None) -> bool:
    return visitor is not None and visitor.stage is Stage.IN


async def _waiting(request: web.Request) -> dict[str, int]:
    """How many wait for a human, are unheard of, alerts not seen, and requests by right."""
    visitor, console = request.get(VISITOR), console_of(request)
    if visitor is None or not _is_in(visitor):
        return NO_COUNTS
    async with console.reading() as session:
        rows = await queues.waiting(session, console.reference, visitor.staff)
        unheard = await alerts.unheard(session, rows, console.clock())
        unseen = await staff_alerts.unseen(session, visitor.staff)
        asked = await privacy_requests.how_many_wait(session, visitor.staff)
        lost = await lost_alerts.count(session, visitor.staff, console.clock())
    counts = {"waiting": len(rows), "unheard": len(unheard), "alerts": unseen}
    return counts | {"by_right": asked, "lost": lost}


def _section(request: web.Request) -> str:
    """Which entry of the navigation this page belongs to: the first word of its name."""
    resource = request.match_info.route.resource
    return (resource.name or "").split("_")[0] if resource else ""


def fragment(request: web.Request, template: str, **context: Any) -> web.Response:
    """Render a piece of a page."""
    return aiohttp_jinja2.render_template(template, request, context)


def redirect(
    request: web.Request,
    name: str,
    *,
    notice: str | None = None,
    query: Mapping[str, str] | None = None,
    **parts: str,
) -> web.Response:
    """Go on to another page after a form was handled."""
    address = request.app.router[name].url_for(**parts).with_query(query or {})
    response = web.Response(status=303, headers={"Location": str(address)})
    if notice:
        cookies.NOTICE.keep(request, response, notice)
    return response

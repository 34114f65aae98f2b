"""The list of reports that anybody may see, and that needs no chat."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from aiohttp import web

from actions.casework import publishing
from actions.casework.publishing import Shown
from actions.domain.status import status_of
from actions.storage.engine import reading
from actions.storage.tables import Case
from bot.web.render import page
from bot.web.room import PATH, Room, Visitor

SIZE, DIGITS = 20, 16
HERE = f"{PATH}/laporan"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """A report as the page shows it."""

    called: str
    village: str
    landmark: str
    status: str


async def show(room: Room, request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """A page of it, newest first, of one village or all."""
    villages = sorted(room.reference.catalogue.office.villages)
    wanted = request.query.get("desa", "")
    village = wanted if wanted in villages else ""
    before = _place(request.query.get("sebelum", ""))
    async with reading(room.deps.office) as session:
        found = await publishing.page(session, village, before, SIZE + 1)
    entries = [_entry(room, publishing.shown(case)) for case in found[:SIZE]]
    more = _older(village, found[SIZE - 1]) if len(found) > SIZE else ""
    return page(
        room,
        "laporan.html",
        entries=entries,
        villages=villages,
        village=village,
        older=more,
        later=before is not None,
    )


def _entry(room: Room, told: Shown) -> Entry:
    reference = room.reference
    status = reference.texts.plain(f"status.arti.{status_of(told.status).meaning}")
    return Entry(reference.catalogue.called(told.slug), told.village, told.landmark, status)


def _older(village: str, last: Case) -> str:
    """The address of the next page: it begins after this one."""
    since = last.public_at or EPOCH
    place = f"{(since - EPOCH) // timedelta(microseconds=1)}-{last.id}"
    desa = {"desa": village} if village else {}
    return f"{HERE}?{urlencode({**desa, 'sebelum': place})}"


def _place(written: str) -> tuple[datetime, int] | None:
    """Where a page begins; None for what no page of ours links to."""
    at, _, number = written.partition("-")
    if not (at.isdecimal() and number.isdecimal() and max(len(at), len(number)) <= DIGITS):
        return None
    return EPOCH + timedelta(microseconds=int(at)), int(number)

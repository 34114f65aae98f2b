"""The addresses of the web chat."""

from aiohttp import web

from bot.web import back, files, posting, public, showing, stream
from bot.web.door import Act, guarded
from bot.web.room import PATH, Room

TABLE: tuple[tuple[str, str, Act], ...] = (
    ("GET", PATH, showing.show),
    ("POST", PATH, posting.send),
    ("GET", f"{PATH}/aliran", stream.stream),
    ("GET", rf"{PATH}/berkas/{{id:\d{{1,15}}}}", files.send),
    ("GET", rf"{PATH}/statis/{{nama:[a-z]{{1,20}}\.[a-z]{{2,3}}}}", files.static),
    ("GET", f"{PATH}/laporan", public.show),
    ("GET", f"{PATH}/kode", back.offer_code),
    ("POST", f"{PATH}/kode", back.make_code),
    ("GET", f"{PATH}/kembali", back.ask_code),
    ("POST", f"{PATH}/kembali", back.come_back),
    ("GET", f"{PATH}/selesai", back.ask_to_leave),
    ("POST", f"{PATH}/selesai", back.leave),
    ("GET", f"{PATH}/{{sisa:.*}}", showing.nothing),
)


def routes_of(room: Room) -> list[web.RouteDef]:
    """All of them."""
    return [web.route(method, path, guarded(room, act)) for method, path, act in TABLE]

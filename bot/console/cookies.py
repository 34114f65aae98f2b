"""The console's cookies: the session, the proof for the login form, and a notice."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aiohttp import web

from actions.casework.devices import KEPT as DEVICE_KEPT
from bot.console.client import is_https


@dataclass(frozen=True, slots=True)
class Cookie:
    """One cookie; without `max_age` (seconds) it lasts until the browser is closed."""

    name: str
    max_age: int | None = None

    def read(self, request: web.Request) -> str:
        """What the browser sent; empty when it has none."""
        return request.cookies.get(self._full_name(request), "")

    def keep(self, request: web.Request, response: web.StreamResponse, value: str) -> None:
        """Hand it to the browser."""
        name, where = self._full_name(request), _where(request)
        response.set_cookie(name, value, max_age=self.max_age, **where)

    def drop(self, request: web.Request, response: web.StreamResponse) -> None:
        """Take it back."""
        response.del_cookie(self._full_name(request), **_where(request))

    def _full_name(self, request: web.Request) -> str:
        """Browsers refuse a __Host- cookie from anything but this host over https."""
        return f"__Host-{self.name}" if is_https(request) else self.name


def _where(request: web.Request) -> dict[str, Any]:
    return {"path": "/", "httponly": True, "samesite": "Lax", "secure": is_https(request)}


SESSION = Cookie("balai_sesi")
LOGIN_PROOF = Cookie("balai_masuk")
"""What the login form must repeat, since there is no session yet."""
NOTICE = Cookie("balai_kabar", max_age=60)
"""The key of a notice for the next page. Only the key travels, so there is nothing to forge."""


def device_of(staff_id: int) -> Cookie:
    """What a browser is known by that an account has logged in with; many share a computer."""
    return Cookie(f"balai_kenal_{staff_id}", max_age=DEVICE_KEPT // timedelta(seconds=1))

"""A cookie of ours: bound to this host, out of reach of scripts and of other sites."""

from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.http.client import is_https


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

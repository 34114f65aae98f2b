"""Headers of every answer, and proofs that a form was sent from our own pages."""

import re
import secrets

from aiohttp import web, web_response
from aiohttp.typedefs import Handler
from yarl import URL

from bot.http.client import is_https

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    # Nothing for other sites. With "no-referrer" browsers send "Origin: null" with our own
    # forms, and where they came from could no longer be checked.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
PRIVATE, KEPT = "no-store", "public, max-age=31536000, immutable"
CSRF_FIELD = "csrf"
ODD = re.compile("[\ud800-\udfff]")
SERVER = "Balai"


@web.middleware
async def refuse_odd_bytes(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn away what is no text: the server hands such bytes on as halves of characters."""
    told = (request.raw_path, *request.headers.values())
    if any(ODD.search(text) for text in told):
        return web.Response(status=400)
    return await handler(request)


def tell_no_versions() -> None:
    """Keep aiohttp from naming itself, Python and their versions in every answer.

    It does so too where a request cannot be read, which reaches none of its signals; so the
    name itself is replaced.
    """
    web_response.SERVER_SOFTWARE = SERVER  # type: ignore[attr-defined]


def protect(request: web.Request, response: web.StreamResponse, keeping: str = PRIVATE) -> None:
    """Put the headers on what is about to be answered, but for those that it brings itself."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", keeping)
    if is_https(request):
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")


def is_same_origin(request: web.Request) -> bool:
    """Whether the browser says that a form comes from our own pages.

    Browsers that say nothing are let through here: the form's token is checked all the same.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site != "same-origin":
        return False
    origin = request.headers.get("Origin")
    return origin is None or _authority(origin) == request.host.lower()


def _authority(origin: str) -> str | None:
    try:
        url = URL(origin)
    except ValueError:
        return None
    if url.host is None:
        return None
    host = f"[{url.host}]" if ":" in url.host else url.host
    return f"{host}:{url.explicit_port}".lower() if url.explicit_port else host.lower()


def is_same(given: str, expected: str | None) -> bool:
    """Compare a secret in constant time; nothing equals a missing one."""
    if not expected:
        return False
    return secrets.compare_digest(given.encode(errors="surrogateescape"), expected.encode())

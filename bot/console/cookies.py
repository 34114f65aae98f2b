"""The console's cookies: the session, the proof for the login form, and a notice."""

from __future__ import annotations

import secrets

from aiohttp import web

from bot.console.context import console_of

NOTICE_SECONDS = 60


def _name(request: web.Request, name: str) -> str:
    """Browsers refuse a __Host- cookie from anything but this host over https."""
    return f"__Host-{name}" if console_of(request).secure_cookies else name


def _set(
    request: web.Request,
    response: web.StreamResponse,
    name: str,
    value: str,
    *,
    max_age: int | None = None,
) -> None:
    response.set_cookie(
        _name(request, name),
        value,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=console_of(request).secure_cookies,
        max_age=max_age,
    )


def _drop(request: web.Request, response: web.StreamResponse, name: str) -> None:
    response.del_cookie(
        _name(request, name),
        path="/",
        httponly=True,
        samesite="Lax",
        secure=console_of(request).secure_cookies,
    )


def session_token(request: web.Request) -> str | None:
    """The token of the session that the browser says it has."""
    return request.cookies.get(_name(request, "balai_sesi"))


def keep_session(request: web.Request, response: web.StreamResponse, token: str) -> None:
    """Hand the token to the browser, until it is closed."""
    _set(request, response, "balai_sesi", token)


def drop_session(request: web.Request, response: web.StreamResponse) -> None:
    """Take the token back."""
    _drop(request, response, "balai_sesi")


def login_proof(request: web.Request) -> str | None:
    """What the login form must repeat, since there is no session yet."""
    return request.cookies.get(_name(request, "balai_masuk"))


def keep_login_proof(request: web.Request, response: web.StreamResponse, proof: str) -> None:
    """Remember the proof of the login form."""
    _set(request, response, "balai_masuk", proof)


def fresh_proof() -> str:
    """A proof that nobody can guess."""
    return secrets.token_urlsafe(32)


def notify(request: web.Request, response: web.StreamResponse, key: str) -> None:
    """Show a notice on the next page. Only its key travels, so there is nothing to forge."""
    _set(request, response, "balai_kabar", key, max_age=NOTICE_SECONDS)


def notice(request: web.Request) -> str | None:
    """The words of the notice that the page before left, if it is one of ours."""
    key = request.cookies.get(_name(request, "balai_kabar"), "")
    console = console_of(request)
    return (
        console.word(f"kabar.{key}") if f"konsol.kabar.{key}" in console.reference.texts else None
    )


def drop_notice(request: web.Request, response: web.StreamResponse) -> None:
    """Show the notice only once."""
    _drop(request, response, "balai_kabar")

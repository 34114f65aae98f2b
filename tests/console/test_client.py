"""Who asks: what trusted proxies say of it, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_network

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from bot.console import make_console
from bot.http.client import address_of, is_https
from tests.support.database import Database
from tests.support.running_bot import dependencies

PROXIES = (ip_network("127.0.0.0/8"), ip_network("10.0.0.0/8"))
Asked = Callable[..., web.Request]


@pytest.fixture
def asked(database: Database) -> Asked:
    """A request as it arrives from some address with some headers."""
    deps = dependencies(database.sessions, database.clock, database.folder)
    app = make_console(deps, lambda: None, secure_cookies=False, proxies=PROXIES)

    def ask(remote: str, **headers: str) -> web.Request:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return make_mocked_request("GET", "/masuk", headers=named, app=app).clone(remote=remote)

    return ask


@pytest.mark.parametrize(
    ("remote", "told", "address"),
    [
        ("203.0.113.7", None, "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),  # a stranger claims to be a proxy
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"),  # the left part is a claim
        ("127.0.0.1", "198.51.100.1, 10.0.0.3", "198.51.100.1"),  # two proxies of ours
        ("127.0.0.1", "10.0.0.3", "10.0.0.3"),
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("127.0.0.1", "1.1.1.1, <script>, 10.0.0.3", "10.0.0.3"),
        ("::ffff:10.0.0.1", "2001:db8::1", "2001:db8::1"),
        ("::ffff:203.0.113.7", None, "203.0.113.7"),
        ("", "198.51.100.1", None),
    ],
)
def test_the_address_is_what_the_nearest_stranger_came_from(
    remote: str, told: str | None, address: str | None, asked: Asked
) -> None:
    headers = {} if told is None else {"X_Forwarded_For": told}
    assert address_of(asked(remote, **headers)) == address


@pytest.mark.parametrize(
    ("remote", "told", "secure"),
    [
        ("127.0.0.1", "https", True),
        ("10.1.2.3", "https", True),
        ("127.0.0.1", "http", False),
        ("127.0.0.1", "https, http", False),
        ("127.0.0.1", "", False),
        ("203.0.113.7", "https", False),
    ],
)
def test_https_is_believed_only_from_a_trusted_proxy(
    remote: str, told: str, secure: bool, asked: Asked
) -> None:
    assert is_https(asked(remote, X_Forwarded_Proto=told)) is secure

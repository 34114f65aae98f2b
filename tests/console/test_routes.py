"""Every address has somebody who may open it, and nobody else may."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from actions.casework.staff import Role
from bot.console import make_console
from bot.console.app import UnknownRouteError
from bot.console.auth import ROLES, Access, Route
from bot.console.context import STATIC
from bot.console.routes import ROUTES
from tests.console.conftest import LogIn, NewOfficer
from tests.support.database import Database
from tests.support.running_bot import dependencies

MakeApp = Callable[..., web.Application]
FORMS = [route for route in ROUTES if route.method == "POST"]


@pytest.fixture
def make_app(database: Database) -> MakeApp:
    def make(**more: object) -> web.Application:
        return make_console(
            dependencies(database.sessions, database.clock, database.folder),
            lambda: None,
            secure_cookies=True,
            **more,
        )

    return make


def address(route: Route) -> str:
    """The address with numbers that belong to nothing."""
    path = route.path.replace(r"{id:\d{1,15}}", "999")
    path = path.replace(r"{berkas:\d{1,15}}", "999")
    return re.sub(r"\{baris:[^}]*\}\}", "999", path.replace(r"{lembar:[a-z]{2,20}}", "templat"))


def test_the_table_and_the_application_have_the_same_routes(make_app: MakeApp) -> None:
    routes = make_app().router.routes()
    served = {(route.method, getattr(route.resource, "name", None)) for route in routes}
    static = {("GET", STATIC), ("HEAD", STATIC)}
    assert served - static == {(route.method, route.name) for route in ROUTES}
    assert len(ROUTES) == len({(route.method, route.name) for route in ROUTES})


def test_public_is_only_what_must_be() -> None:
    public = {(r.method, r.path) for r in ROUTES if r.access is Access.PUBLIC}
    assert public == {("GET", "/masuk"), ("POST", "/masuk")}


async def test_a_route_outside_of_the_table_stops_the_start(make_app: MakeApp) -> None:
    app = make_app()

    async def hidden_door(_: web.Request) -> web.Response:
        raise AssertionError("nobody comes here")

    app.router.add_get("/pintu", hidden_door)
    with pytest.raises(UnknownRouteError, match="pintu"):
        await TestServer(app).start_server()


async def test_routes_for_machines_are_left_alone(make_app: MakeApp) -> None:
    async def webhook(request: web.Request) -> web.Response:
        return web.Response(text=await request.text())

    app = make_app(others=[web.post("/telegram", webhook)])
    async with TestServer(app) as server, TestClient(server) as client:
        answer = await client.post(
            "/telegram", data=b"{}", headers={"Origin": "https://a.example"}
        )
        assert (answer.status, await answer.text()) == (200, "{}")
        assert "Content-Security-Policy" not in answer.headers


async def test_strangers_see_nothing(new_officer: NewOfficer) -> None:
    stranger = new_officer()
    for route in ROUTES:
        answer = await stranger.client.request(route.method, address(route), allow_redirects=False)
        if route.access is Access.PUBLIC:
            assert answer.status == (403 if route.method == "POST" else 200), route
        elif route.method == "POST" or route.polls:
            assert answer.status == 401, route
        else:
            assert answer.status == 303, route
            assert answer.headers["Location"].startswith("/masuk?lanjut=/"), route


@pytest.mark.parametrize("role", list(Role))
async def test_each_role_opens_what_the_table_says(role: Role, log_in: LogIn) -> None:
    """All addresses but those that end the session; its end is tested with the login."""
    officer = await log_in("siapa", role)
    csrf = officer.form("Keluar").values["csrf"]
    for route in ROUTES:
        if route.access is Access.PUBLIC or route.name == "keluar":
            continue
        data = {"csrf": csrf} if route.method == "POST" else None
        answer = await officer.client.request(route.method, address(route), data=data)
        assert (answer.status != 403) is (role in ROLES[route.access]), route
        assert answer.status < 500, route
        assert answer.url.path != "/masuk", route


@pytest.mark.parametrize("proof", [None, "", "tebakan", "ü"])
async def test_no_form_is_taken_without_its_proof(proof: str | None, log_in: LogIn) -> None:
    officer = await log_in("admin", Role.ADMIN)
    for route in FORMS:
        await officer.post(address(route), {} if proof is None else {"csrf": proof})
        assert officer.status == 403, route
        assert "Formulir sudah lama" in officer.words, route


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({}, True),
        ({"Sec_Fetch_Site": "same-origin"}, True),
        ({"Sec_Fetch_Site": "cross-site"}, False),
        ({"Sec_Fetch_Site": "same-site"}, False),
        ({"Sec_Fetch_Site": "none"}, False),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://127.0.0.1.evil.example"}, False),
        ({"Origin": "not an address ["}, False),
        ({"Origin": "OWN"}, True),
    ],
)
async def test_forms_of_other_sites_are_refused_even_with_the_proof(
    headers: dict[str, str], taken: bool, log_in: LogIn, server: TestServer
) -> None:
    officer = await log_in("rina")
    form = officer.form("Cari")
    own = f"http://{server.host}:{server.port}"
    sent = {name: own if value == "OWN" else value for name, value in headers.items()}
    await officer.post(form.action, {**form.values, "kode": "SKM-222-222"}, **sent)
    assert (officer.status != 403) is taken


async def test_the_login_form_has_a_proof_of_its_own(
    database: Database, new_officer: NewOfficer
) -> None:
    await database.account("rina")
    one, other = new_officer(), new_officer()
    await one.open("/masuk")
    await other.open("/masuk")
    stolen = other.form("Masuk").values["csrf"]
    await one.post("/masuk", {"nama": "rina", "sandi": "x", "csrf": stolen})
    assert "Formulir sudah lama" in one.words


@pytest.mark.parametrize("content", ["application/json", "multipart/form-data", "text/plain"])
async def test_a_body_that_is_no_form_is_refused_in_peace(content: str, log_in: LogIn) -> None:
    officer = await log_in("rina")
    answer = await officer.client.post(
        "/permohonan/cari", data=b'{"csrf": 1', headers={"Content-Type": content}
    )
    assert answer.status in {400, 403}

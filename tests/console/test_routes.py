"""Every address has somebody who may open it, and nobody else may."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from actions.casework.staff import Role
from actions.casework.staff_sessions import csrf_of
from actions.storage.tables import Case
from bot.console import make_console
from bot.console.app import UnknownRouteError
from bot.console.auth import ROLES, Access, Route
from bot.console.context import STATIC
from bot.console.routes import CASE, ROUTES
from tests.console.conftest import LogIn, NewOfficer
from tests.support.database import BRIBE, LAMP, Database
from tests.support.running_bot import dependencies

MakeApp = Callable[..., web.Application]
FORMS = [route for route in ROUTES if route.method == "POST"]
OF_A_CASE = [
    route for route in ROUTES if route.path.startswith(CASE) and "berkas" not in route.path
]


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
    path = path.replace(r"{baris:\d{1,15}}", "999")
    path = path.replace(r"{unduhan:[a-z]{4,10}\.[a-z]{3,4}}", "laporan.pdf")
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


EVERYBODY = [
    (role, unit, village, right)
    for role in Role
    for unit in (None, "dishub", "inspektorat")
    for village in (None, "Mekarsari", "Tegalsari")
    for right in (True, False)
]


@pytest.mark.parametrize(("role", "unit", "village", "right"), EVERYBODY)
async def test_every_address_of_a_case_is_open_to_those_who_may_see_it_alone(
    role: Role, unit: str | None, village: str | None, right: bool, database: Database
) -> None:
    """All of them, with every role, unit, village and right to secret cases."""
    lamp = await database.file("lampu_jalan", LAMP)
    bribe = await database.file("pungli", BRIBE | {"lokasi": LAMP["lokasi"]})
    staff = await database.account("siapa", role, unit, village=village, sees_secret=right)
    everywhere = role == Role.ADMIN or (unit is None and village is None)
    near = everywhere or (unit in {None, "dishub"} and village in {None, "Mekarsari"})
    secret = right and (
        role == Role.ADMIN or (unit in {None, "inspektorat"} and village in {None, "Mekarsari"})
    )
    token = await database.token(staff.username)
    app = make_console(
        dependencies(database.sessions, database.clock, database.folder),
        lambda: None,
        secure_cookies=False,
    )
    async with TestServer(app) as server, TestClient(server) as client:
        client.session.cookie_jar.update_cookies({"balai_sesi": token}, client.make_url("/"))
        for case, allowed in ((lamp, near), (bribe, secret)):
            for route in OF_A_CASE:
                answer = await _asked(client, route, case, csrf_of(token))
                assert answer < 500, route
                assert (answer != 404) is allowed, (case.slug, route)


async def _asked(client: TestClient, route: Route, case: Case, csrf: str) -> int:  # type: ignore[type-arg]
    """What an address of a case answers."""
    path = route.path.replace(r"{id:\d{1,15}}", str(case.id))
    sent = {"csrf": csrf} if route.method == "POST" else None
    answer = await client.request(route.method, path, data=sent, allow_redirects=False)
    return answer.status


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
    form = officer.form("Keluar")
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
@pytest.mark.parametrize("path", ["/cari", "/loket/999"])
async def test_a_body_that_is_no_form_is_refused_in_peace(
    path: str, content: str, log_in: LogIn
) -> None:
    officer = await log_in("rina")
    answer = await officer.client.post(path, data=b'{"csrf": 1', headers={"Content-Type": content})
    assert answer.status in {400, 403}

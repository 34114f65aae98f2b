"""Who may see what: between units, secret cases, and lines of a chat that holds both."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.casework import cases, desk, escalations, queues, transcript
from actions.casework.desk import Tray, Wanted
from actions.casework.staff import Role
from actions.domain.status import Status
from actions.storage.tables import AccessLog, Case, Staff
from tests.console.conftest import LogIn
from tests.support.clock import Clock
from tests.support.database import BRIBE, CHAT, KTP, LAMP, Database

BOTH = [pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """These rules are the database's work, so both kinds must agree."""
    url: str = request.getfixturevalue(f"{request.param}_database")
    return url


async def _sees(database: Database, staff: Staff, case: Case) -> bool:
    """One by one, by code, in lists and in figures: all must say the same."""
    today = database.reference.today(database.clock.now)
    async with database.sessions() as session:
        one = await queues.case(session, staff, case.id) is not None
        coded = await queues.case_by_code(session, staff, case.code or "") is not None
        listed, counted = set(), 0
        for tray in Tray:
            listed |= {c.id for c in await desk.cases(session, staff, Wanted(tray), today)}
            counted += await desk.count(session, staff, Wanted(tray), today)
    assert one == coded == (case.id in listed) == (counted == 1)
    return one


@pytest.mark.parametrize(
    ("role", "unit", "sees_ktp", "sees_bribe"),
    [
        (Role.OFFICER, "disdukcapil", True, False),
        (Role.OFFICER, "inspektorat", False, True),
        (Role.OFFICER, "dishub", False, False),
        (Role.OFFICER, None, True, True),
        (Role.SUPERVISOR, None, True, True),
        (Role.SUPERVISOR, "dishub", False, False),
        (Role.SUPERVISOR, "inspektorat", False, True),
        (Role.ADMIN, None, True, True),
        (Role.ADMIN, "dishub", True, True),
    ],
)
@pytest.mark.parametrize("right", [True, False])
@pytest.mark.parametrize("slug", ["ktp_hilang", "pungli"])
async def test_cases_are_seen_by_whom_they_concern(
    slug: str,
    right: bool,
    role: Role,
    unit: str | None,
    sees_ktp: bool,
    sees_bribe: bool,
    database: Database,
) -> None:
    """No role brings the right to secret cases."""
    staff = await database.account("siapa", role, unit, sees_secret=right)
    sees_bribe = sees_bribe and right
    case = await database.file(slug, KTP if slug == "ktp_hilang" else BRIBE)
    assert case.secret is (slug == "pungli")
    assert await _sees(database, staff, case) is (sees_ktp if slug == "ktp_hilang" else sees_bribe)


async def test_another_units_case_looks_as_if_it_did_not_exist(
    database: Database, log_in: LogIn
) -> None:
    case = await database.file()
    dewi = await log_in("dewi", unit="dishub")
    csrf = dewi.form("Keluar").values["csrf"]
    await dewi.open("/permohonan/999999")
    nothing = dewi.words
    await dewi.open(f"/permohonan/{case.id}")
    assert (dewi.status, dewi.words) == (404, nothing)
    for path in ("status", "nomor", "tulis"):
        sent = {"csrf": csrf, "pilihan": "ditolak", "isi": "halo", "versi": "2"}
        await dewi.post(f"/permohonan/{case.id}/{path}", sent)
        assert dewi.status == 404
    await dewi.post("/cari", {"csrf": csrf, "kata": str(case.code)})
    assert case.code not in dewi.words
    async with database.sessions() as session:
        assert (await session.scalars(select(AccessLog))).all() == []
        assert (await session.get_one(Case, case.id)).status == "diajukan"


async def test_each_look_at_a_case_is_written_down(database: Database, log_in: LogIn) -> None:
    account = await database.account("ida", unit="inspektorat", sees_secret=True)
    case = await database.file("pungli", BRIBE)
    ida = await log_in("ida")
    await ida.open(f"/permohonan/{case.id}")
    assert "Pelapor dirahasiakan" in ida.words
    async with database.sessions() as session:
        look = (await session.scalars(select(AccessLog))).one()
    assert (look.staff_id, look.case_id, look.action, look.at) == (
        account.id,
        case.id,
        "buka",
        database.clock.now,
    )


async def _mixed_chat(database: Database, clock: Clock) -> tuple[Case, Case]:
    """A citizen asks for a card, reports a bribe in the same chat, and goes on with the card."""
    await database.say("mau urus KTP hilang")
    ktp = await database.draft("ktp_hilang", KTP)
    clock.move(timedelta(minutes=20))
    await database.say("eh pak, orang loketnya minta uang lima puluh ribu")
    clock.move(timedelta(minutes=1))
    bribe = await database.file("pungli", BRIBE)
    await database.say("tolong jangan sebut nama saya")
    clock.move(timedelta(minutes=30))
    await database.say("lanjut yang KTP tadi")
    async with database.sessions.begin() as session:
        fresh = await session.get_one(Case, ktp.id)
        await cases.submit(session, database.reference, fresh, clock.now, database.random)
    return fresh, bribe


async def test_a_case_shows_no_lines_of_a_secret_one_beside_it(
    database: Database, clock: Clock
) -> None:
    ktp, bribe = await _mixed_chat(database, clock)
    rina = await database.account("rina", unit="disdukcapil")
    ida = await database.account("ida", unit="inspektorat", sees_secret=True)
    budi = await database.account("budi", Role.SUPERVISOR, sees_secret=True)
    async with database.sessions() as session:
        seen = [x.text for x in await transcript.of_case(session, rina, ktp, clock.now)]
        assert seen == ["mau urus KTP hilang", "lanjut yang KTP tadi"]
        seen = [x.text for x in await transcript.of_case(session, ida, bribe, clock.now)]
        assert seen == ["tolong jangan sebut nama saya"]
        seen = [x.text for x in await transcript.of_case(session, budi, ktp, clock.now)]
        assert len(seen) == 4


async def test_a_status_notice_of_a_secret_case_stays_hidden(
    database: Database, clock: Clock
) -> None:
    ktp, bribe = await _mixed_chat(database, clock)
    rina = await database.account("rina", unit="disdukcapil")
    ida = await database.account("ida", unit="inspektorat", sees_secret=True)
    clock.move(timedelta(hours=1))
    await database.move(bribe, Status.NEEDS_DETAIL, "Siapa namanya?", by=ida)
    await database.move(ktp, Status.INCOMPLETE, "Foto kurang jelas.", by=rina)
    clock.move(timedelta(minutes=30))
    await database.say("namanya Pak Anu di loket dua")
    async with database.sessions() as session:
        seen = " ".join(x.text for x in await transcript.of_case(session, rina, ktp, clock.now))
        assert "Anu" not in seen
        assert "Siapa namanya" not in seen
        seen = " ".join(x.text for x in await transcript.of_case(session, ida, bribe, clock.now))
        assert "Pak Anu" in seen


async def test_an_escalation_keeps_lines_of_secret_cases_from_others(
    database: Database, clock: Clock
) -> None:
    await _mixed_chat(database, clock)
    rina = await database.account("rina", unit="disdukcapil")
    budi = await database.account("budi", Role.SUPERVISOR, sees_secret=True)
    escalation = await database.escalation(unit="disdukcapil")
    async with database.sessions() as session:
        before = await transcript.before_escalation(session, rina, escalation, clock.now)
        assert [text for _, text, _ in before] == ["mau urus KTP hilang", "lanjut yang KTP tadi"]
        assert len(await transcript.before_escalation(session, budi, escalation, clock.now)) == 4


@pytest.mark.parametrize(
    ("unit", "topic", "about", "seers"),
    [
        ("disdukcapil", "ktp_hilang", None, {"rina", "loket", "budi", "bu.kepala", "admin"}),
        ("dishub", "lampu_jalan", None, {"dewi", "loket", "budi", "bu.kepala", "admin"}),
        (None, None, None, {"rina", "dewi", "ida", "loket", "budi", "bu.kepala", "admin"}),
        ("inspektorat", "pungli", None, {"ida", "budi"}),
        ("inspektorat", None, "pungli", {"ida", "budi"}),
        ("disdukcapil", None, "ktp_hilang", {"rina", "loket", "budi", "bu.kepala", "admin"}),
    ],
)
async def test_escalations_are_seen_by_whom_they_concern(
    unit: str | None, topic: str | None, about: str | None, seers: set[str], database: Database
) -> None:
    people = [
        await database.account("rina", unit="disdukcapil"),
        await database.account("dewi", unit="dishub"),
        await database.account("ida", unit="inspektorat", sees_secret=True),
        await database.account("loket"),
        await database.account("budi", Role.SUPERVISOR, sees_secret=True),
        await database.account("bu.kepala", Role.SUPERVISOR),
        await database.account("admin", Role.ADMIN),
    ]
    case = await database.file(about, BRIBE if about == "pungli" else KTP) if about else None
    escalation = await database.escalation(unit=unit, case=case, understood={"topik": topic})
    reference, found = database.reference, set()
    async with database.sessions() as session:
        for who in people:
            one = await queues.escalation(session, reference, who, escalation.id) is not None
            listed = [t.id for t in await queues.escalations(session, reference, who)] == [
                escalation.id
            ]
            assert one == listed == (len(await queues.waiting(session, reference, who)) == 1)
            found |= {who.username} if one else set()
    assert found == seers


async def test_whoever_answers_a_secret_escalation_may_read_it(database: Database) -> None:
    claimer = await database.account("loket")
    escalation = await database.escalation(unit="inspektorat", understood={"topik": "pungli"})
    async with database.sessions.begin() as session:
        fresh = await session.merge(escalation)
        await escalations.claim(session, database.reference, fresh, claimer, database.clock.now)
    async with database.sessions() as session:
        assert (
            await queues.escalation(session, database.reference, claimer, escalation.id)
            is not None
        )


async def test_an_escalation_about_a_draft_is_no_secret_of_its_unit(database: Database) -> None:
    rina = await database.account("rina", unit="disdukcapil")
    ida = await database.account("ida", unit="inspektorat", sees_secret=True)
    loket = await database.account("loket")
    draft = await database.draft("pungli", BRIBE, chat="tg:7")
    hidden = await database.escalation(chat="tg:7", case=draft)
    plain = await database.escalation(chat=CHAT, case=await database.draft("lampu_jalan", LAMP))
    async with database.sessions() as session:
        reference = database.reference
        assert [t.id for t in await queues.escalations(session, reference, ida)] == [hidden.id]
        assert [t.id for t in await queues.escalations(session, reference, rina)] == []
        assert [t.id for t in await queues.escalations(session, reference, loket)] == [plain.id]

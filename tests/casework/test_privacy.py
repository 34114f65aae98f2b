"""What is stored of a citizen can be counted, and deleted when nothing needs it."""

from __future__ import annotations

from sqlalchemy import select

from actions.casework import attachments, audit_log, cases, erasure, privacy, surveys
from actions.casework.audit_log import Look
from actions.casework.cases import CITIZEN
from actions.casework.escalations import State
from actions.casework.messages import Sender, last_lines, note
from actions.casework.staff import Role
from actions.domain.messages import StoredFile
from actions.domain.status import Status
from actions.storage.tables import Case, Escalation, Survey
from tests.support.database import CHAT, KTP, OTHER_CHAT, Database
from tests.support.running_bot import reference_of_tests

PHOTO = StoredFile("a" * 64 + ".jpg", "image/jpeg", 3)


async def with_photo_and_line(database: Database, chat: str = CHAT) -> Case:
    filed = await database.file(chat=chat)
    async with database.sessions.begin() as session:
        case = await session.get(Case, filed.id)
        assert case is not None
        cases.attach(session, case, "kk", PHOTO, database.clock())
        note(session, chat, Sender.CITIZEN, "halo", database.clock())
    return filed


async def test_everything_held_of_a_chat_is_counted(database: Database) -> None:
    filed = await with_photo_and_line(database)
    await with_photo_and_line(database, OTHER_CHAT)
    rina = await database.account()
    async with database.sessions.begin() as session:
        case = await session.get(Case, filed.id)
        assert case is not None
        audit_log.saw_case(session, rina, case, Look.CASE, database.clock())
    async with database.sessions() as session:
        held = await privacy.holdings(session, [CHAT])
        assert (held.cases, held.files, held.lines, held.looked_at) == (1, 1, 1, 1)
        assert [seen.name for seen in await audit_log.of_case(session, filed.id)] == ["Rina"]


async def test_what_is_over_is_erased_and_what_runs_is_kept(database: Database) -> None:
    over, running = await with_photo_and_line(database), await with_photo_and_line(database)
    await database.move(over, Status.CANCELLED, by=CITIZEN)
    async with database.sessions.begin() as session:
        await erasure.erase_chat(session, CHAT, database.clock())
    assert (await database.fresh(over)).answers == {}
    assert (await database.fresh(running)).answers == KTP
    async with database.sessions() as session:
        held = await privacy.holdings(session, [CHAT])
        assert (held.files, held.lines) == (1, 0)
        assert await last_lines(session, CHAT, 5) == []
    assert len(await database.history(over)) == 2, "the history stays, without words"


async def test_a_comment_and_the_lines_kept_for_an_officer_are_erased_too(
    database: Database,
) -> None:
    over = await with_photo_and_line(database)
    await database.move(over, Status.READY)
    await database.move(over, Status.HANDED_OVER)
    talk = await database.escalation(case=over)
    async with database.sessions.begin() as session:
        survey = await surveys.of_request(session, over.id)
        assert survey is not None
        survey.comment = "nama saya Siti"
        escalation = await session.get_one(Escalation, talk.id)
        assert escalation.turns
        escalation.status = State.CLOSED
        await erasure.erase_chat(session, CHAT, database.clock())
    async with database.sessions() as session:
        assert await session.scalar(select(Survey.comment)) is None
        escalation = await session.get_one(Escalation, talk.id)
        assert (escalation.turns, escalation.understood) == ([], {})


async def test_a_file_that_waits_for_its_form_is_counted_and_erased(database: Database) -> None:
    await database.chat(CHAT)
    async with database.sessions.begin() as session:
        await attachments.keep_early(session, CHAT, None, PHOTO, database.clock())
        await attachments.keep_early(session, OTHER_CHAT, None, PHOTO, database.clock())
        assert (await privacy.holdings(session, [CHAT])).files == 1
        await erasure.erase_chat(session, CHAT, database.clock())
        assert (await privacy.holdings(session, [CHAT])).files == 0
        assert (await privacy.holdings(session, [OTHER_CHAT])).files == 1


async def test_what_is_counted_is_what_is_listed(database: Database) -> None:
    over = await with_photo_and_line(database)
    await database.move(over, Status.CANCELLED, by=CITIZEN)
    given_up = await database.draft()
    await database.move(given_up, Status.CANCELLED, by=CITIZEN)
    async with database.sessions.begin() as session:
        await erasure.erase_chat(session, CHAT, database.clock())
        held = await privacy.holdings(session, [CHAT])
        assert held.cases == len(await cases.of_chat(session, CHAT)) == 0


async def test_nobody_elses_data_is_touched(database: Database) -> None:
    mine, other = (
        await with_photo_and_line(database),
        await with_photo_and_line(database, OTHER_CHAT),
    )
    for filed in (mine, other):
        await database.move(filed, Status.CANCELLED, by=CITIZEN)
    async with database.sessions.begin() as session:
        await erasure.erase_chat(session, CHAT, database.clock())
    assert (await database.fresh(other)).answers == KTP
    async with database.sessions() as session:
        assert (await privacy.holdings(session, [OTHER_CHAT])).lines == 1
        assert await attachments.in_use(session) == {PHOTO.name}


async def test_who_opened_what_is_told_by_role_and_unit_newest_first(database: Database) -> None:
    mine, other = await database.file(), await database.file(chat=OTHER_CHAT)
    rina = await database.account("rina", unit="disdukcapil")
    async with database.sessions.begin() as session:
        audit_log.saw_case(session, rina, mine, Look.CASE, database.clock())
        audit_log.saw_case(session, rina, mine, Look.NUMBERS, database.clock())
        audit_log.saw_case(session, rina, other, Look.CASE, database.clock())
    async with database.sessions() as session:
        seen = await audit_log.of_chat(session, CHAT, 10)
    assert [(one.role, one.unit, one.look, one.code) for one in seen] == [
        ("petugas", "disdukcapil", Look.NUMBERS, mine.code),
        ("petugas", "disdukcapil", Look.CASE, mine.code),
    ]


def test_every_role_and_look_has_words_for_citizens() -> None:
    texts = reference_of_tests().texts
    assert all(texts.plain(f"pribadi.dilihat_oleh.{role}") for role in Role)
    assert all(texts.plain(f"pribadi.dilihat_apa.{look}") for look in Look)

"""What is stored of a citizen can be counted, and deleted when nothing needs it."""

from __future__ import annotations

from actions.casework import audit_log, cases, privacy
from actions.casework.audit_log import Look
from actions.casework.cases import CITIZEN
from actions.casework.messages import Sender, last_lines, note
from actions.domain.messages import StoredFile
from actions.domain.status import Status
from actions.storage.tables import Case
from tests.casework.database import CITIZEN_CHAT, OTHER_CHAT, Office

PHOTO = StoredFile("a" * 64 + ".jpg", "image/jpeg", 3)


async def with_photo_and_line(office: Office, chat: str = CITIZEN_CHAT) -> int:
    number = await office.file(chat=chat)
    async with office.sessions.begin() as session:
        case = await session.get(Case, number)
        assert case is not None
        cases.attach(session, case, "kk", PHOTO, office.clock())
        note(session, chat, Sender.CITIZEN, "halo", office.clock())
    return number


async def test_everything_held_of_a_chat_is_counted(office: Office) -> None:
    number = await with_photo_and_line(office)
    await with_photo_and_line(office, OTHER_CHAT)
    rina = await office.officer()
    async with office.sessions.begin() as session:
        case = await session.get(Case, number)
        assert case is not None
        audit_log.saw_case(session, rina, case, Look.CASE, office.clock())
    async with office.sessions() as session:
        held = await privacy.holdings(session, CITIZEN_CHAT)
        assert (held.cases, held.files, held.lines, held.looked_at) == (1, 1, 1, 1)
        assert [seen.name for seen in await audit_log.of_request(session, number)] == ["Rina"]


async def test_what_is_over_is_erased_and_what_runs_is_kept(office: Office) -> None:
    over, running = await with_photo_and_line(office), await with_photo_and_line(office)
    await office.move(over, Status.CANCELLED, by=CITIZEN)
    async with office.sessions.begin() as session:
        await privacy.erase(session, CITIZEN_CHAT)
    assert (await office.case(over)).answers == {}
    assert (await office.case(running)).answers == {"nama": "Siti"}
    async with office.sessions() as session:
        held = await privacy.holdings(session, CITIZEN_CHAT)
        assert (held.files, held.lines) == (1, 0)
        assert await last_lines(session, CITIZEN_CHAT, 5) == []
    assert len(await office.history(over)) == 2, "the history stays, without words"


async def test_nobody_elses_data_is_touched(office: Office) -> None:
    mine, other = await with_photo_and_line(office), await with_photo_and_line(office, OTHER_CHAT)
    for number in (mine, other):
        await office.move(number, Status.CANCELLED, by=CITIZEN)
    async with office.sessions.begin() as session:
        await privacy.erase(session, CITIZEN_CHAT)
    assert (await office.case(other)).answers == {"nama": "Siti"}
    async with office.sessions() as session:
        assert (await privacy.holdings(session, OTHER_CHAT)).lines == 1
        assert await privacy.files_in_use(session) == {PHOTO.name}

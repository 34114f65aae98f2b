"""Nothing personal stands outside sealed columns, and nothing of who asked for it is left."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Text, select, type_coerce
from sqlalchemy.engine import make_url

from actions.casework import erasure, inbox, quarantine, surveys
from actions.casework.attachments import remove_let_go
from actions.casework.cases import CITIZEN
from actions.casework.chats import NOBODY
from actions.casework.erasure import GRACE
from actions.casework.escalations import State
from actions.casework.inbox import Received
from actions.casework.messages import queue, queue_file
from actions.casework.outbox import mark_sent
from actions.casework.privacy_requests import ask_correction
from actions.domain.messages import Reply
from actions.domain.status import Status
from actions.domain.work import TransferKind
from actions.storage.sqlite import empty_journal
from actions.storage.tables import (
    Base,
    Case,
    CaseNote,
    Chat,
    Escalation,
    Inbox,
    Outbox,
    SearchTerm,
    Survey,
    Transfer,
)
from actions.storage.types import Sealed
from actions.storage.vault import Vault, WrongKeyError
from tests.storage.pictures import jpeg
from tests.support.database import CHAT, OTHER_CHAT, Database
from tests.support.databases import SECRET

MARKS = ("Kusnadimark", "3299014506880001", "Jalan Rahasiamark", "081234567890")
NAME, NIK, STREET, PHONE = MARKS
VAULT = Vault(SECRET)
NEXT = 40
TOKEN = re.compile(rb"[0-9a-f]{12}:gAAAA[\w=-]+")


async def visit(database: Database, chat: str = CHAT) -> Case:
    """All that a citizen can leave behind, up to a finished case."""
    photo = await database.picture(jpeg((9, 9)))
    await database.say(f"nama saya {NAME}, {PHONE}", chat=chat)
    case = await database.file("ktp_hilang", {"nama": NAME, "nik": NIK}, chat=chat, file=photo)
    await database.move(case, Status.INCOMPLETE, f"NIK {NIK} atas nama {NAME} tidak cocok")
    await database.move(case, Status.SUBMITTED, by=CITIZEN)
    talk = await database.escalation(chat=chat, case=case, understood={"kata": STREET})
    await database.move(case, Status.READY)
    await database.move(case, Status.HANDED_OVER, f"diambil {NAME}")
    officer = await database.account(f"petugas{case.id}")
    async with database.sessions.begin() as session:
        now = database.clock()
        survey = await surveys.of_request(session, case.id)
        assert survey is not None
        survey.comment, survey.overall = f"saya {NAME}", 4
        (await session.get_one(Escalation, talk.id)).status = State.CLOSED
        (await session.get_one(Chat, chat)).state = {"parked": f"rumah saya di {STREET}"}
        unstorable = Received(int(chat.partition(":")[2]), chat, {"message": STREET})
        await quarantine.set_aside(session, "tg", unstorable, "UnicodeEncodeError", now)
        queue(session, chat, [Reply("x", f"Baik, {NAME}")], now)
        note = CaseNote(case_id=case.id, staff_id=officer.id, text=f"telepon {PHONE}", at=now)
        passed = Transfer(
            case_id=case.id,
            kind=TransferKind.ASKING,
            from_unit=case.unit,
            to_unit=case.unit,
            sent_by=officer.id,
            note=f"rumahnya {STREET}?",
            answer=f"ya, {NAME}",
            at=now,
        )
        term = SearchTerm(case_id=case.id, kind="nik", term=NIK)
        session.add_all([note, passed, term])
        asked = await ask_correction(session, case, f"NIK saya {NIK}, bukan {STREET}", now)
        asked.outcome = f"sudah, {NAME}"
        extra = await database.picture(jpeg((7, 7)))
        queue_file(session, chat, extra, Reply("x", f"Contoh, {NAME}"), now, called="a.jpg")
    return case


async def everything_is_sent(database: Database) -> None:
    async with database.sessions.begin() as session:
        ids = (await session.scalars(select(Outbox.id))).all()
        await mark_sent(session, ids, database.clock())
    assert ids


async def raw_rows(database: Database) -> list[str]:
    """Every value of every row as the disk holds it."""
    found = []
    async with database.sessions() as session:
        for table in Base.metadata.sorted_tables:
            plain = [type_coerce(c, Text) if isinstance(c.type, Sealed) else c for c in table.c]
            rows = (await session.execute(select(*plain))).all()
            found += [json.dumps(list(row), default=str) for row in rows]
    return found


async def opened_rows(database: Database) -> list[str]:
    """The same, opened with the key."""
    found = []
    async with database.sessions() as session:
        for table in Base.metadata.sorted_tables:
            rows = (await session.execute(select(table))).all()
            found += [json.dumps(list(row), default=str, ensure_ascii=False) for row in rows]
    return found


def marks_in(texts: list[str]) -> set[str]:
    return {mark for mark in MARKS for text in texts if mark in text}


def carved(path: Path) -> list[str]:
    """What whoever has the key finds in the raw file and its journal, in rows or not."""
    files = [path, path.with_name(f"{path.name}-wal")]
    raw = b"".join(file.read_bytes() for file in files if file.exists())
    found = [raw.decode("latin-1")]
    for token in TOKEN.findall(raw):
        found += filter(None, (_opened(token.decode()[: len(token) - n]) for n in range(NEXT)))
    return found


def _opened(token: str) -> str:
    try:
        return json.dumps(VAULT.open(token), ensure_ascii=False)
    except WrongKeyError:
        return ""  # cut in two by the end of a page, or with the next column behind it


async def test_nothing_personal_stands_outside_sealed_columns(database: Database) -> None:
    await visit(database)
    assert marks_in(await opened_rows(database)) == set(MARKS), "the visit left it all somewhere"
    assert marks_in(await raw_rows(database)) == set()


async def test_nothing_of_who_asked_for_it_is_left(database: Database) -> None:
    case = await visit(database)
    await visit(database, OTHER_CHAT)
    await everything_is_sent(database)
    async with database.sessions.begin() as session:
        await inbox.store(session, "tg", [Received(1, CHAT, {"text": STREET})], database.clock())
        row = (await session.scalars(select(Inbox))).one()
        inbox.mark_handled(row, database.clock())
    async with database.sessions.begin() as session:
        await erasure.erase_chat(session, CHAT, database.clock())
        (await session.get_one(Chat, CHAT)).state = {}

    left = await opened_rows(database)
    assert [row for row in left if CHAT in row and not row.startswith(f'["{CHAT}"')] == []
    kept = await database.fresh(case)
    assert (kept.chat, kept.code, kept.status) == (NOBODY, case.code, Status.HANDED_OVER)
    assert {event.reason for event in await database.history(case)} == {None}
    async with database.sessions() as session:
        survey = await session.scalar(select(Survey).where(Survey.case_id == case.id))
        assert survey is not None
        assert (survey.chat, survey.overall, survey.comment) == (NOBODY, 4, None)
    other = [row for row in left if OTHER_CHAT in row]
    assert marks_in(other) == set(MARKS), "nobody else's is touched"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_nothing_can_be_carved_from_the_file(database: Database, database_url: str) -> None:
    path = Path(str(make_url(database_url).database))
    await visit(database)
    await everything_is_sent(database)
    assert marks_in(carved(path)) == set(MARKS)
    async with database.sessions.begin() as session:
        await erasure.erase_chat(session, CHAT, database.clock())
        (await session.get_one(Chat, CHAT)).state = {}
    await empty_journal(database.sessions.kw["bind"])
    assert marks_in(carved(path)) == set()


async def test_what_is_open_is_erased_a_week_after_it_is_over(database: Database) -> None:
    case = await database.file("ktp_hilang", {"nama": NAME})
    async with database.sessions.begin() as session:
        await erasure.erase_chat(session, CHAT, database.clock())
    database.clock.move(timedelta(minutes=1))
    begun_later = await database.file("ktp_hilang", {"nama": NAME})
    for each in (case, begun_later):
        await database.move(each, Status.CANCELLED, by=CITIZEN)
    await _an_hour_later(database)
    assert (await database.fresh(case)).answers == {"nama": NAME}, "it may still be reopened"
    database.clock.move(GRACE + timedelta(minutes=1))
    await _an_hour_later(database)
    assert ((await database.fresh(case)).answers, (await database.fresh(case)).chat) == (
        {},
        NOBODY,
    )
    assert (await database.fresh(begun_later)).answers == {"nama": NAME}, "nobody asked for that"
    async with database.sessions() as session:
        assert (await session.get_one(Chat, CHAT)).erase_before is None


async def _an_hour_later(database: Database) -> None:
    async with database.sessions.begin() as session:
        await erasure.erase_later(session, database.reference, database.clock())


async def test_nobody_is_written_to(database: Database) -> None:
    await visit(database)
    await everything_is_sent(database)
    async with database.sessions.begin() as session:
        await erasure.erase_chat(session, CHAT, database.clock())
    database.clock.move(timedelta(days=4))
    async with database.sessions.begin() as session:
        assert await surveys.remind(session, database.reference, database.clock()) == 0
        queue(session, NOBODY, [Reply("x", "halo")], database.clock())
    assert await database.told(NOBODY) == []


async def test_the_bytes_of_a_file_go_unless_somebody_else_sent_the_same(
    database: Database,
) -> None:
    photo = await database.picture(jpeg((9, 9)))
    mine, other = await database.file(file=photo), await database.file(file=photo, chat=OTHER_CHAT)
    now = database.clock()

    async def remove(names: Sequence[str]) -> frozenset[str]:
        return database.files.remove(names, now + timedelta(days=400))

    for case, chat, there in ((mine, CHAT, True), (other, OTHER_CHAT, False)):
        await database.move(case, Status.CANCELLED, by=CITIZEN)
        async with database.sessions.begin() as session:
            await erasure.erase_chat(session, chat, now)
        async with database.sessions.begin() as session:
            await remove_let_go(session, remove)
        assert database.files.path(photo.name).exists() is there


async def test_a_file_that_came_just_now_is_left_for_a_moment(database: Database) -> None:
    photo = await database.picture(jpeg((9, 9)))
    long_ago = database.clock() - timedelta(days=4000)
    assert database.files.remove([photo.name], long_ago) == frozenset()
    assert database.files.path(photo.name).exists()

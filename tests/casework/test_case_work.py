"""Notes, ready replies, requirements that are ticked, and the thread that shows it all."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.casework import cases, erasure, notes, requirements, splitting, templates, thread
from actions.casework.messages import Sender
from actions.casework.returned import form_of_case
from actions.casework.splitting import CannotSplitError
from actions.casework.thread import SHOWN, BadPlaceError, read_place
from actions.catalogue.texts import placeholders
from actions.dialogue.handlers.form.build import form_of
from actions.domain.messages import StoredFile
from actions.domain.status import Status
from actions.domain.work import Awaits, EventKind
from actions.forms.engine import next_field
from actions.storage.tables import (
    Attachment,
    Case,
    CaseCheck,
    CaseNote,
    Message,
    Outbox,
    Staff,
    Template,
)
from tests.support.database import CHAT, KTP, LAMP, Database


async def note(database: Database, case: Case, staff: Staff, text: str) -> None:
    async with database.sessions.begin() as session:
        mine = await session.get_one(Case, case.id)
        await notes.add(session, mine, staff, text, database.clock.now)


async def split(database: Database, case: Case, slug: str, by: Staff) -> Case:
    texts, item = database.reference.texts, database.reference.catalogue.item(slug)
    async with database.sessions.begin() as session:
        return await splitting.split(
            session,
            database.reference,
            await session.get_one(Case, case.id),
            form_of(slug, item, texts),
            by=by,
            now=database.clock.now,
            random=database.random,
        )


async def test_a_note_is_never_sent_and_changes_no_version(database: Database) -> None:
    rina = await database.account()
    case = await database.file()
    before = (await database.fresh(case)).version
    for _ in range(2):
        await note(database, case, rina, "Ibunya galak, hati-hati.")
    async with database.sessions() as session:
        assert len((await session.scalars(select(CaseNote))).all()) == 1, "sent twice"
        assert (await session.scalars(select(Outbox))).all() == []
        assert (await session.scalars(select(Message))).all() == []
    assert (await database.fresh(case)).version == before


async def test_the_thread_holds_everything_in_the_order_of_time(database: Database) -> None:
    rina = await database.account()
    case = await database.file()
    database.clock.move(timedelta(minutes=2))
    await note(database, case, rina, "sudah saya telepon")
    database.clock.move(timedelta(minutes=2))
    await database.move(case, Status.INCOMPLETE, "foto KK kabur", by=rina)
    database.clock.move(timedelta(minutes=2))
    await database.say("ini fotonya", sender=Sender.CITIZEN)
    async with database.sessions() as session:
        events = await database.history(case)
        found = (await thread.of_case(session, rina, case, events, database.clock.now)).entries
    kinds = [type(entry.item).__name__ for entry in found]
    assert kinds == ["CaseEvent", "CaseNote", "CaseEvent", "Message", "Message"]
    assert len({entry.key for entry in found}) == len(found)


async def test_earlier_lines_are_read_part_by_part_and_each_once(database: Database) -> None:
    rina = await database.account()
    case = await database.file()
    await database.move(case, Status.INCOMPLETE, "foto KK kabur", by=rina)
    for number in range(2 * SHOWN):
        if number % 3:
            database.clock.move(timedelta(seconds=1))
        await database.say(f"kata {number}", sender=Sender.CITIZEN)
    events, now = await database.history(case), database.clock.now
    keys: list[str] = []
    place = None
    async with database.sessions() as session:
        while True:
            found = await thread.of_case(session, rina, case, events, now, before=place)
            keys = [entry.key for entry in found.entries] + keys
            assert len(found.entries) <= SHOWN
            if found.first is None:
                break
            place = read_place(str(found.first))
    told = 1
    assert len(keys) == len(set(keys)) == 2 * SHOWN + told + len(events)
    assert keys[0] == f"case_events-{events[0].id}"


@pytest.mark.parametrize("text", ["x", "2026-11-27~1~2", "2026-11-27T01:00:00+00:00~a~2", "~~~"])
def test_a_place_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadPlaceError):
        read_place(text)


async def test_the_shipped_replies_are_put_in_once(database: Database) -> None:
    async def seed() -> int:
        async with database.sessions.begin() as session:
            return await templates.seed(session, database.reference, database.clock.now)

    counts = sorted(await asyncio.gather(seed(), seed()))
    assert counts[0] == 0 < counts[1]
    async with database.sessions() as session:
        rows = await templates.for_unit(session, "dishub")
    assert len(rows) == counts[1]
    known = {"nama", "kode", "hal", "tanggal"}
    assert set().union(*(placeholders(row.text) for row in rows)) == known
    assert {Status.INCOMPLETE, None} <= {row.status for row in rows}


async def test_a_unit_sees_its_own_replies_and_those_of_all(database: Database) -> None:
    async with database.sessions.begin() as session:
        for title, unit, active in (
            ("A", "dishub", True),
            ("B", "pupr", True),
            ("C", None, True),
            ("D", None, False),
        ):
            row = Template(title=title, text="x", unit=unit, active=active)
            row.updated_at = database.clock.now
            session.add(row)
    async with database.sessions() as session:
        titles = [row.title for row in await templates.for_unit(session, "dishub")]
    assert titles == ["A", "C"]


def test_a_reply_is_filled_with_what_is_known() -> None:
    said = templates.fill("{nama}, {kode}: {apa}?", {"nama": "Siti {kode}", "kode": "SKM-1"})
    assert said == "Siti {kode}, SKM-1: {apa}?"


async def test_ticks_of_two_officers_at_once_are_both_kept(database: Database) -> None:
    rina, sari = await database.account("rina"), await database.account("sari")
    case = await database.file()
    asked = [requirements.key_of(one) for one in requirements.of_case(database.reference, case)]
    assert asked == ["Fotokopi KK", "Surat kehilangan dari kepolisian"]

    async def tick(by: Staff, wanted: list[str], seen: list[str]) -> None:
        async with database.sessions.begin() as session:
            mine, now = await session.get_one(Case, case.id), database.clock.now
            await requirements.tick(session, mine, seen=seen, wanted=wanted, by=by, now=now)

    await asyncio.gather(tick(rina, asked[:1], []), tick(sari, asked, []))
    async with database.sessions() as session:
        assert await requirements.ticked(session, case) == set(asked)
        assert len((await session.scalars(select(CaseCheck))).all()) == 2
    await tick(rina, asked[1:], asked)
    async with database.sessions() as session:
        assert await requirements.ticked(session, case) == {asked[1]}
    assert {event.kind for event in (await database.history(case))[1:]} == {EventKind.CHECKED}


async def test_a_part_becomes_a_case_with_what_was_said_and_sent(database: Database) -> None:
    rina = await database.account()
    photo = StoredFile("a" * 64 + ".jpg", "image/jpeg", 10)
    case = await database.file("lampu_jalan", {**LAMP, "cerita": "lampu mati dan got mampet"})
    async with database.sessions.begin() as session:
        mine = await session.get_one(Case, case.id)
        cases.attach(session, mine, "foto", photo, database.clock.now)
    database.clock.move(timedelta(days=1))
    part = await split(database, case, "banjir_drainase", rina)

    assert (part.status, part.awaits, part.owner_id) == (
        Status.RECEIVED,
        Awaits.OFFICER,
        None,
    )
    assert part.unit == database.reference.catalogue.item("banjir_drainase").unit
    assert (part.parent_id, part.chat, part.village) == (case.id, CHAT, "Mekarsari")
    assert part.code != case.code
    assert part.answers["cerita"] == "lampu mati dan got mampet"
    assert part.answers["lokasi"] == LAMP["lokasi"]
    assert part.answers["jumlah"] == 2, "what only the first form asked is kept too"
    assert next_field(form_of_case(part), part.answers) is None
    assert part.due_on is not None
    async with database.sessions() as session:
        files = (await session.scalars(select(Attachment.case_id).order_by(Attachment.id))).all()
    assert list(files) == [case.id, part.id]
    assert (await database.told())[-1] == "umum.dipecah"
    assert [event.kind for event in await database.history(part)] == [
        EventKind.MOVED,
        EventKind.SPLIT,
    ]


async def test_a_secret_part_is_no_child_of_an_open_case(database: Database) -> None:
    rina = await database.account()
    case = await database.file("lampu_jalan", LAMP)
    part = await split(database, case, "pungli", rina)
    assert (part.secret, part.parent_id) == (True, None)


async def test_what_is_over_or_the_same_is_not_split(database: Database) -> None:
    rina = await database.account()
    case = await database.file("lampu_jalan", LAMP)
    with pytest.raises(CannotSplitError):
        await split(database, case, "lampu_jalan", rina)
    await database.move(case, Status.REJECTED, "salah alamat", by=rina)
    with pytest.raises(CannotSplitError):
        await split(database, case, "banjir_drainase", rina)


async def test_erasure_takes_notes_and_words_along(database: Database) -> None:
    rina = await database.account()
    case = await database.file(answers=KTP)
    await note(database, case, rina, "rumahnya dekat masjid")
    await database.move(case, Status.REJECTED, "di luar kabupaten", by=rina)
    async with database.sessions.begin() as session:
        await erasure.erase_chat(session, CHAT, database.clock.now)
    async with database.sessions() as session:
        assert (await session.scalars(select(CaseNote))).all() == []
    assert {event.reason for event in await database.history(case)} == {None}

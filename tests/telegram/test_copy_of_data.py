"""Whoever asks for a copy of their data gets all of it, alone, and nothing of it is left over."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from actions.casework import attachments, erasure
from actions.casework.audit_log import Look, saw_case
from actions.casework.privacy_requests import RequestKind
from actions.casework.staff import Role
from actions.domain.status import Status
from actions.storage.tables import Message, Outbox, PrivacyRequest
from tests.support.database import BRIBE, LAMP, Database
from tests.support.running_bot import RunningBot, reference_of_tests
from tests.support.telegram.faults import FORBIDDEN, SERVER_ERROR
from tests.support.telegram.people import Person
from tests.telegram.test_delivery import later

TEXTS = reference_of_tests().texts
MINE, OTHERS = "tg:500", "tg:501"


async def asks(citizen: Person, *labels: str) -> str:
    """Write "data saya" and press one button after the other; the words of the last answer."""
    await citizen.writes("data saya")
    for label in labels:
        await citizen.taps(label)
    return citizen.says


async def requests(bot: RunningBot) -> list[PrivacyRequest]:
    async with bot.sessions() as session:
        found = await session.scalars(select(PrivacyRequest).order_by(PrivacyRequest.id))
        return list(found.all())


def page_of(citizen: Person) -> str:
    name, content = citizen.chat.messages[-1].file or ("", b"")
    assert name == "data-saya.html"
    return content.decode()


async def with_copy(bot: RunningBot, stored: Database) -> tuple[Person, str]:
    """A citizen with two cases and much besides, and the copy."""
    citizen = bot.citizen()
    await citizen.writes("halo <b>pak</b> & bu")
    case = await stored.file(chat=MINE)
    await stored.move(case, Status.IN_REVIEW, "sedang dicek ya")
    await stored.file("pungli", BRIBE, chat=MINE)
    await stored.file("lampu_jalan", LAMP | {"lokasi": {"teks": "milik orang"}}, chat=OTHERS)
    rina = await stored.account("rina", Role.OFFICER, case.unit)
    async with bot.sessions.begin() as session:
        saw_case(session, rina, case, Look.NUMBERS, bot.clock())
    await asks(citizen, "Minta salinan", "Kirim salinan")
    return citizen, page_of(citizen)


async def test_the_copy_holds_all_of_this_chat_and_nothing_of_another(
    bot: RunningBot, stored: Database
) -> None:
    _, page = await with_copy(bot, stored)

    for own in (
        "3578014507900001",
        "Siti Aminah",
        "sedang diperiksa petugas",
        "sedang dicek ya",
        "loket KTP",
        "supaya cepat",
        "melihat NIK dan KK",
        "halo &lt;b&gt;pak&lt;/b&gt; &amp; bu",
        MINE,
    ):
        assert own in page
    assert "milik orang" not in page
    assert OTHERS not in page
    assert "rina" not in page.lower(), "officers are named by their role"


async def test_the_copy_opens_anywhere_and_loads_nothing(
    bot: RunningBot, stored: Database
) -> None:
    _, page = await with_copy(bot, stored)

    assert page.startswith("<!doctype html>")
    assert page.count("<h2>") == page.count("</h2>") > 4
    assert not any(part in page for part in ("<script", "http", "<img", "<link", "url("))


def pages(bot: RunningBot) -> list[Path]:
    """The copies that lie on the disk."""
    folder = bot.balai.deps.files.path("a" * 64 + ".html").parents[1]
    return list(folder.rglob("*.html"))


async def clear_up(bot: RunningBot) -> None:
    """A few minutes later, by the test's clock, on the disk too."""
    stored = bot.clock().timestamp()
    for path in pages(bot):
        os.utime(path, (stored, stored))
    bot.clock.move(timedelta(minutes=10))
    await bot.balai.jobs.run_due()


async def test_the_copy_is_sealed_while_it_waits_and_gone_after_it_was_sent(
    bot: RunningBot, stored: Database
) -> None:
    bot.api.faults.plan("sendDocument", SERVER_ERROR)
    citizen = bot.citizen()
    await citizen.writes("/start")
    await stored.file(chat=MINE)
    await asks(citizen, "Minta salinan", "Kirim salinan")
    async with bot.sessions() as session:
        (row,) = (await session.scalars(select(Outbox).where(Outbox.file.is_not(None)))).all()
        assert "Siti" not in str(row.payload)
    path = bot.balai.deps.files.path(row.file or "")
    assert b"Siti" not in path.read_bytes()

    await later(bot, 2)
    assert "Siti Aminah" in page_of(citizen)
    await clear_up(bot)
    assert not path.exists()
    async with bot.sessions() as session:
        files = await session.scalars(select(Message.file).where(Message.file.is_not(None)))
        assert files.all() == []


async def test_a_copy_that_cannot_be_sent_is_gone_too(bot: RunningBot, stored: Database) -> None:
    bot.api.faults.plan("sendDocument", FORBIDDEN)
    citizen = bot.citizen()
    await citizen.writes("/start")
    await stored.file(chat=MINE)
    await asks(citizen, "Minta salinan", "Kirim salinan")
    assert len(pages(bot)) == 1
    await clear_up(bot)

    assert pages(bot) == []


async def test_a_copy_is_made_once_an_hour(bot: RunningBot, stored: Database) -> None:
    citizen, _ = await with_copy(bot, stored)
    assert TEXTS.plain("hak.salinan.baru_saja") in await asks(citizen, "Minta salinan")

    bot.clock.move(timedelta(hours=1))
    await asks(citizen, "Minta salinan", "Kirim salinan")
    assert page_of(citizen)
    assert [one.kind for one in await requests(bot)] == [RequestKind.COPY] * 2


async def test_whoever_changes_their_mind_gets_no_copy(bot: RunningBot, stored: Database) -> None:
    citizen = bot.citizen()
    await citizen.writes("/start")
    await stored.file(chat=MINE)
    await asks(citizen, "Minta salinan", "Nanti saja")

    assert all(message.file is None for message in citizen.chat.messages)
    assert await requests(bot) == []


async def test_erasure_stops_a_copy_that_waits(bot: RunningBot, stored: Database) -> None:
    bot.api.faults.choose = lambda method, _: SERVER_ERROR if method == "sendDocument" else None
    citizen = bot.citizen()
    await citizen.writes("/start")
    await stored.file(chat=MINE)
    await asks(citizen, "Minta salinan", "Kirim salinan")
    async with bot.sessions.begin() as session:
        await erasure.erase_chat(session, MINE, bot.clock())
    bot.api.faults.choose = None
    await later(bot, 60)

    assert all(message.file is None for message in citizen.chat.messages)
    async with bot.sessions() as session:
        assert await attachments.in_use(session) == frozenset()
    assert [(one.chat, one.text) for one in await requests(bot)] == [("nobody", None)]

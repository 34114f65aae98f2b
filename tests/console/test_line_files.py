"""The file that came with a line of a chat is seen by whoever may read the line."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from actions.casework import messages
from actions.casework.messages import Sender
from actions.casework.staff import Role
from actions.domain.messages import FileKind, Reply, StoredFile
from actions.storage.tables import AccessLog, Message
from tests.console.conftest import LogIn
from tests.storage.pictures import jpeg
from tests.storage.voice_notes import voice_note
from tests.support.clock import Clock
from tests.support.database import CHAT, Database


async def line_of(database: Database, file: StoredFile, chat: str = CHAT) -> int:
    """A citizen's line with a file, now."""
    await database.say("Foto", chat=chat, sender=Sender.CITIZEN)
    async with database.sessions.begin() as session:
        await messages.add_file(session, chat, file)
        newest = select(Message.id).order_by(Message.id.desc()).limit(1)
        return (await session.scalars(newest)).one()


async def test_a_picture_of_a_talk_is_opened_and_that_is_noted(
    database: Database, log_in: LogIn
) -> None:
    talk, file = await database.escalation(), await database.picture(jpeg())
    number = await line_of(database, file)
    rina = await log_in("rina")
    await rina.open(f"/percakapan/{talk.id}")
    assert rina.links["Buka berkas"] == f"/kiriman/{number}"
    answer = await rina.client.get(f"/kiriman/{number}")

    assert (answer.status, answer.content_type) == (200, "image/jpeg")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert await answer.read() == b"".join(database.files.content(file.name))
    async with database.sessions() as session:
        looks = (await session.scalars(select(AccessLog.action))).all()
        assert looks == ["percakapan", "percakapan"]


async def test_what_was_sent_about_a_case_is_its_units_alone(
    database: Database, log_in: LogIn, clock: Clock
) -> None:
    case, file = await database.file(), await database.picture(jpeg())
    account = await database.account("rina", Role.OFFICER, case.unit)
    async with database.sessions.begin() as session:
        reply = Reply("x", "Ini contohnya.")
        messages.queue_file(
            session, CHAT, file, reply, clock(), called="contoh.jpg", staff_id=account.id
        )
        await session.flush()
        number = (await session.scalars(select(Message.id))).one()
    rina, budi = await log_in("rina"), await log_in("budi", Role.OFFICER, "dishub")
    assert (await rina.client.get(f"/kiriman/{number}")).status == 200
    assert (await budi.client.get(f"/kiriman/{number}")).status == 404
    assert (await rina.client.get("/kiriman/999")).status == 404


async def test_a_file_of_another_time_is_nobodys_business(
    database: Database, log_in: LogIn, clock: Clock
) -> None:
    file = await database.picture(jpeg())
    number = await line_of(database, file)
    clock.move(timedelta(days=2))
    case = await database.file()
    rina = await log_in("rina", Role.OFFICER, case.unit)
    assert (await rina.client.get(f"/kiriman/{number}")).status == 404


async def test_a_line_without_a_file_and_a_lost_file_are_not_found(
    database: Database, log_in: LogIn
) -> None:
    await database.escalation()
    file = await database.picture(jpeg())
    number = await line_of(database, file)
    database.files.path(file.name).unlink()
    await database.say("halo")
    rina = await log_in("rina")
    assert (await rina.client.get(f"/kiriman/{number}")).status == 404
    assert (await rina.client.get(f"/kiriman/{number + 1}")).status == 404


async def test_a_voice_is_played_from_where_the_player_wants(
    database: Database, log_in: LogIn
) -> None:
    talk = await database.escalation()
    file = await database.files.store(voice_note(2), FileKind.VOICE)
    assert isinstance(file, StoredFile)
    number = await line_of(database, file)
    whole = b"".join(database.files.content(file.name))
    rina = await log_in("rina")

    page = await rina.client.get(f"/percakapan/{talk.id}")
    assert f'<audio class="voice" controls preload="none" src="/kiriman/{number}"' in (
        await page.text()
    )
    size = len(whole)
    for asked, start, end in (
        (None, 0, size),
        ("bytes=0-", 0, size),
        ("bytes=10-19", 10, 20),
        ("bytes=-20", size - 20, size),
        ("bytes=5-99999", 5, size),
        ("letters=a-z", 0, size),
    ):
        headers = {"Range": asked} if asked else {}
        answer = await rina.client.get(f"/kiriman/{number}", headers=headers)
        assert await answer.read() == whole[start:end]
        assert (answer.content_type, answer.headers["Accept-Ranges"]) == ("audio/ogg", "bytes")
        if asked and asked.startswith("bytes"):
            wanted = f"bytes {start}-{end - 1}/{size}"
            assert (answer.status, answer.headers["Content-Range"]) == (206, wanted)
        else:
            assert answer.status == 200
    beyond = await rina.client.get(f"/kiriman/{number}", headers={"Range": "bytes=999999-"})
    assert beyond.status == 416

"""The thread says of each message whether it was sent."""

from __future__ import annotations

import re
from datetime import timedelta

from actions.casework import outbox
from tests.console.conftest import LogIn
from tests.support.clock import Clock
from tests.support.database import Database


async def test_each_line_says_whether_it_was_sent(
    database: Database, log_in: LogIn, clock: Clock
) -> None:
    escalation = await database.escalation()
    rina = await log_in("rina")
    await rina.open(f"/percakapan/{escalation.id}")
    await rina.press("Kirim pesan", isi="Sebentar ya, Pak.")
    assert "belum terkirim, masih antre" in rina.words

    clock.move(timedelta(seconds=5))
    async with database.sessions.begin() as session:
        waiting = await outbox.claim(
            session, "tg:", now=clock(), until=clock() + timedelta(seconds=9), limit=9
        )
        await outbox.mark_sent(session, [one.id for one in waiting], clock())
        await outbox.block(session, escalation.chat, clock())
    await rina.open(f"/percakapan/{escalation.id}")
    assert "tidak terkirim, warga memblokir bot atau menutup obrolannya" in rina.words
    assert re.search(r"(?<!tidak )terkirim \d+ \w+ \d\d\.\d\d", rina.words)

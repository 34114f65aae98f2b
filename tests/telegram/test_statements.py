"""What a turn asks of the database: few statements, in one transaction, whatever it needs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from tests.bench.people import VISIT
from tests.support.clock import Clock
from tests.support.nlu import ScriptedNlu
from tests.support.running_bot import RunningBot
from tests.support.telegram.api import BotApi

AT_MOST = 8
MORE = {VISIT[0]: 9, ("Kirim",): 18}
"""Opening a form looks for pictures that came before it; handing a case in has more to do."""
MEANT = {
    "mau bikin surat domisili": "ajukan_layanan domisili",
    "ini berapa lama ya jadinya?": "tanya_lama",
    "ktp saya kok belum jadi juga ya pak": "cek_status",
    "makasih banyak ya": "terima_kasih",
}


@dataclass
class Transactions:
    """What was asked in each transaction, and whether it was committed."""

    ended: list[tuple[list[str], bool]] = field(default_factory=list)
    _open: dict[Connection, list[str]] = field(default_factory=dict)

    def begun(self, connection: Connection) -> None:
        """One more."""
        self._open[connection] = []

    def asked(self, connection: Connection, _: Any, statement: str, *_more: Any) -> None:
        """A statement of an open one."""
        self._open.setdefault(connection, []).append(statement)

    def committed(self, connection: Connection) -> None:
        """It ended well."""
        self.ended.append((self._open.pop(connection, []), True))

    def rolled_back(self, connection: Connection) -> None:
        """It did not."""
        self.ended.append((self._open.pop(connection, []), False))

    def with_a(self, words: str) -> list[tuple[list[str], bool]]:
        """Those in which a statement says this."""
        return [one for one in self.ended if any(words in asked for asked in one[0])]


@contextmanager
def watching(engine: Engine) -> Iterator[Transactions]:
    """Note every transaction of a database."""
    seen = Transactions()
    listeners = {
        "begin": seen.begun,
        "before_cursor_execute": seen.asked,
        "commit": seen.committed,
        "rollback": seen.rolled_back,
    }
    for name, listener in listeners.items():
        event.listen(engine, name, listener)
    try:
        yield seen
    finally:
        for name, listener in listeners.items():
            event.remove(engine, name, listener)


@pytest.fixture
async def bot(api: BotApi, database_url: str, tmp_path: Path, clock: Clock) -> Any:
    """A bot whose chats are understood as the script says."""
    running = RunningBot(api, database_url, tmp_path, nlu=ScriptedNlu(MEANT), clock=clock)
    await running.start()
    yield running
    await running.stop()


async def test_a_turn_is_one_transaction_of_few_statements(bot: RunningBot) -> None:
    person = bot.citizen()
    await person.writes("/start")
    await bot.settle()
    engine = bot.sessions.kw["bind"].sync_engine
    for step in VISIT:
        with watching(engine) as seen:
            await (person.taps(step[0]) if isinstance(step, tuple) else person.writes(step))
            await bot.settle()
        assert len(seen.with_a("INSERT INTO inbox")) == 1, step
        ((asked, committed),) = [one for one in seen.with_a("chats.state") if len(one[0]) > 1]
        assert committed
        assert len(asked) <= MORE.get(step, AT_MOST), (step, asked)

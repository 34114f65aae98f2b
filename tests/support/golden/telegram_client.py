"""The way in that citizens use: Telegram's app at the strict fake Bot API."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from actions.catalogue.reference import ReferenceData
from actions.domain.messages import Reply
from actions.storage.engine import Sessions
from tests.storage.pictures import jpeg, pdf
from tests.support.clock import Clock
from tests.support.golden import ledger
from tests.support.golden.client import CITIZEN, OTHER, Heard, Sent
from tests.support.golden.nlu import LiveNlu, ScriptedNlu
from tests.support.plans import statements, walks
from tests.support.running_bot import GROUP, RunningBot, reference_of_tests
from tests.support.telegram.people import Person
from tests.support.telegram.world import Sent as Message

USERS = {CITIZEN: 500, OTHER: 501}
TAG = re.compile(r"</?(?:b|i|code)>")


class TelegramClient:
    """See ChannelClient. Everything goes through python-telegram-bot, the inbox and the outbox."""

    def __init__(self, bot: RunningBot, nlu: ScriptedNlu | LiveNlu, clock: Clock) -> None:
        ledger.clear()
        self._bot = bot
        self.nlu, self.clock = nlu, clock
        self._people = {who: Person(bot.api, user) for who, user in USERS.items()}
        for person in self._people.values():
            person.chat.open = True
        self._asked = statements(*bot.engines)
        self._seen: defaultdict[str, int] = defaultdict(int)
        self._turns: defaultdict[str, list[list[Message]]] = defaultdict(list)

    @property
    def reference(self) -> ReferenceData:
        """The shipped data."""
        return reference_of_tests()

    @property
    def sessions(self) -> Sessions:
        """The database of the running process."""
        return self._bot.sessions

    def chat(self, who: str) -> str:
        """See ChannelClient."""
        return f"tg:{USERS.get(who, GROUP)}"

    async def send(self, *sent: Sent) -> None:
        """See ChannelClient."""
        for act in sent:
            await self._act(self._people[act.who], act)
        await self._bot.settle()

    async def _act(self, person: Person, act: Sent) -> None:
        match act.kind:
            case "teks":
                await person.writes(act.what)
            case "tombol" | "tombol_lama":
                await person.presses(self._with_button(act), act.what)
            case "foto":
                await person.sends_photo(_photo(), act.what)
            case "dokumen":
                await person.sends_document(_document(), "berkas.pdf", "application/pdf", act.what)
            case "lokasi":
                await person.sends_location(*act.what)
            case "ubah":
                await person.edits(act.what)
            case "teruskan":
                await person.forwards(act.what)
            case "kontak":
                phone, own = act.what
                await person.shares_contact(phone, own=own)
            case _:
                await person.sends_sticker()

    def _with_button(self, act: Sent) -> Message:
        """The message whose button is meant: of the last turn, or one further up."""
        turns = self._turns[act.who]
        shown = turns[-1:] if act.kind == "tombol" else turns[:-1]
        messages = [message for turn in reversed(shown) for message in turn]
        for message in messages:
            if act.what in {*message.labels, *message.first_labels}:
                return message
        raise AssertionError(f"no button {act.what!r} on {[m.labels for m in messages]}")

    async def again(self) -> None:
        """See ChannelClient."""
        await self._people[CITIZEN].again()
        await self._bot.settle()

    async def settle(self) -> None:
        """See ChannelClient."""
        await self._bot.balai.jobs.run_due()
        await self._bot.settle()

    async def rebuild(self) -> None:
        """See ChannelClient."""
        await self._bot.rebuild()

    def heard(self, who: str) -> list[Heard]:
        """See ChannelClient; what was shown must be what was queued."""
        messages = self._bot.api.world.chat(USERS.get(who, GROUP)).messages
        new = messages[self._seen[who] :]
        self._seen[who] = len(messages)
        if new:
            self._turns[who].append(new)
        replies = ledger.take(self.chat(who))
        asked = self.reference.texts.plain("umum.bagikan")
        shown = [message for message in new if message.text != asked]
        assert _words(m.text for m in shown) == _words(_plain(r) for r in replies)
        return [
            Heard(
                r.key,
                r.text,
                tuple(b.label for row in r.buttons for b in row),
                r.hand_over.pin if r.hand_over else "",
            )
            for r in replies
        ]

    def labels(self, who: str) -> list[str]:
        """The buttons of the last turn that was heard."""
        turns = self._turns[who]
        return [label for message in turns[-1] for label in message.labels] if turns else []

    def complaints(self) -> list[str]:
        """What Telegram found wrong: calls it does not know, buttons that still turn."""
        world = self._bot.api.world
        return [*world.violations, *(f"{query} still turns" for query in world.unanswered())]

    async def walks(self) -> str:
        """What the process that was started first asked, where that walks through a table."""
        return await walks(self._asked, self._bot.engines[0])


def _plain(reply: Reply) -> str:
    return html.unescape(TAG.sub("", reply.text))


def _words(texts: Iterable[str]) -> list[str]:
    return " ".join(texts).split()


@cache
def _photo() -> bytes:
    return jpeg()


@cache
def _document() -> bytes:
    return pdf()

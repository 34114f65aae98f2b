"""Updates of Telegram, through the whole bot: polled, stored, taken, answered, sent.

What Telegram could send must be handled. What it could not may be set aside, but stops nobody:
after each of those the same chat and another one are answered.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from random import Random
from typing import Self

from actions.casework import inbox, outbox
from bot.nlu.keywords import Keywords
from tests.fuzz import odd
from tests.fuzz.crafted import damaged
from tests.fuzz.tally import Fuzzer, Tally
from tests.storage.pictures import jpeg, pdf
from tests.support.clock import Clock
from tests.support.database import Database
from tests.support.databases import migrated, sqlite_url
from tests.support.running_bot import GROUP, RunningBot, reference_of_tests
from tests.support.telegram.api import BotApi
from tests.support.telegram.people import Person

TRIES = 60
OFFICER, FIRST_USER = 900, 10_000
BETWEEN, UNTIL_GIVEN_UP = timedelta(seconds=20), timedelta(seconds=15)
MOST_TAKES = 5
IMPOSSIBLE = 0.35
"""How many updates are such as Telegram would never send."""
SET_ASIDE = (
    *("update set aside", "turn failed", "apology failed"),
    *("message given up", "file not fetched"),
)
UNKNOWN = (
    *("query is too old or its id is invalid", "invalid file_id", "button"),
    "answerCallbackQuery: unknown [], missing ['callback_query_id']",
)
"""What may be logged of those; and what Telegram says of a button or a file whose number was
changed, and that the button turns for ever."""
PHOTO = jpeg((40, 30))
VENUE = {"location": {"latitude": -6.9, "longitude": 107.6}, "title": "Pasar", "address": "a"}
MIMES = ("image/jpeg", "image/png", "application/pdf", "application/x-msdownload", "", "x" * 200)
Act = Callable[["Chats"], Awaitable[object]]


class Updates(Fuzzer):
    """One bot for all; each round has citizens of its own, and the officers' group."""

    async def __aenter__(self) -> Self:
        """Start Telegram and the bot."""
        clock, reference = Clock(), reference_of_tests()
        self._api = BotApi(clock)
        await self._api.start()
        words = Keywords(reference.catalogue, reference.matcher, reference.words["slang"])
        url = sqlite_url(self._folder / "balai.db")
        await migrated(url)
        self._bot = RunningBot(self._api, url, self._folder, nlu=words, clock=clock)
        database = Database(self._bot.sessions, reference, clock)
        await database.account("rina", telegram_id=OFFICER)
        await self._bot.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop both."""
        await self._bot.stop()
        await self._api.stop()

    async def round(self, random: Random, tally: Tally) -> None:
        """Some updates of two citizens, and of an officer."""
        chats = Chats(self._bot, random, FIRST_USER + 2 * tally.round)
        for _ in range(TRIES):
            await self._try(chats, tally)
            if tally.is_done:
                break
        chats.leave()

    async def _try(self, chats: Chats, tally: Tally) -> None:
        impossible = chats.random.random() < IMPOSSIBLE
        act = misshapen if impossible else chats.random.choices(ACTS, SHARES)[0]
        with tally.one(act.__name__):
            await act(chats)
            await chats.settle()
        told = self._watch.take()
        for line in told:
            if not (impossible and line.startswith(SET_ASIDE)):
                tally.fault(act.__name__, line)
        tally.outcomes[f"{act.__name__}{', set aside' if told else ''}"] += 1
        for fault in await chats.faults(probed=impossible):
            tally.fault(act.__name__, fault)


class Chats:
    """Who talks with the bot in one round."""

    def __init__(self, bot: RunningBot, random: Random, user: int) -> None:
        self.bot, self.random, self.world = bot, random, bot.api.world
        self.people = [Person(bot.api, user), Person(bot.api, user + 1)]
        self.officer = Person(bot.api, OFFICER, chat=GROUP)

    def leave(self) -> None:
        """Telegram forgets these chats, so that what grows is the bot's."""
        for person in (*self.people, self.officer):
            person.chat.messages.clear()
            del self.world.chats[person.chat.id]
        self.world.chat(GROUP).open = True
        self.world.files.clear()

    @property
    def one(self) -> Person:
        """Whoever acts next."""
        return self.people[0]

    async def settle(self) -> None:
        """Until everything is handled, or given up; the clock moves so far that it is."""
        await self.bot.settle()
        for _ in range(MOST_TAKES):
            async with self.bot.sessions() as session:
                waiting = await inbox.waiting_chats(
                    session, "tg", now=self.bot.clock(), older_than=timedelta(0), limit=9
                )
            if not waiting:
                break
            await self._passes(UNTIL_GIVEN_UP)
            self.bot.telegram.mailbox.worker.wake(*waiting)
            await self.bot.settle()
        await self._passes(BETWEEN)

    async def _passes(self, time: timedelta) -> None:
        """Move the clock between two rounds of the sender: within one the database seems slow."""
        await self.bot.settle()
        self.bot.clock.move(time)

    async def faults(self, *, probed: bool) -> list[str]:
        """What Telegram would complain of, and what was left undone."""
        found = [*self.world.violations, *(f"button {one}" for one in self.world.unanswered())]
        if probed:
            found = [one for one in found if not one.startswith(UNKNOWN)]
        self.world.violations.clear()
        self.world.queries.clear()
        async with self.bot.sessions() as session:
            if waiting := await inbox.count_waiting(session):
                found.append(f"{waiting} updates still wait")
            left = await outbox.count_waiting(session)
        if left:  # perhaps of a job of the clock, which came in between
            await self.bot.settle()
            async with self.bot.sessions() as session:
                left = await outbox.count_waiting(session)
        found += [f"{left} messages still wait"] if left else []
        if probed:
            found += [text for person in self.people if (text := await self._unheard(person))]
        return found

    async def _unheard(self, person: Person) -> str:
        """Whether somebody is answered who gives up; that also leads back from a human."""
        await person.writes("batal")
        await self.settle()
        return "" if person.news else f"{person.user} got no answer afterwards"


async def words(chats: Chats) -> None:
    """A text message."""
    await chats.one.writes(odd.text(chats.random) or "x")


async def pressed(chats: Chats) -> None:
    """A button below a message of the bot."""
    chat = chats.random.choice((chats.one.chat, chats.officer.chat))
    person = chats.one if chat is chats.one.chat else chats.officer
    shown = [message for message in chat.messages[-4:] if message.labels]
    if shown:
        message = chats.random.choice(shown)
        await person.presses(message, chats.random.choice(message.labels))
    else:
        await words(chats)


async def forged(chats: Chats) -> None:
    """A button that the bot never made; any client can send it."""
    data = odd.cut(odd.twisted(chats.random, "pick:1:ya"), 64)
    person = chats.random.choice((chats.one, chats.officer))
    shown = chats.random.choice(person.chat.messages or (None,))
    if shown is not None:
        await person._press(shown, data)


async def photographed(chats: Chats) -> None:
    """A photo, good or broken."""
    random = chats.random
    content = PHOTO if random.random() < 0.5 else damaged(random, PHOTO)
    await chats.one.sends_photo(content, odd.cut(odd.text(random), 1024) or None)


async def documented(chats: Chats) -> None:
    """A document of any kind and name."""
    random = chats.random
    content = random.choice((pdf(), damaged(random, pdf()), b"", b"MZ"))
    await chats.one.sends_document(content, odd.text(random)[:200], random.choice(MIMES))


async def other(chats: Chats) -> None:
    """What has no words: a place, a number, a sticker, a voice, a service message."""
    person, random = chats.one, chats.random
    kinds: tuple[Callable[[], Awaitable[object]], ...] = (
        lambda: person.sends_location(random.uniform(-90, 90), random.uniform(-180, 180)),
        lambda: person.shares_contact(random.choice(("+628123456789", "0", "x" * 60))),
        person.sends_sticker,
        person.sends_voice,
        lambda: person.sends_video(odd.cut(odd.text(random), 1024)),
        lambda: person.hears(group_chat_created=True),
        lambda: person.hears(message_auto_delete_timer_changed={"message_auto_delete_time": 9}),
        lambda: person.hears(dice={"emoji": "🎲", "value": 6}),
        lambda: person.hears(venue=VENUE, location=VENUE["location"]),
        lambda: chats.officer.writes(odd.text(random) or "x"),
        lambda: chats.officer.hears(migrate_from_chat_id=-random.randrange(1, 10**6)),
    )
    await random.choice(kinds)()


async def blocked(chats: Chats) -> None:
    """The citizen blocks the bot, and takes that back."""
    await chats.one.blocks()
    await chats.settle()
    await chats.one.unblocks()


async def repeated(chats: Chats) -> None:
    """An update that was delivered before."""
    if chats.one.last is not None:
        await chats.world.repeat(chats.one.last)


async def misshapen(chats: Chats) -> None:
    """An update of which something is not as Telegram makes it."""
    person, random = chats.one, chats.random
    await random.choice((words, pressed, photographed, other))(chats)
    update = person.last or {"update_id": 1, "message": {}}
    waiting = chats.world.waiting
    if update in waiting:
        waiting.remove(update)
    kind = next(key for key in update if key != "update_id")
    await chats.world.happen(kind, odd.misshapen(random, update[kind]))


WEIGHTED: dict[Act, float] = {
    words: 45,
    pressed: 25,
    forged: 8,
    photographed: 1,
    documented: 1,
    other: 12,
    blocked: 1,
    repeated: 4,
}
ACTS, SHARES = tuple(WEIGHTED), tuple(WEIGHTED.values())

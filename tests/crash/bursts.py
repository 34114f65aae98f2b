"""Citizens who tell everything at once: pictures, a place and words, in any order.

Where the bot is killed in the middle a burst becomes two turns, and is answered otherwise than by
a bot that nobody kills. So not the answers are compared but what came of them: one case for each
burst, with every picture and the place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.storage.tables import Attachment, Case, Message
from tests.crash.citizens import PATIENCE, REPEATED, Progress
from tests.crash.story import CODE
from tests.storage.pictures import jpeg
from tests.support.telegram.api import BotApi
from tests.support.telegram.people import Person
from tests.support.telegram.world import Sent

WORDS = "jalan rusak parah pak"
UNDERSTOOD = {WORDS: "lapor jalan_rusak"}
SOUTH, EAST, STEP, A_ROW = -6.91474, 107.60981, 0.004, 8
"""Where they stand, some hundred metres apart: nobody's report is like another's."""
PICTURES = 2
SENT = PICTURES + 2
WINDOW = "0.3"
"""Seconds within which a burst of the trial is one."""
ASKED = ("Kirim", "Lewati", "Jalan berlubang")
"""What is pressed, where it is offered, until the case is handed in."""


class Burster:
    """Tells some complaints, one after the other."""

    def __init__(self, api: BotApi, number: int, visits: int, random: Random) -> None:
        self._api, self._random, self.visits = api, random, visits
        self._number = number
        self.person = Person(api, 20_000 + number)
        self.faults: list[str] = []
        self.acts = 0
        self._pressed: set[int] = set()

    async def play(self, progress: Progress) -> None:
        """Every complaint, when it is allowed and the one before was handed in."""
        for visit in range(self.visits):
            await progress.wait_for((visit + self._random.random()) / self.visits)
            await self._tell(visit)
            try:
                await self._finish(visit + 1)
            except TimeoutError:
                said = [sent.labels for sent in self.person.chat.messages[-3:]]
                self.faults.append(f"{self._who}: no receipt in {PATIENCE:.0f} s, offered {said}")
                return
            progress.done += 1

    @property
    def steps(self) -> int:
        """How many complaints there are."""
        return self.visits

    @property
    def _who(self) -> str:
        return f"burst of {self.person.user}"

    async def _tell(self, visit: int) -> None:
        person = self.person
        row, column = divmod(self._number * self.visits + visit, A_ROW)
        acts = [
            lambda: person.writes(WORDS),
            lambda: person.sends_location(SOUTH + row * STEP, EAST + column * STEP),
            *(
                lambda side=side: person.sends_photo(jpeg((40 + side, 30 + visit)))
                for side in range(PICTURES)
            ),
        ]
        self._random.shuffle(acts)
        for act in acts:
            await act()
            if self._random.random() < REPEATED and person.last is not None:
                await self._api.world.repeat(person.last)
        self.acts += SENT

    async def _finish(self, receipts: int) -> None:
        """Press what is asked for, as it comes, until the receipt."""
        while len(self._codes()) < receipts:
            await self._api.world.until(
                lambda: len(self._codes()) >= receipts or self._asked() is not None, PATIENCE
            )
            asked = self._asked()
            if asked is not None and len(self._codes()) < receipts:
                self._pressed.add(asked.id)
                label = next(one for one in ASKED if one in asked.labels)
                await self.person.presses(asked, label)
                self.acts += 1

    def _asked(self) -> Sent | None:
        """The newest message that asks something, unless it was answered."""
        asking = [s for s in self.person.chat.messages if any(a in s.labels for a in ASKED)]
        newest = asking[-1] if asking else None
        return None if newest is None or newest.id in self._pressed else newest

    def _codes(self) -> set[str]:
        messages = self.person.chat.messages
        return {code for sent in messages for code in CODE.findall(sent.text)}


async def faults(session: AsyncSession, bursters: Sequence[Burster]) -> list[str]:
    """What a burst has lost or doubled."""
    found: list[str] = []
    for one in bursters:
        chat, who = f"tg:{one.person.user}", f"burst of {one.person.user}"
        cases = (await session.scalars(select(Case).where(Case.chat == chat))).all()
        sent = [case for case in cases if case.code is not None]
        if len(sent) != one.visits or len(cases) != len(sent):
            found.append(f"{who}: {len(sent)} of {len(cases)} cases sent, not {one.visits}")
        of_chat = select(Attachment).where(Attachment.chat == chat)
        files = Counter(file.case_id for file in (await session.scalars(of_chat)).all())
        for case in sent:
            counted = (case.answers.get("foto") or {}).get("jumlah")
            if (files[case.id], counted) != (PICTURES, PICTURES):
                found.append(f"{who}: {files[case.id]} pictures kept, {counted} told")
            if "lat" not in (case.answers.get("lokasi") or {}):
                found.append(f"{who}: the place is missing")
        lines = select(Message.id).where(Message.chat == chat, Message.sender == "warga")
        noted = len((await session.scalars(lines)).all())
        if noted != one.acts:
            found.append(f"{who}: {noted} lines of {one.acts}")
    return found

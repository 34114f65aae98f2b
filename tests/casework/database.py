"""An office on a database: cases that citizens filed, officers who move them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import select

from actions.casework import cases, staff
from actions.casework.cases import By
from actions.casework.chats import lock_chat
from actions.casework.staff import Role
from actions.dialogue.talk.build import form_of
from actions.domain.status import Actor, Status
from actions.storage.engine import Sessions
from actions.storage.tables import Case, CaseEvent, Outbox, Staff
from tests.support.running_bot import reference_of_tests

CITIZEN_CHAT, OTHER_CHAT = "tg:1", "tg:2"
OFFICER = By(Actor.OFFICER)
PASSWORD = "kata sandi yang panjang"


class Office:
    """Does in one transaction what the console or a turn does."""

    def __init__(self, sessions: Sessions, clock: Callable[[], datetime]) -> None:
        self.sessions, self.clock = sessions, clock
        self.reference = reference_of_tests()

    async def draft(
        self,
        slug: str = "ktp_hilang",
        answers: dict[str, Any] | None = None,
        chat: str = CITIZEN_CHAT,
    ) -> int:
        """Begin a form."""
        item = self.reference.catalogue.item(slug)
        async with self.sessions.begin() as session:
            await lock_chat(session, chat, self.clock())
            case = await cases.open_draft(
                session,
                chat=chat,
                slug=slug,
                item=item,
                answers=answers or {"nama": "Siti"},
                form=form_of(slug, item, self.reference.texts),
                now=self.clock(),
            )
            return case.id

    async def file(self, slug: str = "ktp_hilang", **draft: Any) -> int:
        """Hand a form in."""
        number = await self.draft(slug, **draft)
        async with self.sessions.begin() as session:
            case = await session.get(Case, number)
            assert case is not None
            await cases.submit(session, self.reference, case, self.clock(), Random(number))
        return number

    async def move(
        self,
        number: int,
        status: Status,
        reason: str | None = None,
        *,
        by: By = OFFICER,
        seen_version: int | None = None,
    ) -> None:
        """Move a case."""
        async with self.sessions.begin() as session:
            case = await session.get(Case, number)
            assert case is not None
            await cases.move(
                session,
                self.reference,
                case,
                status,
                by=by,
                now=self.clock(),
                reason=reason,
                seen_version=seen_version,
            )

    async def case(self, number: int) -> Case:
        """The case as it stands."""
        async with self.sessions() as session:
            case = await session.get(Case, number)
            assert case is not None
            return case

    async def history(self, number: int) -> list[CaseEvent]:
        """The moves of a case, oldest first."""
        async with self.sessions() as session:
            return list(await cases.history(session, await self.case(number)))

    async def told(self, chat: str = CITIZEN_CHAT) -> list[str]:
        """The keys of what is queued for a chat, oldest first."""
        async with self.sessions() as session:
            mine = select(Outbox).where(Outbox.chat == chat).order_by(Outbox.id)
            rows = (await session.scalars(mine)).all()
            return [row.payload["key"] for row in rows if row.payload]

    async def officer(self, username: str = "rina", **account: Any) -> Staff:
        """An account."""
        account = {"name": username.title(), "role": Role.OFFICER, "password": PASSWORD} | account
        async with self.sessions.begin() as session:
            return await staff.add(session, username=username, now=self.clock(), **account)

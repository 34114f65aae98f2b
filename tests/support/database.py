"""Fills a database through the same use cases as a turn, the console and the command line."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from sqlalchemy import select

from actions.casework import cases, escalations, learning, proof, staff, staff_sessions
from actions.casework.cases import By
from actions.casework.chats import lock_chat
from actions.casework.escalations import Reason
from actions.casework.messages import Sender, note
from actions.casework.passwords import HASHER
from actions.casework.second_factor import REQUIRED
from actions.casework.security_log import Origin
from actions.casework.staff import Role
from actions.catalogue.reference import ReferenceData
from actions.dialogue.handlers.form.build import form_of
from actions.domain.learning import Source
from actions.domain.messages import FileKind, StoredFile
from actions.domain.status import Actor, Status
from actions.domain.understanding import Candidate, Understanding
from actions.storage.engine import Sessions
from actions.storage.files import Files
from actions.storage.login_tables import SecondFactor
from actions.storage.tables import Case, CaseEvent, Escalation, LearningSample, Outbox, Staff
from actions.storage.vault import Vault
from tests.support.authenticator import APP_SECRET
from tests.support.clock import Clock
from tests.support.databases import SECRET

Row = TypeVar("Row", Case, Escalation)
PASSWORD = "sandi yang panjang"
CHAT, OTHER_CHAT = "tg:1", "tg:2"
OFFICER = By(Actor.OFFICER)
PHOTO = StoredFile("b" * 64 + ".jpg", "image/jpeg", 2048)
"""A name that nothing is kept under."""
KTP: dict[str, Any] = {
    "nama": "Siti Aminah",
    "nik": "3578014507900001",
    "lapor_polisi": "sudah",
    "data_tetap": "ya",
    "hp": "+6281234567890",
    "kk": None,
    "surat_polisi": None,
}
LAMP: dict[str, Any] = {
    "lokasi": {"teks": "depan pos ronda RT 03/RW 05", "desa": "Mekarsari"},
    "keadaan": "mati",
    "jumlah": 2,
    "sejak": None,
    "foto": None,
}
BRIBE: dict[str, Any] = {
    "tempat": "loket KTP",
    "untuk": "supaya cepat",
    "jumlah": 50000,
    "tanggal": None,
    "pelaku": None,
    "foto": None,
}


@cache
def password_hash() -> str:
    """Hashing is slow by design, so the tests do it once."""
    return HASHER.hash(PASSWORD)


@dataclass
class Database:
    """Each method is one transaction; what it returns is not changed by later ones."""

    sessions: Sessions
    reference: ReferenceData
    clock: Clock
    folder: Path = Path("no files")

    @property
    def files(self) -> Files:
        return Files(self.folder, Vault(SECRET))

    random: Random = field(default_factory=lambda: Random(7))

    async def fresh(self, row: Row) -> Row:
        """The row as it stands now."""
        async with self.sessions() as session:
            return await session.get_one(type(row), row.id)

    async def account(
        self,
        username: str = "rina",
        role: Role = Role.OFFICER,
        unit: str | None = None,
        **more: Any,
    ) -> Staff:
        """Whoever needs a second factor has one, of `authenticator`; `factor` says otherwise."""
        factor = more.pop("factor", role in REQUIRED)
        account = {"name": username.title(), "active": True} | more
        row = Staff(
            username=username,
            role=role,
            unit=unit,
            password_hash=password_hash(),
            created_at=self.clock.now,
            **account,
        )
        async with self.sessions.begin() as session:
            session.add(row)
            await session.flush()
            if factor:
                since = self.clock.now
                session.add(SecondFactor(staff_id=row.id, secret=APP_SECRET, step=0, since=since))
        return row

    async def token(self, username: str) -> str:
        """A session of an account, without the slow check of its password."""
        async with self.sessions.begin() as session:
            account = await staff.by_username(session, username)
            assert account is not None
            origin = Origin(self.clock.now)
            return await staff_sessions.open_session(session, account, origin, complete=True)

    async def chat(self, chat: str = CHAT) -> str:
        async with self.sessions.begin() as session:
            await lock_chat(session, chat, self.clock.now)
        return chat

    async def say(self, text: str, *, chat: str = CHAT, sender: Sender = Sender.CITIZEN) -> None:
        """A line of the chat, now."""
        await self.chat(chat)
        async with self.sessions.begin() as session:
            note(session, chat, sender, text, self.clock.now)

    async def told(self, chat: str = CHAT) -> list[str]:
        """The keys of what is queued for a chat, oldest first."""
        async with self.sessions() as session:
            mine = select(Outbox).where(Outbox.chat == chat).order_by(Outbox.id)
            rows = (await session.scalars(mine)).all()
            return [row.payload["key"] for row in rows if row.payload]

    async def draft(
        self, slug: str = "ktp_hilang", answers: dict[str, Any] = KTP, *, chat: str = CHAT
    ) -> Case:
        item = self.reference.catalogue.item(slug)
        await self.chat(chat)
        async with self.sessions.begin() as session:
            return await cases.open_draft(
                session,
                chat=chat,
                slug=slug,
                item=item,
                answers=answers,
                form=form_of(slug, item, self.reference.texts),
                now=self.clock.now,
            )

    async def file(
        self,
        slug: str = "ktp_hilang",
        answers: dict[str, Any] = KTP,
        *,
        chat: str = CHAT,
        file: StoredFile | None = None,
    ) -> Case:
        """A case that its citizen has handed in."""
        draft = await self.draft(slug, answers, chat=chat)
        async with self.sessions.begin() as session:
            case = await session.get_one(Case, draft.id)
            await cases.submit(session, self.reference, case, self.clock.now, self.random)
            if file is not None:
                cases.attach(session, case, "surat_polisi", file, self.clock.now)
        return case

    async def move(
        self,
        case: Case,
        target: Status,
        reason: str | None = None,
        *,
        by: By | Staff = OFFICER,
        seen_version: int | None = None,
        photo: StoredFile = PHOTO,
    ) -> None:
        """Move a case, with a photo where one is asked for."""
        async with self.sessions.begin() as session:
            row = await session.get_one(Case, case.id)
            if proof.is_asked(self.reference, row, target):
                proof.attach(session, row, photo, self.clock.now)
                await session.flush()
            await cases.move(
                session,
                self.reference,
                row,
                target,
                by=By(Actor.OFFICER, by.id) if isinstance(by, Staff) else by,
                now=self.clock.now,
                reason=reason,
                seen_version=seen_version,
            )

    async def history(self, case: Case) -> list[CaseEvent]:
        """The moves of a case, oldest first."""
        async with self.sessions() as session:
            return list(await cases.history(session, case))

    async def escalation(
        self,
        *,
        chat: str = CHAT,
        reason: Reason = Reason.ASKED,
        case: Case | None = None,
        **more: Any,
    ) -> Escalation:
        """A citizen who waits for a human."""
        await self.chat(chat)
        async with self.sessions.begin() as session:
            return await escalations.open_escalation(
                session,
                self.reference,
                chat=chat,
                reason=reason,
                now=self.clock.now,
                case_id=case.id if case else None,
                **more,
            )

    async def sample(
        self, said: str, *, source: Source = Source.MISSED, chat: str = CHAT
    ) -> LearningSample:
        """A sentence that was taken for a question about the papers for a broken KTP."""
        intents, targets = (Candidate("tanya_syarat", 0.42),), (Candidate("ktp_rusak", 0.6),)
        async with self.sessions.begin() as session:
            await learning.keep(
                session,
                self.reference.catalogue,
                chat=chat,
                source=source,
                known=Understanding(said, intents, targets),
                now=self.clock.now,
            )
            newest = select(LearningSample).order_by(LearningSample.id.desc()).limit(1)
            return (await session.scalars(newest)).one()

    async def picture(self, content: bytes) -> StoredFile:
        """A stored photo."""
        stored = await self.files.store(content, FileKind.PHOTO)
        assert isinstance(stored, StoredFile)
        return stored

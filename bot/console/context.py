"""What every page of the console works with."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.passwords import PasswordHash
from actions.casework.second_factor import REQUIRED
from actions.casework.staff_sessions import csrf_of
from actions.catalogue.reference import ReferenceData
from actions.storage.engine import reading
from actions.storage.login_tables import StaffSession
from actions.storage.tables import Staff
from bot.console.changes import Changes
from bot.console.password_queue import PasswordQueue
from bot.dependencies import Dependencies
from bot.nlu.workshop import Workshop


@dataclass(frozen=True)
class Console:
    """The parts that the composition root hands in; `guide` is HTML.

    `bot_name` is the user name of the bot on Telegram, empty while it is not known.
    There is a `workshop` where the model is ours to train.
    """

    deps: Dependencies
    wake: Callable[[], None]
    guide: str
    bot_name: Callable[[], str] = str
    passwords: PasswordQueue = field(default_factory=PasswordQueue)
    workshop: Workshop | None = None

    @property
    def reference(self) -> ReferenceData:
        """What data/ says."""
        return self.deps.reference

    def clock(self) -> datetime:
        """The time."""
        return self.deps.clock()

    def reading(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A transaction that changes nothing and so waits for nobody."""
        return reading(self.deps.office)

    def writing(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A transaction that is committed at the end, unless the block raises."""
        return self.deps.office.begin()

    def word(self, key: str, **params: object) -> str:
        """A text below "konsol.", not escaped: templates do that."""
        return self.reference.texts.plain(f"konsol.{key}", 0, **params)


class Stage(StrEnum):
    """How far somebody has come in, by the name of the page where that goes on."""

    CODE = "masuk_kode"
    SET_UP = "verifikasi"
    IN = "meja"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is logged in, and the session; `factor_since` is missing without a second factor."""

    staff: Staff
    login: StaffSession
    factor_since: datetime | None
    token: str

    @property
    def csrf(self) -> str:
        """What the forms of this session must bring."""
        return csrf_of(self.token)

    @property
    def stage(self) -> Stage:
        """What is missing before everything is open."""
        if not self.login.complete:
            return Stage.CODE
        lacking = self.factor_since is None and self.staff.role in REQUIRED
        return Stage.SET_UP if lacking else Stage.IN


STATIC = "static"
CONSOLE = web.AppKey("console", Console)
OTHERS = web.AppKey("others", frozenset[web.AbstractResource])
CHANGES = web.AppKey("changes", Changes)
VISITOR = web.RequestKey("visitor", Visitor)


def console_of(request: web.Request) -> Console:
    """The parts of this console."""
    return request.app[CONSOLE]


def staff_of(request: web.Request) -> Staff:
    """The account that is logged in; only for pages that are not public."""
    return request[VISITOR].staff


async def make_hash(request: web.Request, password: str, *owner: str) -> PasswordHash:
    """The hash of a new password that somebody sets; raises WeakPasswordError or BusyError."""
    console, who = console_of(request), str(staff_of(request).id)
    office = console.reference.catalogue.office
    return await console.passwords.hash(password, office, *owner, who=who)


def is_ours(request: web.Request) -> bool:
    """Whether the request is for the console, not for something else on the same server."""
    return request.match_info.route.resource not in request.app[OTHERS]

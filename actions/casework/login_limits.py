"""How often who may try a password or code: pauses that nobody can impose on somebody else.

A lock of the account after some wrong passwords would be a gift to whoever wants an officer out
of the way. So no account is ever locked. A failure counts in the *lanes* that it came by, and each
lane has a few free tries, then pauses that double up to a minute (for codes of strangers, up to a
quarter of an hour); failures are forgiven one by one as time passes.

- A browser in which the account has logged in before is known by a cookie (`devices`). Its
  failures count for that browser and that account, and in no other lane.
- Those of any other browser count for the name that was typed, from that address; and for the
  address, with whatever name.
- So do its wrong codes after a right password, and also for the codes of that account, from all
  strangers together.
- Those of somebody logged in who proves it again count for that session.
- Citizens have no account. In the web chat the address is slowed that begins too many chats, and
  the one that brings wrong codes to come back.

So strangers elsewhere slow only themselves, and those at the same address (an office behind one
address) never slow a browser that has been there before. What is given up: many addresses may
guess one account's password together. Against that stand the rule for passwords (not among the
first 10^8 guesses), the queue for comparing them (a few a second in all, see the console's
`PasswordQueue`), and the second factor, whose six digits are few and so have a lane for all
strangers together: whoever gets there knows the password, which its owner should change.

A name that nobody has is slowed like any other. Lanes are stored under a keyed hash: neither
addresses nor names that were typed can be read, and a new key forgets them. IPv6 counts by the
network of a customer (/64).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import cast

from sqlalchemy import Table, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from actions.storage.login_tables import LoginLane

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=1)
KEPT = timedelta(days=1)
NONE = timedelta()

_TABLE = cast(Table, LoginLane.__table__)
_MAKE = {
    "sqlite": sqlite.insert(_TABLE).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(_TABLE).on_conflict_do_nothing(),
}
# Never as an object: its key would be hashed a second time when it is written back.
_STATE = select(LoginLane.failures, LoginLane.failed_at)


@dataclass(frozen=True, slots=True)
class Lane:
    """One way that tries come by; `own` ones are forgiven at once when a try succeeds."""

    key: str
    free: int
    forgiven_every: timedelta
    longest: timedelta = LONGEST_PAUSE
    own: bool = True

    def left(self, failures: int, since: timedelta) -> int:
        """How many failures still count, so long after the last."""
        return max(failures - max(since, NONE) // self.forgiven_every, 0)

    def pause(self, failures: int, since: timedelta) -> timedelta:
        """How long to wait yet; not at all when the clock was set back, or it might be days."""
        beyond = failures - self.free
        if beyond < 0 or since < NONE:
            return NONE
        whole: timedelta = FIRST_PAUSE * 2 ** min(beyond, 10)
        return max(min(whole, self.longest) - since, NONE)


QUARTER, MINUTE = timedelta(minutes=15), timedelta(minutes=1)


def by_device(device: str) -> list[Lane]:
    """The lane of a browser that is known for one account."""
    return [Lane(f"device|{device}", 5, QUARTER)]


def by_session(session: str) -> list[Lane]:
    """The lane of a session in which its owner is asked again."""
    return [Lane(f"session|{session}", 5, QUARTER)]


def by_address(username: str, address: str | None) -> list[Lane]:
    """The lanes of a stranger."""
    network = _network(address)
    return [
        Lane(f"name|{username}|{network}", 5, QUARTER),
        Lane(f"address|{network}", 30, MINUTE, own=False),
    ]


def by_code(staff_id: int) -> Lane:
    """The lane of all strangers who know an account's password."""
    return Lane(f"code|{staff_id}", 10, QUARTER, longest=QUARTER)


def by_new_chat(address: str | None) -> list[Lane]:
    """The lane of web chats that are begun: a whole village may stand behind one address."""
    return [Lane(f"web chat|{_network(address)}", 60, MINUTE, own=False)]


def by_return_code(address: str | None) -> list[Lane]:
    """The lane of wrong codes to come back to a web chat."""
    return [Lane(f"return code|{_network(address)}", 10, QUARTER, own=False)]


def _network(address: str | None) -> str:
    if address is None or ip_address(address).version == 4:  # noqa: PLR2004
        return str(address)
    return str(ip_network(f"{address}/64", strict=False))


async def pause(session: AsyncSession, lanes: Iterable[Lane], now: datetime) -> timedelta:
    """How long whoever comes by these lanes has to wait before the next try."""
    longest = NONE
    for lane in lanes:
        row = (await session.execute(_STATE.where(LoginLane.lane == lane.key))).one_or_none()
        if row is not None:
            longest = max(longest, lane.pause(row.failures, now - row.failed_at))
    return longest


async def count_failure(session: AsyncSession, lanes: Iterable[Lane], now: datetime) -> bool:
    """Count a wrong password or code; whether a lane has just been slowed by it."""
    await session.execute(delete(LoginLane).where(LoginLane.failed_at < now - KEPT))
    slowed = False
    # Always in one order, so that two failures at once do not wait for each other.
    for lane in sorted(lanes, key=lambda lane: lane.key):
        make = _MAKE[session.get_bind().dialect.name]
        await session.execute(make.values(lane=lane.key, failures=0, failed_at=now))
        same = LoginLane.lane == lane.key
        row = (await session.execute(_STATE.where(same).with_for_update())).one()
        failures = lane.left(row.failures, now - row.failed_at) + 1
        counted = update(LoginLane).where(same).values(failures=failures, failed_at=now)
        await session.execute(counted)
        slowed = slowed or failures == lane.free
    return slowed


async def forgive(session: AsyncSession, lanes: Iterable[Lane]) -> None:
    """Forget the failures of somebody who has now come in."""
    for lane in lanes:
        if lane.own:
            await session.execute(delete(LoginLane).where(LoginLane.lane == lane.key))

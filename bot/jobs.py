"""What is done by the clock: reminders, escalations that went silent, expiry, clearing up.

Each job is a transaction of its own. Several processes may run the same jobs: rows that one
works on are skipped by the others, and what is done is found done.
"""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import (
    account_news,
    attachments,
    audit_log,
    claims,
    erasure,
    escalations,
    expiry,
    figure_counting,
    figure_keeping,
    group_digest,
    happenings,
    inbox,
    lateness,
    learning,
    messages,
    outbox,
    privacy_requests,
    quarantine,
    reminders,
    search_terms,
    security_log,
    surveys,
    take_back,
    talks,
    telegram_alerts,
    thrift,
    web_chats,
)
from actions.catalogue.reference import ReferenceData
from actions.storage.batches import SOME
from actions.storage.engine import A_COUNT, reading
from actions.storage.sqlite import empty_journal
from bot.dependencies import Dependencies, describe_error
from bot.live_settings import refresh

log = logging.getLogger(__name__)

LOOK_EVERY = 15.0
SOON = timedelta(seconds=10)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FILES_KEPT = timedelta(days=1)
TURNS_TAKE = 5 * MINUTE
"""At most, with what they wait for."""
COUNTING_TAKES = 1.0
"""Seconds, and what is under way then: days that are left wait for the next minute."""
MOST_ROUNDS = 50
"""Transactions in which a job does what there is; then it is others' turn."""
WAKING_HOURS = range(8, 19)

Work = Callable[[AsyncSession, ReferenceData, datetime], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Job:
    """Something done every so often; `polite` waits for the day, since it writes to citizens.

    `work` says how much it did. Where that was `at_once` or more, there may be more to do, which
    is done in a transaction of its own: others come in between.
    """

    name: str
    every: timedelta
    work: Work
    polite: bool = False
    at_once: float = math.inf


def forget(
    kept: str, prune: Callable[[AsyncSession, datetime, timedelta], Awaitable[int]]
) -> Work:
    """Remove what is older than its class of data/retention.yml says, and log how much."""

    async def work(session: AsyncSession, reference: ReferenceData, now: datetime) -> int:
        days = timedelta(days=getattr(reference.retention, kept))
        removed = await prune(session, now, days)
        if removed:
            log.info("retention", extra={"kept": kept, "days": days.days, "removed": removed})
        return removed

    return work


async def forget_claims(session: AsyncSession, _: ReferenceData, now: datetime) -> int:
    """Forget codes of receipts that are long over."""
    return await claims.forget_old(session, now)


JOBS = (
    Job("silent escalations", MINUTE, escalations.return_silent),
    Job("happenings", SOON, happenings.tell),
    Job("account news", SOON, account_news.tell),
    Job("digests", MINUTE, telegram_alerts.digest),
    Job("digests of groups", MINUTE, group_digest.send),
    Job("alerts put off", MINUTE, telegram_alerts.bring_back),
    Job("alerts of officers", SOON, telegram_alerts.take),
    Job("clocks", MINUTE, reminders.remind, at_once=1),
    Job("silent owners", HOUR, take_back.take_back, at_once=take_back.AT_ONCE),
    Job(
        "digests of who saves data",
        5 * MINUTE,
        thrift.send_digests,
        polite=True,
        at_once=thrift.AT_ONCE,
    ),
    Job("survey reminders", HOUR, surveys.remind, polite=True, at_once=surveys.AT_ONCE),
    Job(
        "sorry for being late",
        5 * MINUTE,
        lateness.say_sorry,
        polite=True,
        at_once=lateness.AT_ONCE,
    ),
    Job("old drafts", HOUR, expiry.forget_drafts, at_once=expiry.AT_ONCE),
    Job("returned", HOUR, expiry.close_returned, polite=True, at_once=expiry.AT_ONCE),
    Job("unanswered", HOUR, expiry.close_unanswered, polite=True, at_once=expiry.AT_ONCE),
    Job("erasure", HOUR, erasure.erase_later, at_once=erasure.AT_ONCE),
    Job("old lines", HOUR, forget("lines", messages.prune_lines), at_once=SOME),
    Job("old talks", HOUR, forget("lines", talks.prune), at_once=SOME),
    Job("old cases", HOUR, forget("closed_cases", erasure.erase_old), at_once=erasure.AT_ONCE),
    Job("handled updates", HOUR, forget("handled", inbox.prune_handled), at_once=SOME),
    Job("set aside", DAY, forget("set_aside", quarantine.prune), at_once=SOME),
    Job("security log", DAY, forget("security", security_log.prune), at_once=SOME),
    Job("trail", HOUR, forget("trail", audit_log.prune), at_once=SOME),
    Job("requests by right", DAY, forget("rights", privacy_requests.prune), at_once=SOME),
    Job("claim codes", DAY, forget_claims),
    Job("web chats", HOUR, web_chats.prune, at_once=SOME),
    Job("sent messages", HOUR, forget("sent", outbox.prune_done), at_once=SOME),
    Job("sentences to learn", DAY, forget("samples", learning.prune), at_once=SOME),
)
"""The jobs that need the database alone."""


class Jobs:
    """Runs every job when its time has come, first soon after the start."""

    def __init__(self, deps: Dependencies, after_job: Callable[[], None]) -> None:
        self._deps = deps
        self._after_job = after_job
        self._due: dict[str, datetime] = {}
        self._clearing = {
            "settings": (MINUTE, self._follow_settings),
            "files let go": (MINUTE, self._remove_files),
            "journal": (MINUTE, self._empty_journal),
            "unused files": (HOUR, self._sweep_files),
            "figures": (MINUTE, self._keep_figures),
            "backlog": (10 * MINUTE, self._keep_backlog),
            "search terms": (MINUTE, self._index_cases),
        }

    async def run(self) -> None:
        """Look for ever which jobs are due."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            await self.run_due()

    async def run_due(self) -> None:
        """Run the jobs whose time has come; one that fails is run again next time."""
        now = self._deps.clock()
        awake = self._deps.reference.local(now).hour in WAKING_HOURS
        for job in JOBS:
            due = _is_due(self._due.get(job.name), now, job.every)
            if due and (awake or not job.polite):
                await self._guarded(job.name, self._in_transactions(job, now))
                self._due[job.name] = now + job.every
        for name, (every, clear) in self._clearing.items():
            if _is_due(self._due.get(name), now, every):
                await self._guarded(name, clear(now))
                self._due[name] = now + every
        self._after_job()

    async def _guarded(self, name: str, work: Awaitable[None]) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001  the edge of a job
            log.warning("job failed", extra={"job": name, "failure": describe_error(error)})

    async def _in_transactions(self, job: Job, now: datetime) -> None:
        for _round in range(MOST_ROUNDS):
            async with self._deps.office.begin() as session:
                done = await job.work(session, self._deps.reference, now)
            if done < job.at_once:
                break

    async def _follow_settings(self, _: datetime) -> None:
        """Let count what was set in another process."""
        await refresh(self._deps)

    async def _remove_files(self, now: datetime) -> None:
        """Remove the bytes of files that were let go."""

        async def remove(names: Sequence[str]) -> Collection[str]:
            return await asyncio.to_thread(self._deps.files.remove, names, now - TURNS_TAKE)

        async with self._deps.office.begin() as session:
            await attachments.let_go_delivered(session)
            await attachments.remove_let_go(session, remove)

    async def _empty_journal(self, _: datetime) -> None:
        """What was deleted stands in the journal of before."""
        await empty_journal(self._deps.office.kw["bind"])

    async def _keep_figures(self, now: datetime) -> None:
        """Count what reports say; while that is counted nobody waits."""
        clock = self._deps.ticks
        until = clock() + COUNTING_TAKES
        async with reading(self._deps.office, patience=A_COUNT) as session:
            counted = await figure_keeping.count(
                session, self._deps.reference, now, enough=lambda: clock() > until
            )
        async with self._deps.office.begin() as session:
            await figure_keeping.keep(session, counted, now)

    async def _keep_backlog(self, now: datetime) -> None:
        reference = self._deps.reference
        today = reference.today(now)
        async with reading(self._deps.office, patience=A_COUNT) as session:
            counts = await figure_counting.count_now(session, reference, today)
        async with self._deps.office.begin() as session:
            await figure_keeping.keep_backlog(session, today, counts)

    async def _index_cases(self, _: datetime) -> None:
        """Write by what cases are found, a few in a transaction, until all have it, or enough."""
        for _round in range(MOST_ROUNDS):
            async with self._deps.office.begin() as session:
                done = await search_terms.write_some(session)
            if not done:
                break

    async def _sweep_files(self, now: datetime) -> None:
        """Delete files that no request needs; young ones may be about to be attached."""
        files, before = self._deps.files, now - FILES_KEPT
        for shelf in await asyncio.to_thread(files.shelves):
            old = await asyncio.to_thread(files.old_on, shelf, before)
            for first in range(0, len(old), SOME):
                some = old[first : first + SOME]
                async with reading(self._deps.office) as session:
                    unused = set(some) - await attachments.in_use(session, some)
                await asyncio.to_thread(files.sweep, shelf, sorted(unused), before)


def _is_due(at: datetime | None, now: datetime, every: timedelta) -> bool:
    """Whether the time has come; one that lies too far ahead was set by a wrong clock."""
    return at is None or not now < at <= now + every

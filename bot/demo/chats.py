"""Who comes when and with what: all the chats of a demo, one after the other."""

from bisect import bisect
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random

from actions.casework.cases import kind_of
from actions.casework.escalations import Reason
from actions.domain.calendar import is_working_day
from actions.domain.status import Actor, CaseKind, invites_rating, is_open
from actions.storage.tables import Case
from bot.demo.cases import CaseMaker, begin
from bot.demo.escalations import MINUTE, Times, escalate, times
from bot.demo.paths import PATHS, Move
from bot.demo.people import invent
from bot.demo.scribe import Scribe, Told
from bot.demo.surveys import is_low, survey

DAYS = 182
QUIET = 0.35
HOURS = (6, 22, 10)
"""When people write: from, until, most of them."""

CASES_A_CHAT = ((1, 2, 3), (74, 19, 7))
ESCALATED = 0.06
RECENT, PATIENT = timedelta(days=12), timedelta(days=60)
LIVE = (
    (12, None, Reason.ASKED),
    (47, None, Reason.NOT_UNDERSTOOD),
    (130, None, Reason.ANGRY),
    (35, 8, Reason.ASKED),
    (22, 5, Reason.NOT_UNDERSTOOD),
)
"""Who waits just now: for how many minutes, since when an officer answers, and why."""

REASONS = ((Reason.ASKED, Reason.NOT_UNDERSTOOD, Reason.ANGRY, Reason.OFFICER), (50, 25, 15, 10))


class Season:
    """The days of the last half year; fewer people write on days off."""

    def __init__(self, scribe: Scribe, today: date) -> None:
        reference = scribe.reference
        self._zone = reference.zone
        self._days = [today - timedelta(days=DAYS - n) for n in range(DAYS)]
        week = reference.catalogue.office.week
        weights = (
            1 if is_working_day(day, week, reference.holidays) else QUIET for day in self._days
        )
        self._sums = list(accumulate(weights))

    def moment(self, share: float, random: Random) -> datetime:
        """A moment of the day when that share of all people has written."""
        day = self._days[min(bisect(self._sums, share * self._sums[-1]), DAYS - 1)]
        hour = timedelta(hours=random.triangular(*HOURS))
        return datetime.combine(day, time(), self._zone) + hour


class Chats:
    """A demo of `total` cases. `seed` and the day decide every row but those of who waits now."""

    def __init__(self, scribe: Scribe, *, total: int, seed: int) -> None:
        self._scribe, self._total, self._seed = scribe, total, seed
        self._today = scribe.now.date()
        self._season = Season(scribe, self._today)
        catalogue, often = scribe.reference.catalogue, scribe.words.chat["sering"]
        self._kinds = {
            slug: kind_of(item)
            for slug, item in (*catalogue.services.items(), *catalogue.complaints.items())
        }
        self._weights = {slug: often.get(slug, 1) for slug in self._kinds}
        self._ends = list(PATHS)
        self._codes: dict[str, str] = {}
        self._number = 0

    def write(self) -> Iterator[int]:
        """Write chat after chat; yields how many cases each has."""
        done = number = 0
        apart = max(self._total // len(PATHS), 1)
        while done < self._total:
            number += 1
            random = Random(f"{self._seed} {number}")  # noqa: S311  an invention
            is_due = done >= (len(PATHS) - len(self._ends)) * apart
            made = self._chosen(number, random) if self._ends and is_due else 0
            made = made or self._chat(number, done, random)
            done += made
            self._number = number
            yield made

    def write_waiting(self, present: datetime) -> None:
        """Write the chats of those who wait for a human at `present`."""
        number = self._number
        for waited, answered, reason in LIVE:
            number += 1
            random = Random(f"{self._seed} {number}")  # noqa: S311  an invention
            claimed = present - MINUTE * answered if answered else None
            self._live(number, Times(present - MINUTE * waited, claimed), reason, random)

    def _told(self, number: int, random: Random) -> Told:
        scribe = self._scribe
        return Told(invent(number, scribe.reference, scribe.words, random, self._today))

    def _slug(self, random: Random, kind: CaseKind | None = None) -> str:
        slugs = [slug for slug in self._kinds if kind in {None, self._kinds[slug]}]
        return random.choices(slugs, [self._weights[slug] for slug in slugs])[0]

    def _chosen(self, number: int, random: Random) -> int:
        """A chat with one case, that stands at the next status of which there must be one."""
        kind, end = self._ends.pop()
        told, scribe = self._told(number, random), self._scribe
        start = scribe.now - (RECENT if is_open(end) else PATIENT) * random.uniform(0.9, 1)
        start = start.replace(hour=int(random.triangular(*HOURS)))
        case = begin(scribe, told, self._slug(random, kind), start, random)
        moves = scribe.office.walk_to(kind, case.unit, end, start, random)
        self._go(told, case, moves, random)
        scribe.end_of_chat(told, random)
        return 1

    def _chat(self, number: int, done: int, random: Random) -> int:
        """A chat with one case or more, one after the other."""
        told, scribe = self._told(number, random), self._scribe
        start, made = self._season.moment(done / self._total, random), 0
        (wanted,) = random.choices(*CASES_A_CHAT)
        while made < min(wanted, self._total - done) and start < scribe.now:
            case = begin(scribe, told, self._slug(random), start, random)
            promised = scribe.reference.catalogue.item(case.slug).duration.working_days
            kind = self._kinds[case.slug]
            moves = scribe.office.walk(kind, case.unit, promised, start, random)
            self._go(told, case, moves, random)
            start += timedelta(days=random.expovariate(1 / 30) + 1)
            made += 1
        scribe.end_of_chat(told, random)
        return made

    def _go(self, told: Told, case: Case, moves: Iterable[Move], random: Random) -> None:
        """Let a case go its way, with a survey where it is finished and a human where needed."""
        scribe, maker = self._scribe, CaseMaker(self._scribe, told, case, random, self._codes)
        invited: datetime | None = None
        for move in moves:
            maker.apply(move)
            if invites_rating(move.target) and move.actor is not Actor.CITIZEN:
                invited = invited or move.at
        maker.write()
        if case.code is not None:
            self._codes[case.slug] = case.code
        low = invited and is_low(survey(scribe, told, case, invited, random))
        if case.submitted_at and (low or random.random() < ESCALATED):
            (reason,) = random.choices(*REASONS)
            opened = _later(case, scribe.now, random, after=bool(low))
            if opened < scribe.now:
                at = times(scribe, case.unit, opened, random)
                escalate(scribe, told, Reason.LOW_SCORE if low else reason, at, random, case)

    def _live(self, number: int, at: Times, reason: Reason, random: Random) -> None:
        """Somebody who has just asked for a human."""
        told, slug = self._told(number, random), self._slug(random)
        hello = random.choice(self._scribe.words.chat["pembuka"])
        called = self._scribe.reference.catalogue.item(slug).called
        told.says(at.opened - MINUTE * 2, hello.format(hal=called))
        escalate(self._scribe, told, reason, at, random, slug)
        self._scribe.end_of_chat(told, random)


def _later(case: Case, now: datetime, random: Random, *, after: bool) -> datetime:
    """A moment while the case is worked on, or soon after it was."""
    if after or case.submitted_at is None:
        return case.updated_at + timedelta(hours=random.uniform(1, 30))
    end = case.closed_at or now
    return case.submitted_at + (end - case.submitted_at) * random.uniform(0.2, 0.9)

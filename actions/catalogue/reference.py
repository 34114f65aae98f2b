"""Everything that is read at the start and does not change: the hall itself."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from actions.catalogue import (
    Catalogue,
    Complaint,
    Retention,
    Unit,
    read_catalogue,
    read_holidays,
    read_retention,
)
from actions.catalogue.names import Matcher
from actions.catalogue.texts import Texts, read_texts
from actions.catalogue.times import Holiday
from actions.catalogue.word_lists import Words, read_words
from actions.domain.anger import AngerLexicon, read_anger_lexicon
from actions.domain.brakes import USUAL_LIMITS, ChatLimits
from actions.domain.calendar import (
    USUAL_HOURS,
    Hours,
    add_working_days,
    count_working_days,
    is_open,
    read_hours,
    working_day_before,
)
from actions.domain.clocks import Clock, Stage, clock_for
from actions.domain.danger import DangerLexicon, read_danger_lexicon
from actions.domain.fear import FearLexicon, read_fear_lexicon
from actions.domain.lexicon import Lexicon, read_lexicon
from actions.domain.status import CaseKind
from actions.domain.terms import Calendar, Measure, Term


@dataclass(frozen=True, slots=True)
class Notice:
    """A line that citizens read from one day up to and with another, of one unit or of all."""

    text: str
    unit: str | None
    begins: date
    ends: date

    def counts(self, day: date, unit: str | None) -> bool:
        """Whether it is told on that day, where that unit is spoken of, or none."""
        return self.begins <= day <= self.ends and self.unit in {None, unit}


@dataclass(frozen=True)
class ReferenceData:
    """Catalogue, texts, word lists (by the name of their file), calendar, retention, limits.

    What an administrator sets is laid over it, see `overlay`; `notices` and `clocks` come from
    there alone. `public_list` says that reports may be shown to anybody (bot/web/public).
    """

    catalogue: Catalogue
    texts: Texts
    words: Words
    holidays: frozenset[date]
    retention: Retention
    zone: ZoneInfo
    matcher: Matcher
    danger: DangerLexicon
    anger: AngerLexicon
    fear: FearLexicon
    proxy: Lexicon
    staff_chat: str | None = None
    limits: ChatLimits = USUAL_LIMITS
    console_url: str = ""
    public_list: bool = True
    holiday_list: tuple[Holiday, ...] = ()
    notices: tuple[Notice, ...] = ()
    clocks: tuple[Clock, ...] = ()

    def clock_for(self, slug: str, day: date, stage: Stage = Stage.DONE) -> Clock | None:
        """The rule for a case that is sent on a day; None where the catalogue's days count."""
        item = self.catalogue.item(slug)
        kind = CaseKind.COMPLAINT if isinstance(item, Complaint) else CaseKind.REQUEST
        return clock_for(self.clocks, day, unit=item.unit, kind=kind, slug=slug, stage=stage)

    def clock(self, rule_id: int | None) -> Clock | None:
        """A rule by its number."""
        return next((clock for clock in self.clocks if clock.id == rule_id), None)

    def measure(self, rule_id: int | None) -> Measure:
        """What a case counts in that began under a rule, or under none."""
        rule = self.clock(rule_id)
        return Measure.WORKING_DAYS if rule is None else rule.measure

    def promised(self, slug: str, day: date) -> Term:
        """How long a case may take that is sent on a day."""
        rule = self.clock_for(slug, day)
        return rule.term if rule else Term(self.catalogue.item(slug).duration.working_days)

    def in_words(self, term: Term) -> str:
        """A term as it is said: "3 hari kerja"."""
        if term == Term(0, Measure.WORKING_HOURS):
            return self.texts.plain("lama.kurang_sejam")
        return self.texts.plain(f"lama.{term.measure}", jumlah=term.length)

    def notices_on(self, day: date, unit: str | None = None) -> list[str]:
        """What citizens are told on a day, besides what they asked."""
        return [notice.text for notice in self.notices if notice.counts(day, unit)]

    def local(self, moment: datetime) -> datetime:
        """A moment on the office's clock."""
        return moment.astimezone(self.zone)

    def today(self, now: datetime) -> date:
        """The office's date."""
        return self.local(now).date()

    def start_of(self, day: date) -> datetime:
        """The first moment of a day on the office's clock."""
        return datetime.combine(day, time(), self.zone)

    def due(self, start: date, working_days: int) -> date:
        """The working day that lies `working_days` after `start`."""
        return add_working_days(start, working_days, self.catalogue.office.week, self.holidays)

    def working_days(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and with `end`."""
        return count_working_days(start, end, self.catalogue.office.week, self.holidays)

    def working_day_before(self, day: date, working_days: int) -> date:
        """The working day that lies so many working days before `day`."""
        week = self.catalogue.office.week
        return working_day_before(day, working_days, week, self.holidays)

    def is_open(self, unit: str, now: datetime) -> bool:
        """Whether a unit works at this moment; one that says no hours keeps the usual ones."""
        return is_open(self.local(now), self.hours_of(unit), self.holidays)

    def hours_of(self, unit: str) -> Hours:
        """The working hours of a unit, by its key."""
        found = self.catalogue.office.units.get(unit)
        return self.hours(found) if found is not None and found.hours else USUAL_HOURS

    def calendar(self, unit: str) -> Calendar:
        """The days and hours on which a unit works."""
        return Calendar(self.hours_of(unit), self.catalogue.office.week, self.holidays)

    def hours(self, unit: Unit) -> Hours:
        """The opening hours of an office."""
        return read_hours(unit.hours)


def read_reference(
    folder: Path,
    *,
    staff_chat: str | None = None,
    limits: ChatLimits = USUAL_LIMITS,
    console_url: str = "",
    public_list: bool = True,
) -> ReferenceData:
    """Read all of data/; raises ProblemsError with every mistake found."""
    catalogue = read_catalogue(folder)
    words, texts = read_words(folder / "language" / "words"), read_texts(folder / "texts")
    days = read_holidays(folder / "holidays.yml")
    return ReferenceData(
        catalogue=catalogue,
        texts=texts,
        words=words,
        holidays=frozenset(holiday.day for holiday in days),
        holiday_list=days,
        retention=read_retention(folder / "retention.yml"),
        zone=ZoneInfo(catalogue.office.time_zone),
        matcher=Matcher(_names(catalogue), words["slang"], texts.words()),
        anger=read_anger_lexicon(words["marah"], words["slang"]),
        danger=read_danger_lexicon(words["darurat"], words["slang"]),
        fear=read_fear_lexicon(words["takut"], words["slang"]),
        proxy=read_lexicon(words["wakil"]["frasa"], words["wakil"]["kelompok"], words["slang"]),
        staff_chat=staff_chat,
        limits=limits,
        console_url=console_url,
        public_list=public_list,
    )


def _names(catalogue: Catalogue) -> dict[str, list[str]]:
    """How people call services, complaints and offices, by slug."""
    names: dict[str, list[str]] = {}
    for slug, item in (*catalogue.services.items(), *catalogue.complaints.items()):
        names[slug] = [item.called, *item.aliases]
    for slug, unit in (*catalogue.office.units.items(), *catalogue.office.others.items()):
        names[slug] = [unit.short, *unit.aliases]
    return names


def utc_now() -> datetime:
    """The clock of production; tests pass another."""
    return datetime.now(UTC)

"""Everything that is read at the start and does not change: the hall itself."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from actions.catalogue import (
    Catalogue,
    Retention,
    Unit,
    read_catalogue,
    read_holidays,
    read_retention,
)
from actions.catalogue.names import Matcher
from actions.catalogue.texts import Texts, read_texts
from actions.catalogue.word_lists import Words, read_words
from actions.domain.anger import AngerLexicon, read_anger_lexicon
from actions.domain.brakes import USUAL_LIMITS, ChatLimits
from actions.domain.calendar import Hours, add_working_days, read_hours
from actions.domain.danger import DangerLexicon, read_danger_lexicon


@dataclass(frozen=True)
class ReferenceData:
    """Catalogue, texts, word lists (by the name of their file), calendar, retention, limits."""

    catalogue: Catalogue
    texts: Texts
    words: Words
    holidays: frozenset[date]
    retention: Retention
    zone: ZoneInfo
    matcher: Matcher
    danger: DangerLexicon
    anger: AngerLexicon
    staff_chat: str | None = None
    limits: ChatLimits = USUAL_LIMITS
    console_url: str = ""

    def local(self, moment: datetime) -> datetime:
        """A moment on the office's clock."""
        return moment.astimezone(self.zone)

    def today(self, now: datetime) -> date:
        """The office's date."""
        return self.local(now).date()

    def due(self, start: date, working_days: int) -> date:
        """The working day that lies `working_days` after `start`."""
        return add_working_days(start, working_days, self.catalogue.office.week, self.holidays)

    def hours(self, unit: Unit) -> Hours:
        """The opening hours of an office."""
        return read_hours(unit.hours)


def read_reference(
    folder: Path,
    *,
    staff_chat: str | None = None,
    limits: ChatLimits = USUAL_LIMITS,
    console_url: str = "",
) -> ReferenceData:
    """Read all of data/; raises ProblemsError with every mistake found."""
    catalogue = read_catalogue(folder)
    words, texts = read_words(folder / "language" / "words"), read_texts(folder / "texts")
    return ReferenceData(
        catalogue=catalogue,
        texts=texts,
        words=words,
        holidays=read_holidays(folder / "holidays.yml"),
        retention=read_retention(folder / "retention.yml"),
        zone=ZoneInfo(catalogue.office.time_zone),
        matcher=Matcher(_names(catalogue), words["slang"], texts.words()),
        anger=read_anger_lexicon(words["marah"], words["slang"]),
        danger=read_danger_lexicon(words["darurat"], words["slang"]),
        staff_chat=staff_chat,
        limits=limits,
        console_url=console_url,
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

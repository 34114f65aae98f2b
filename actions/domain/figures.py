"""What is counted for reports, and what is made of the counts: shares, middles, priorities."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

MOST_DAYS = 61
"""The last bin of a histogram of working days holds all that took this long or longer."""

AGES = (5, 14, 30, 60)
"""Up to how many working days an open case is as old as that; the last group is older."""


class FigureKind(StrEnum):
    """What a row of figures counts; in brackets what its `part` is."""

    CAME = "masuk"
    CAME_BY_VILLAGE = "masuk_desa"
    CAME_BY_CHANNEL = "masuk_kanal"
    ENDED = "keluar"
    PROMISE = "janji"
    LATE_BY_VILLAGE = "telat_desa"
    LATE_BY_CAUSE = "telat_sebab"
    DAYS = "hari"
    FIRST_ANSWER = "jawab"
    ANSWER_DUE = "jawab_batas"
    REOPENED = "dibuka"
    STEP = "langkah"
    DONE_BY = "selesai_oleh"
    LATE_BY = "telat_oleh"
    ESCALATED = "eskalasi"
    TALK = "obrolan"
    INVITED = "skm_diundang"
    RESPONDED = "skm_responden"
    SCORE = "skm_nilai"
    ELEMENT_SUM = "skm_jumlah"
    ELEMENT_ANSWERS = "skm_isi"
    RESPONDED_BY_VILLAGE = "skm_desa"
    RESPONDED_BY_CHANNEL = "skm_kanal"
    OPEN_BY_AGE = "buka_umur"
    OPEN_BY_VILLAGE = "buka_desa"
    OVERDUE = "lewat"


class TalkPart(StrEnum):
    """What is counted of talks with the bot."""

    ALL = "semua"
    HUMAN = "petugas"
    RESOLVED = "tuntas"
    MISSED = "tak_paham"
    TURNS = "giliran"
    MISSED_TURNS = "giliran_tak_paham"
    CORRECTED = "bukan_itu"


class Grain(StrEnum):
    """How long the time of a row of figures is; `NOW` is how things stand, not what happened."""

    DAY = "hari"
    MONTH = "bulan"
    NOW = "kini"


def day_bin(days: int) -> str:
    """The part under which so many working days are counted."""
    return str(min(days, MOST_DAYS))


@dataclass(frozen=True, slots=True)
class Histogram:
    """How often what took how many working days."""

    counts: Mapping[int, int]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.counts.values())

    def percentile(self, share: Fraction) -> int | None:
        """The least number of days in which at least this share was done; None without any."""
        wanted, reached = share * self.total, 0
        for days in sorted(self.counts):
            reached += self.counts[days]
            if reached >= wanted:
                return days
        return None

    @property
    def median(self) -> int | None:
        """In how many days half of them were done."""
        return self.percentile(Fraction(1, 2))

    @property
    def slow(self) -> int | None:
        """In how many days nine of ten were done."""
        return self.percentile(Fraction(9, 10))


def histogram(parts: Mapping[str, int]) -> Histogram:
    """From counts by `day_bin`."""
    return Histogram({int(part): count for part, count in parts.items()})


def percent(part: int, whole: int) -> int | None:
    """A share in percent, rounded half up; None of nothing."""
    return int(Fraction(part * 100, whole) + Fraction(1, 2)) if whole else None


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides how much a service needs care.

    `marks` is the sum of `rated` single scores from 1 to 4.
    """

    came: int
    open: int
    overdue: int
    kept: int
    broken: int
    marks: int = 0
    rated: int = 0

    @property
    def on_time(self) -> int | None:
        """Kept promises of all that were due, in percent."""
        return percent(self.kept, self.kept + self.broken)

    @property
    def satisfaction(self) -> int | None:
        """The mean score, on a scale from 0 to 100."""
        return percent(self.marks - self.rated, 3 * self.rated)

    @property
    def performance(self) -> int | None:
        """The mean of what is known of being on time and satisfaction."""
        known = [value for value in (self.on_time, self.satisfaction) if value is not None]
        return percent(sum(known), 100 * len(known))


@dataclass(frozen=True, slots=True)
class Priority:
    """Urgency, relevance and impact from 0 to 100, and their mean."""

    urgency: int
    relevance: int
    impact: int

    @property
    def score(self) -> int:
        """All three weigh alike."""
        return percent(self.urgency + self.relevance + self.impact, 300) or 0


def priority(standing: Standing, most_came: int) -> Priority:
    """How much a service needs care, beside the one to which most people came.

    Urgency is the share of late ones among open cases and due promises, relevance the volume
    beside the largest, impact what is missing to full satisfaction (0 where nobody said).
    """
    late = standing.overdue + standing.broken
    all_due = standing.open + standing.kept + standing.broken
    satisfaction = standing.satisfaction
    return Priority(
        urgency=percent(late, all_due) or 0,
        relevance=percent(standing.came, most_came) or 0,
        impact=0 if satisfaction is None else 100 - satisfaction,
    )

"""What figures are split by, in words: causes, villages, ages, ways in, reasons, people."""

from actions.domain.figures import AGES, FigureKind
from actions.domain.work import Channel, PromiseOutcome
from bot.console.reports.frame import Frame

VILLAGES = frozenset(
    {FigureKind.CAME_BY_VILLAGE, FigureKind.LATE_BY_VILLAGE, FigureKind.OPEN_BY_VILLAGE}
)


def cause_name(frame: Frame, cause: str) -> str:
    """A cause of lateness; what nobody has chosen yet says so."""
    if not cause:
        return frame.console.word("laporan.tanpa_sebab")
    return frame.console.reference.catalogue.office.late_causes.get(cause, cause)


def village_name(frame: Frame, village: str) -> str:
    """A village, or that none was named."""
    return village or frame.console.word("laporan.tanpa_desa")


def channel_name(frame: Frame, channel: str) -> str:
    """By which way a case came."""
    known = channel in {each.value for each in Channel}
    return frame.console.word(f"kanal.{channel}") if known else channel


def age_name(frame: Frame, part: str) -> str:
    """A group of ages of open cases: "6–14 hari kerja"."""
    word = frame.console.word
    if not part:
        return word("laporan.umur_lebih", lebih=AGES[-1])
    below = max((most for most in AGES if most < int(part)), default=-1)
    return word("laporan.umur", dari=below + 1, sampai=part)


def reason_name(frame: Frame, reason: str) -> str:
    """Why a human was called."""
    key, texts = f"petugas.sebab.{reason}", frame.console.reference.texts
    return texts.plain(key) if key in texts else reason


def name_of(frame: Frame, kind: FigureKind, part: str | None) -> str:
    """The part of a figure in words; empty for all parts, and for people, whom no page names."""
    if part is None:
        return ""
    if kind in VILLAGES:
        return village_name(frame, part)
    match kind:
        case FigureKind.LATE_BY_CAUSE:
            return cause_name(frame, part)
        case FigureKind.CAME_BY_CHANNEL:
            return channel_name(frame, part)
        case FigureKind.OPEN_BY_AGE:
            return age_name(frame, part)
        case FigureKind.ESCALATED:
            return reason_name(frame, part)
        case FigureKind.PROMISE if part in set(PromiseOutcome):
            return frame.console.word(f"laporan.janji.{part}")
    return ""

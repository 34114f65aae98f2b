"""Which of our offices a complaint is about: it never sees the case, and never works on it."""

from actions.catalogue import Complaint
from actions.catalogue.models import Unit
from actions.catalogue.reference import ReferenceData
from actions.domain.text import plain_words
from actions.forms.form import Answers
from actions.storage.tables import Case

_LIKELY = 0.5
_MARK = "|"


def note(reference: ReferenceData, case: Case) -> None:
    """Keep which units a case is about; where that is the one that works on such, another does."""
    item = reference.catalogue.find(case.slug)
    if not isinstance(item, Complaint) or item.reported is None:
        return
    units = reported_units(reference, case.answers, item.reported)
    case.reported = marked(units)
    if case.unit in units and item.stand_in is not None:
        case.unit = item.stand_in


def marked(units: set[str]) -> str | None:
    """Units as the column keeps them, "|unit|unit|"; nothing for none."""
    return f"{_MARK}{_MARK.join(sorted(units))}{_MARK}" if units else None


def mark(unit: str) -> str:
    """One unit as it stands in the column."""
    return f"{_MARK}{unit}{_MARK}"


def is_about(case: Case, unit: str | None) -> bool:
    """Whether a case complains of a unit."""
    return unit is not None and mark(unit) in (case.reported or "")


def reported_units(reference: ReferenceData, answers: Answers, key: str) -> set[str]:
    """The units that an answer names, also with a slip, or else those of the whole story."""
    said = str(answers.get(key) or "")
    units = reference.catalogue.office.units
    likely = {one.name for one in reference.matcher.rank(said) if one.confidence >= _LIKELY}
    return (_named(reference, said) | (likely & units.keys())) or _named(
        reference, " ".join(str(said) for said in answers.values() if isinstance(said, str))
    )


def _named(reference: ReferenceData, text: str) -> set[str]:
    spoken = f" {' '.join(plain_words(text))} "
    units = reference.catalogue.office.units.items()
    return {key for key, unit in units if any(f" {name} " in spoken for name in _names(unit))}


def _names(unit: Unit) -> set[str]:
    known = (unit.name, unit.short, *unit.aliases, *unit.includes)
    return {" ".join(plain_words(name)) for name in known}

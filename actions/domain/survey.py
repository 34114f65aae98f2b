"""The public satisfaction survey (SKM) and its index (IKM), PermenPANRB 14/2017.

Elements are known by code because sources order the last two differently. Each has exactly
one ninth of the weight; the common 0.11 would lose a hundredth of the index.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType


class Element(StrEnum):
    """What citizens give a score from 1 to 4."""

    REQUIREMENTS = "persyaratan"
    PROCEDURE = "prosedur"
    TIME = "waktu"
    FEE = "biaya"
    PRODUCT = "produk"
    COMPETENCE = "kompetensi"
    CONDUCT = "perilaku"
    COMPLAINTS = "pengaduan"
    FACILITIES = "sarana"


class Grade(StrEnum):
    """Quality of service; A is best."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


LOWEST_SCORE, HIGHEST_SCORE = 1, 4
_FLOORS = ((Grade.A, "88.31"), (Grade.B, "76.61"), (Grade.C, "65.00"), (Grade.D, "25.00"))
_CHI_SQUARE = Fraction("3.841")
_VARIANCE = Fraction(1, 4)
_ERROR_SQUARED = Fraction("0.0025")

Marks = Mapping[Element, int]
"""What one citizen answered; elements that were left out are missing."""


@dataclass(frozen=True, slots=True)
class Index:
    """The result of a period.

    `nrr` is the mean score of each element that anybody answered, rounded half-up to two
    decimals. `ikm` is None while an element has no answer at all. `grade` is None as long as
    the sample is too small (`n` below `needed`): then say so instead.
    """

    nrr: Mapping[Element, Decimal]
    ikm: Decimal | None
    grade: Grade | None
    n: int
    needed: int

    @property
    def sufficient(self) -> bool:
        """Whether enough citizens answered."""
        return self.n >= self.needed

    def lowest(self, count: int = 3) -> tuple[Element, ...]:
        """The elements with the lowest scores, lowest first."""
        return tuple(sorted(self.nrr, key=lambda element: self.nrr[element])[:count])


@dataclass(frozen=True, slots=True)
class Sums:
    """What many citizens answered: per element the sum of the scores, and how many gave one.

    `n` is how many citizens answered at least one element.
    """

    totals: Mapping[Element, int]
    answers: Mapping[Element, int]
    n: int


def index(answers: Iterable[Marks], served: int) -> Index:
    """Compute the index from citizens' scores; `served` is how many were served in the period.

    Raises ValueError for a score that is not 1 to 4.
    """
    given = [scores for scores in answers if scores]
    each = {e: [scores[e] for scores in given if e in scores] for e in Element}
    for element, scores in each.items():
        if any(not LOWEST_SCORE <= score <= HIGHEST_SCORE for score in scores):
            raise ValueError(f"a score for {element} is not {LOWEST_SCORE} to {HIGHEST_SCORE}")
    totals = {element: sum(scores) for element, scores in each.items()}
    counts = {element: len(scores) for element, scores in each.items()}
    return index_of(Sums(totals, counts, len(given)), served)


def index_of(sums: Sums, served: int) -> Index:
    """Compute the index from sums; `served` is how many were served in the period."""
    means = {
        element: Fraction(sums.totals[element], sums.answers[element])
        for element in Element
        if sums.answers.get(element)
    }
    needed = sample_size(served)
    ikm = _ikm(means)
    enough = ikm is not None and sums.n >= needed
    return Index(
        nrr=MappingProxyType({element: _round(mean) for element, mean in means.items()}),
        ikm=ikm,
        grade=grade(ikm) if ikm is not None and enough else None,
        n=sums.n,
        needed=needed,
    )


def sample_size(served: int) -> int:
    """How many of `served` citizens must answer (Krejcie and Morgan, 5 % error)."""
    if served < 1:
        return 0
    spread = _CHI_SQUARE * _VARIANCE
    size = spread * served / (_ERROR_SQUARED * (served - 1) + spread)
    return int(size + Fraction(1, 2))


def grade(ikm: Decimal) -> Grade:
    """The grade of a rounded index; raises ValueError outside 25 to 100."""
    for letter, floor in _FLOORS:
        if Decimal(floor) <= ikm <= Decimal(100):
            return letter
    raise ValueError(f"an index lies between 25 and 100, not {ikm}")


def _ikm(means: Mapping[Element, Fraction]) -> Decimal | None:
    if len(means) < len(Element):
        return None
    return _round(sum(means.values(), Fraction(0)) / len(Element) * 25)


def _round(value: Fraction) -> Decimal:
    """Round half-up to two decimals, exactly."""
    return Decimal(int(value * 100 + Fraction(1, 2))) / 100

"""The satisfaction index, with the check that was computed by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.domain.survey import (
    Element,
    Grade,
    Marks,
    Sums,
    grade,
    index,
    index_of,
    sample_size,
)

TOTALS = (105, 101, 100, 116, 102, 105, 106, 105, 115)
marks = st.dictionaries(st.sampled_from(Element), st.integers(1, 4))


def spread(total: int, people: int) -> list[int]:
    """Marks of so many people, as even as can be, with this sum."""
    low, more = divmod(total, people)
    return [low + (person < more) for person in range(people)]


def twenty_nine() -> list[Marks]:
    columns = [spread(total, 29) for total in TOTALS]
    return [dict(zip(Element, row, strict=True)) for row in zip(*columns, strict=True)]


def test_the_index_of_the_check() -> None:
    result = index(twenty_nine(), served=31)
    assert result.ikm == Decimal("91.48")
    assert result.n == 29
    assert result.sufficient
    assert result.grade is Grade.A
    assert result.lowest() == (Element.TIME, Element.PROCEDURE, Element.PRODUCT)
    assert result.nrr[Element.FEE] == Decimal("4.00")


def test_sums_give_the_same_index_as_single_answers() -> None:
    totals = dict(zip(Element, TOTALS, strict=True))
    sums = Sums(totals, dict.fromkeys(Element, 29), 29)
    assert index_of(sums, served=31) == index(twenty_nine(), served=31)
    assert index_of(sums, served=31).ikm == Decimal("91.48")


def test_a_small_sample_has_an_index_but_no_grade() -> None:
    result = index(twenty_nine(), served=100)
    assert (result.n, result.needed, result.sufficient) == (29, 80, False)
    assert result.ikm == Decimal("91.48")
    assert result.grade is None


def test_partial_answers_count_where_given() -> None:
    everything: Marks = dict.fromkeys(Element, 4)
    result = index([everything, {Element.TIME: 1}, {}], served=2)
    assert result.nrr[Element.TIME] == Decimal("2.50")
    assert result.nrr[Element.FEE] == Decimal("4.00")
    assert result.ikm == Decimal("95.83")
    assert result.n == 2


def test_an_element_that_nobody_answered_leaves_the_index_open() -> None:
    result = index([{Element.TIME: 3}], served=1)
    assert result.ikm is None
    assert result.grade is None
    assert dict(result.nrr) == {Element.TIME: Decimal("3.00")}


@pytest.mark.parametrize("mark", [0, 5, -1])
def test_a_mark_outside_the_scale_is_refused(mark: int) -> None:
    with pytest.raises(ValueError, match="waktu"):
        index([{Element.TIME: mark}], served=1)


@pytest.mark.parametrize(
    ("ikm", "letter"),
    [
        ("25.00", Grade.D),
        ("64.99", Grade.D),
        ("65.00", Grade.C),
        ("76.60", Grade.C),
        ("76.61", Grade.B),
        ("88.30", Grade.B),
        ("88.31", Grade.A),
        ("100.00", Grade.A),
    ],
)
def test_grades_at_their_edges(ikm: str, letter: Grade) -> None:
    assert grade(Decimal(ikm)) is letter


def test_an_index_below_the_scale_has_no_grade() -> None:
    with pytest.raises(ValueError, match="25 and 100"):
        grade(Decimal("24.99"))


@pytest.mark.parametrize(
    ("served", "needed"),
    [(0, 0), (1, 1), (10, 10), (100, 80), (500, 217), (1000, 278), (10_000, 370)],
)
def test_sample_sizes(served: int, needed: int) -> None:
    assert sample_size(served) == needed


@given(st.lists(marks), st.integers(0, 10_000))
def test_any_marks_give_an_index_within_the_scale(answers: list[Marks], served: int) -> None:
    result = index(answers, served)
    assert result.n == sum(1 for answer in answers if answer)
    assert all(1 <= mean <= 4 for mean in result.nrr.values())
    if result.ikm is not None:
        assert 25 <= result.ikm <= 100
    assert result.grade is None or result.sufficient


@given(st.lists(marks, min_size=1))
def test_the_order_of_answers_does_not_matter(answers: list[Marks]) -> None:
    shuffled = sorted(answers, key=repr)
    assert index(shuffled, 50) == index(answers, 50)


@given(st.integers(1, 100_000))
def test_a_sample_is_never_larger_than_those_served(served: int) -> None:
    assert 1 <= sample_size(served) <= served
    assert sample_size(served) <= sample_size(served + 1)

"""The table in SECURITY.md: every row says how it stands and why, and names tests that exist."""

from __future__ import annotations

import re

import pytest

from tests.meta.sources import ROOT

SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (V\d[^|]*) \| ([^|]*) \| (.*) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
NUMBER = re.compile(r"V(\d+)\.(\d+)\.(\d+)(?: to V\1\.\2\.(\d+))?")
ROWS = ROW.findall(SECURITY)
LEVEL_2 = """
1.1: 1 2 3 4 5 6 7; 1.2: 1 2 3 4; 1.4: 1 4 5; 1.5: 1 2 3 4; 1.6: 1 2 3 4; 1.7: 1 2; 1.8: 1 2;
1.9: 1 2; 1.10: 1; 1.11: 1 2; 1.12: 2; 1.14: 1 2 3 4 5 6;
2.1: 1 2 3 4 5 6 7 8 9 10 11 12; 2.2: 1 2 3; 2.3: 1 2 3; 2.4: 1 2 3 4 5 6; 2.5: 1 2 3 4 5 6 7;
2.6: 1 2 3; 2.7: 1 2 3 4 5 6; 2.8: 1 2 3 4 5 6 7; 2.9: 1 2 3; 2.10: 1 2 3 4;
3.1: 1; 3.2: 1 2 3 4; 3.3: 1 2 3 4; 3.4: 1 2 3 4 5; 3.5: 1 2 3; 3.7: 1;
4.1: 1 2 3 5; 4.2: 1 2; 4.3: 1 2 3;
5.1: 1 2 3 4 5; 5.2: 1 2 3 4 5 6 7 8; 5.3: 1 2 3 4 5 6 7 8 9 10; 5.4: 1 2 3; 5.5: 1 2 3 4;
6.1: 1 2 3; 6.2: 1 2 3 4 5 6; 6.3: 1 2; 6.4: 1 2;
7.1: 1 2 3 4; 7.2: 1 2; 7.3: 1 3 4; 7.4: 1 2 3;
8.1: 1 2 3 4; 8.2: 1 2 3; 8.3: 1 2 3 4 5 6 7 8;
9.1: 1 2 3; 9.2: 1 2 3 4; 10.2: 1 2; 10.3: 1 2 3; 11.1: 1 2 3 4 5 6 7 8;
12.1: 1 2 3; 12.2: 1; 12.3: 1 2 3 4 5 6; 12.4: 1 2; 12.5: 1 2; 12.6: 1;
13.1: 1 3 4 5; 13.2: 1 2 3 5 6; 13.3: 1 2; 13.4: 1 2;
14.1: 1 2 3 4; 14.2: 1 2 3 4 5 6; 14.3: 2 3; 14.4: 1 2 3 4 5 6 7; 14.5: 1 2 3 4
"""
"""The numbers of the requirements of levels 1 and 2, without those that were deleted."""


def numbers(cell: str) -> list[tuple[int, int, int]]:
    """The requirements that a row is about."""
    found = []
    for chapter, section, first, last in NUMBER.findall(cell):
        span = range(int(first), int(last or first) + 1)
        found += [(int(chapter), int(section), number) for number in span]
    return found


def level_2() -> set[tuple[int, int, int]]:
    """All of them."""
    found = set()
    for section in LEVEL_2.split(";"):
        name, _, told = section.strip().partition(": ")
        chapter, part = map(int, name.split("."))
        found |= {(chapter, part, int(number)) for number in told.split()}
    return found


def test_every_requirement_of_the_level_has_its_row() -> None:
    told = [number for what, _, _ in ROWS for number in numbers(what)]
    assert set(told) == level_2()
    assert [number for number in told if told.count(number) > 1] == []


@pytest.mark.parametrize("row", ROWS, ids=[what.split()[0].strip(",") for what, _, _ in ROWS])
def test_a_row_says_how_it_stands_and_why(row: tuple[str, str, str]) -> None:
    what, state, why = row
    assert numbers(what), what
    assert state in {"met", "partly", "not", "none"}, what
    assert why.strip(), what


def test_every_test_that_is_named_exists() -> None:
    named = TEST.findall(SECURITY)
    assert len(named) > 80
    missing = [
        f"{path}::{name}"
        for path, name in named
        if not re.search(rf"^(?:async )?def {name}\(", (ROOT / path).read_text(), re.MULTILINE)
    ]
    assert missing == []
    assert SECURITY.count("tests/") == len(named) + SECURITY.count("tests/README.md")

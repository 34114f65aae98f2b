"""What a reply may do to the page: be bold, be a link, and nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.markup import shown
from bot.web.room import PROCESSES, Numbers

PIECES = st.sampled_from(
    [
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<code>",
        "<script>",
        "<b onclick=x>",
        "&lt;",
        "&",
        '"',
        "a",
        " ",
    ]
)
ALLOWED = re.compile(
    r'</?(?:b|i|code)>|<a href="https?://[^"<>]*" rel="noopener noreferrer" target="_blank">|</a>'
)


@given(st.lists(PIECES | st.text(max_size=5), max_size=12).map("".join))
def test_nothing_but_three_tags_and_links_is_markup(text: str) -> None:
    bare = ALLOWED.sub("", str(shown(text)))
    assert "<" not in bare
    assert ">" not in bare


@given(st.lists(PIECES, max_size=12).map("".join))
def test_every_tag_is_closed_in_its_turn(text: str) -> None:
    opened: list[str] = []
    for closing, name in re.findall(r"<(/?)(b|i|code)>", str(shown(text))):
        if closing:
            assert opened.pop() == name
        else:
            opened.append(name)
    assert opened == []


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("Kode: <b>SMJ</b> &amp; lagi", "Kode: <b>SMJ</b> &amp; lagi"),
        ("<b>a", "<b>a</b>"),
        ("</b>a", "a"),
        ("<img src=x>", "&lt;img src=x&gt;"),
        ("javascript:alert(1)", "javascript:alert(1)"),
    ],
)
def test_texts(text: str, page: str) -> None:
    assert str(shown(text)) == page


def test_an_address_is_a_link_without_the_stop_behind_it() -> None:
    assert 'href="https://lapor.go.id/x"' in str(shown("Lihat https://lapor.go.id/x."))


@given(st.lists(st.integers(0, 2**50), min_size=1, max_size=20), st.integers(0, PROCESSES - 1))
def test_numbers_rise_and_no_two_processes_share_one(times: list[int], own: int) -> None:
    numbers, other = Numbers(own), Numbers((own + 1) % PROCESSES)
    given_out = [numbers.next(time) for time in times]
    assert given_out == sorted(set(given_out))
    assert not set(given_out) & {other.next(time) for time in times}
    assert max(given_out) < 2**63

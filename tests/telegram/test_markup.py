"""Long texts are cut into messages without losing a word or breaking a tag."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.markup import length, split, visible
from tests.support.telegram.strict import parse_html

WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters="<&>", exclude_categories=["Cs", "Cc"]),
    min_size=1,
    max_size=12,
)
PIECES = st.one_of(
    WORDS,
    st.sampled_from([" ", "\n", "\n\n", "&lt;", "&amp;", "😀"]),
    st.tuples(st.sampled_from(["b", "i", "code"]), WORDS).map(
        lambda p: f"<{p[0]}>{p[1]}</{p[0]}>"
    ),
    st.builds(lambda a, b: f"<b>{a} <i>{b}</i>\n{a}</b>", WORDS, WORDS),
)
TEXTS = st.lists(PIECES, max_size=60).map("".join)


def words(text: str) -> str:
    return "".join(text.split())


@given(text=TEXTS, limit=st.integers(8, 80))
def test_nothing_is_lost_and_every_part_is_whole(text: str, limit: int) -> None:
    parts = split(text, limit)

    assert words("".join(visible(part) for part in parts)) == words(visible(text))
    for part in parts:
        assert length(parse_html(part)) <= limit


@given(text=TEXTS)
def test_what_fits_is_not_touched(text: str) -> None:
    assert split(text) == [text]


def test_a_paragraph_is_a_better_place_than_a_line_or_a_word() -> None:
    text = "satu dua\ntiga empat\n\nlima enam tujuh"

    assert [part.strip() for part in split(text, 26)] == [
        "satu dua\ntiga empat",
        "lima enam tujuh",
    ]
    assert [part.strip() for part in split("satu dua tiga empat", 10)] == [
        "satu dua",
        "tiga empat",
    ]


def test_an_open_tag_is_closed_and_opened_again() -> None:
    assert split("<b>satu dua tiga</b>", 9) == ["<b>satu dua </b>", "<b>tiga</b>"]


def test_emoji_count_twice_as_telegram_counts_them() -> None:
    assert all(length(visible(part)) <= 4096 for part in split("😀" * 3000))


def test_a_word_longer_than_a_message_is_cut() -> None:
    parts = split("a" * 10_000)

    assert len(parts) >= 3
    assert "".join(parts) == "a" * 10_000

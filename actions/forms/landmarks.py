"""Finds the landmarks that everybody in the regency knows in what people write."""

from collections.abc import Iterator, Sequence

from actions.domain.sites import Landmark
from actions.domain.text import all_alike, words_of
from actions.forms.context import Area
from actions.forms.places import AREA_WORDS, ROAD_WORDS, find_place, mentions

WORD_ALIKE = 75
"""From how much, of 100, a word may be one of a landmark's name, before the name is looked at."""


def find_landmark(text: str, area: Area) -> Landmark | None:
    """The one landmark that a text names.

    Nothing when several are called so, when the text puts it into another village than the
    one it stands in, and when only a road is called after it.
    """
    found = list(dict.fromkeys(_named(text, area)))
    longest = [one for one in found if not any(_says_more(other, one) for other in found)]
    return longest[0] if len(longest) == 1 else None


def _named(text: str, area: Area) -> Iterator[Landmark]:
    words = area.sites.plain(words_of(text))
    for mention in mentions(words, _likely(words, area)):
        if mention.before in ROAD_WORDS | AREA_WORDS:
            continue
        said = set(words[mention.start : mention.end])
        besides = " ".join([*words[: mention.start], *words[mention.end :]])
        village = find_place(besides, area).village
        for landmark in area.sites.by_name[mention.name]:
            only_village = said <= set(words_of(landmark.village)) and not is_village(landmark)
            if village in {None, landmark.village} and not only_village:
                yield landmark


def _likely(words: Sequence[str], area: Area) -> list[str]:
    """The names that share a word with the text, be it with a typo: few of all."""
    known = area.sites.by_word
    alike = {near for word in words for near, _ in all_alike(word, tuple(known), WORD_ALIKE)}
    return sorted({name for word in alike for name in known[word]})


def is_village(landmark: Landmark) -> bool:
    """Whether a landmark is called like its village, so that its name alone may mean either."""
    return landmark.name.casefold() == landmark.village.casefold()


def _says_more(one: Landmark, other: Landmark) -> bool:
    """Whether one name has all words of another one and more."""
    return set(words_of(one.name)) > set(words_of(other.name))

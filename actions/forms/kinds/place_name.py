"""What a place is called, of the words that say where something is."""

from actions.domain.text import words_of
from actions.forms.kinds.place_words import SAYS_NOTHING

LONGEST_NAME = 60


def place_name(text: str) -> str:
    """What a landmark is called, of words that say where something is: "depan warung bu Tini".

    Words around it that name no place are left out; RT and RW are behind it.
    """
    words = text.split()
    named = [not _says_nothing(word) for word in words]
    if not any(named):
        return text
    first = named.index(True)
    last = len(named) - named[::-1].index(True)
    return " ".join(words[first:last])[:LONGEST_NAME].strip(" ,.;")


def _says_nothing(word: str) -> bool:
    return all(part in SAYS_NOTHING or part.isdigit() for part in words_of(word))

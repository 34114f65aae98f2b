"""One list of phrases, and whether a text says any of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from actions.domain.phrases import Phrases, Vocabulary, locate, read_phrases, vocabulary


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases in the notation of `phrases`, with the vocabulary to find them by."""

    phrases: Phrases
    known: Vocabulary

    def says(self, text: str) -> bool:
        """Whether one of the phrases stands in a text, also in slang or with a typo."""
        return self.phrases.any_in(locate(text, self.known))


def read_lexicon(
    lines: Iterable[str], groups: Mapping[str, list[str]], slang: Mapping[str, str]
) -> Lexicon:
    """Make a lexicon of lines, groups of words, and what words stand for."""
    phrases = read_phrases(lines, groups)
    ordinary = {word for words in groups.values() for word in words}
    return Lexicon(phrases, vocabulary(phrases, (), slang=slang, ordinary=ordinary))

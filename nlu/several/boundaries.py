"""Finds the places where a message may go over from one wish to the next.

A boundary is a run of linking words and marks: ", terus sekalian" is one. How strongly it turns
to something else says how sure the parts must be of their difference.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from nlu.several.language import Language, Phrase, Turn
from nlu.text.tokenizer import Word, cut

Normalise = Callable[[str], str]

_MARK = re.compile(
    r"(?P<ask>(?:(?<![.!])[.!]+)?\?[.?!]*)"
    r"|(?P<stop>(?<![.!;])[.!;]+(?=\s|$)|(?:(?<!\s)[^\S\n]*)?\n\s*)"
    r"|(?P<comma>,(?!\d)|\s-+\s|\s/\s|:\s)"
)
LONGEST_SHORTENED = 40
"""How far before a full stop an abbreviation is looked for."""
_LAST_WORD = re.compile(r"(?:\w\.)?\w+$")


@dataclass(frozen=True)
class Boundary:
    """What stands between two parts: the first ends at `start`, the next begins at `end`."""

    start: int
    end: int
    turn: Turn


@dataclass(frozen=True)
class Said:
    """A word as it was written, lower-cased, and its plain form."""

    raw: str
    plain: str
    start: int
    end: int

    def is_any(self, words: Collection[str]) -> bool:
        """Whether the word is one of these, as written or in its plain form."""
        return self.raw in words or self.plain in words


def said(text: str, plain: Normalise) -> list[Said]:
    """Return the words of a text with their plain forms."""
    return [_plain_word(word, text, plain) for word in cut(text)]


def find_boundaries(text: str, words: Sequence[Said], language: Language) -> list[Boundary]:
    """Return every boundary, in reading order."""
    return list(_joined([*_marks(text, language), *_linking(words, text, language)], text))


def _plain_word(word: Word, text: str, plain: Normalise) -> Said:
    """A name in capitals, such as SMA, is no chat spelling."""
    capitals = text[word.start : word.end].isupper() and len(word.text) > 1
    meant = word.text if capitals and not text.isupper() else plain(word.text)
    return Said(word.text, meant, word.start, word.end)


def _marks(text: str, language: Language) -> Iterator[Boundary]:
    for match in _MARK.finditer(text):
        if match["comma"]:
            yield Boundary(*match.span(), Turn.COMMA)
        elif match["ask"]:
            yield Boundary(*match.span(), Turn.LINK)
        elif match[0] != "." or not _abbreviates(
            text[: match.start()][-LONGEST_SHORTENED:], language
        ):
            yield Boundary(*match.span(), Turn.STOP)


def _abbreviates(before: str, language: Language) -> bool:
    last = _LAST_WORD.search(before.lower())
    return last is not None and (last[0].isdigit() or last[0] in language.words["singkatan"])


def _linking(words: Sequence[Said], text: str, language: Language) -> Iterator[Boundary]:
    position = 0
    while position < len(words):
        phrase = _phrase_at(words, position, language)
        if phrase and _links(words, position, phrase, text, language):
            last = words[position + len(phrase) - 1]
            yield Boundary(words[position].start, last.end, language.turns[phrase])
        position += max(len(phrase), 1)


def _phrase_at(words: Sequence[Said], position: int, language: Language) -> Phrase:
    """Return the longest phrase that stands at a position, or an empty one."""
    standing = (
        phrase
        for first in {words[position].raw, words[position].plain}
        for phrase in language.phrases.get(first, ())
        if _stands(words[position : position + len(phrase)], phrase)
    )
    return max(standing, key=len, default=())


def _stands(ahead: Sequence[Said], phrase: Phrase) -> bool:
    same = (word.is_any((part,)) for word, part in zip(ahead, phrase, strict=False))
    return len(ahead) == len(phrase) and all(same)


def _links(
    words: Sequence[Said], position: int, phrase: Phrase, text: str, language: Language
) -> bool:
    """Whether a phrase links two parts here: "sama petugas" and "mati terus, ..." do not."""
    end = position + len(phrase)
    before, after = words[max(position - 1, 0) : position], words[end : end + 1]
    if any(word.is_any(language.not_after.get(phrase, ())) for word in before):
        return False
    if any(word.is_any(language.not_before.get(phrase, ())) for word in after):
        return False
    stopped = text[words[end - 1].end :][:1] in {",", "."}
    return not stopped or len(phrase) > 1 or language.turns[phrase] is Turn.TOPIC


def _joined(boundaries: list[Boundary], text: str) -> Iterator[Boundary]:
    """Join what follows one another without a word between; drop what has no part on a side."""
    last: Boundary | None = None
    for each in sorted(boundaries, key=lambda boundary: boundary.start):
        if last and not text[last.end : each.start].strip():
            last = Boundary(last.start, max(last.end, each.end), max(last.turn, each.turn))
            continue
        if last and text[: last.start].strip():
            yield last
        last = each
    if last and text[: last.start].strip() and text[last.end :].strip():
        yield last

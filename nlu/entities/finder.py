"""All entity rules together, with the lists of one office; `tagger.py` finds the other kinds."""

from collections.abc import Mapping

from nlu.entities.amounts import amounts
from nlu.entities.area import Area
from nlu.entities.moments import moments
from nlu.entities.numbers import codes, identity_numbers, phones
from nlu.entities.places import neighbourhoods
from nlu.entities.span import Span, without_overlaps

CATALOGUE_KINDS = ("layanan", "keluhan", "kantor")
LISTS = ("wilayah/desa", "wilayah/kecamatan", "kode/awalan")
_STRONG = ("nik", "kk", "kode", "hp")


class Finder:
    """Finds what has a form or stands in a list; `lists` are those of `LISTS`."""

    def __init__(self, lists: Mapping[str, list[str]]) -> None:
        self._area = Area(lists.get("wilayah/desa", []), lists.get("wilayah/kecamatan", []))
        self._prefixes = list(lists.get("kode/awalan", []))

    def find(self, text: str) -> list[Span]:
        """Return the entities of a text in reading order."""
        numbers = [*identity_numbers(text), *codes(text, self._prefixes), *phones(text)]
        strong = _without_lesser(numbers)
        others = [*amounts(text), *moments(text), *neighbourhoods(text)]
        free = [span for span in others if not _inside_any(span, strong)]
        return without_overlaps([*strong, *free, *self._area.find(text)])


def _without_lesser(spans: list[Span]) -> list[Span]:
    """A stretch of digits is one number: the first of NIK or KK, code, telephone."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (_STRONG.index(s.kind), -s.certainty)):
        if not _inside_any(span, kept):
            kept.append(span)
    return kept


def _inside_any(span: Span, others: list[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)

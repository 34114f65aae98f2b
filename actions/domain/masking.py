"""Takes out of a sentence what tells who wrote it, before the sentence is kept.

What is taken out leaves a slot, as the training sentences have them: "{nama}". What the NLU found
counts, and so do patterns, since it may have missed something or not been asked at all.
"""

import re
from collections.abc import Container, Iterator, Sequence

from actions.domain.understanding import Entity

NAME, NIK, KK, PHONE, CODE, DAY = "nama", "nik", "kk", "hp", "kode", "tanggal"
ADDRESS, CONTACT, NUMBER = "alamat", "kontak", "nomor"
SLOTS = (NAME, NIK, KK, PHONE, CODE, DAY, ADDRESS, CONTACT, NUMBER)
_FOUND = {
    "nama": NAME,
    "nik": NIK,
    "kk": KK,
    "hp": PHONE,
    "kode": CODE,
    "patokan": ADDRESS,
    "rt_rw": ADDRESS,
    "tanggal": DAY,
}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}[-/.]\d{1,2}[-/.]\d{2}")
_CONTACT = re.compile(r"\S{1,64}@\w\S{0,80}|(?<!\S)@\w{3,40}")
_DATE = re.compile(r"(?<!\d)\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d\d(?!\d)")
_DIGITS = re.compile(r"\+?\d(?:[ .-]?[\doO]){4,}")
_FAMILY_CARD = re.compile(r"\b(?:kk|keluarga)\b[^\d]{0,20}$", re.IGNORECASE)
_PHONE_LENGTHS = range(9, 15)
_CARD = 16
_CASE_CODE = re.compile(r"\b[A-Za-z]{2,4}-[A-Za-z0-9]{2,4}-[A-Za-z0-9]{1,4}\b")
_RT_RW = re.compile(r"\brt\W{0,2}\d{1,3}(?:\W{0,3}rw\W{0,2}\d{1,3})?\b", re.IGNORECASE)
_STREET = re.compile(
    r"\b(?:jln|jl|gang|gg|perumahan|perum|komplek|kompleks|blok)\b\.?\s{1,3}", re.IGNORECASE
)
_WAY = re.compile(r"\b[Jj]alan\s{1,2}(?=[A-Z][a-z])")
_HOUSE = re.compile(
    r"\b(?:(?:jalan|jln|jl|gang|gg)\b\.?\s(?:[^\W\d]{1,20}\s){1,3})?"
    r"(?:no|nomor|nomer)\b\.?\s{0,2}\d{1,4}\w?\b",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\b(?:nama(?:nya|ku)?(?:\s(?:saya|sy|aku|lengkap|anak|istri|suami|ibu|ayah|bapak)(?:nya)?){0,2}"
    r"|atas\snama|a\.n\.?|an\.|bernama|panggil\ssaya)\s{0,2}[:=]?\s{0,2}",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\b(?:pak|bapak|bu|ibu|mas|mbak|bang|kang|ustad|ustaz|haji|hj|h)\b\.?\s", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_][\w'.-]*")
_NAME_WORDS, _STREET_WORDS = 3, 3
_OF_ONE_KIND = (
    (_CONTACT, CONTACT),
    (_CASE_CODE, CODE),
    (_RT_RW, ADDRESS),
    (_HOUSE, ADDRESS),
    (_DATE, DAY),
)

Span = tuple[int, int, str]


def mask(text: str, entities: Sequence[Entity], known: Container[str]) -> str:
    """The sentence with slots; `known` are words of every day, in lower case, that are no names.

    What stands in braces already is left alone, so that masking twice is masking once.
    """
    money = [(entity.start, entity.end) for entity in entities if entity.kind == "uang"]
    spans = [*_slots(text), *_of_entities(text, entities), *_of_patterns(text, known)]
    spans = [span for span in spans if span[2] != NUMBER or not _inside(span, money)]
    return "".join(_filled(text, sorted(spans, key=lambda span: (span[0], -span[1]))))


def _filled(text: str, spans: Sequence[Span]) -> Iterator[str]:
    reached = 0
    for start, end, slot in spans:
        if start >= reached:
            yield text[reached:start]
            yield f"{{{slot}}}"
        reached = max(reached, end)
    yield text[reached:]


def _inside(span: Span, places: Sequence[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in places)


def _slots(text: str) -> Iterator[Span]:
    for found in re.finditer(r"\{(\w+)\}", text):
        yield (found.start(), found.end(), found[1])


def _of_entities(text: str, entities: Sequence[Entity]) -> Iterator[Span]:
    for entity in entities:
        slot = _FOUND.get(entity.kind)
        said = text[entity.start : entity.end]
        if slot is None or not said or (slot == DAY and not _YEAR.search(said)):
            continue
        yield (entity.start, entity.end, slot)


def _of_patterns(text: str, known: Container[str]) -> Iterator[Span]:
    for pattern, slot in _OF_ONE_KIND:
        for found in pattern.finditer(text):
            yield (found.start(), found.end(), slot)
    for found in _DIGITS.finditer(text):
        slot = DAY if _DATE.fullmatch(found[0]) else _of_digits(text, found)
        yield (found.start(), found.end(), slot)
    yield from _after(text, _CALLED, NAME, _NAME_WORDS, known)
    for street in (_STREET, _WAY):
        yield from _after(text, street, ADDRESS, _STREET_WORDS, known)
    yield from _titled(text, known)


def _of_digits(text: str, found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found[0])
    if len(digits) >= _CARD - 1:
        return KK if _FAMILY_CARD.search(text[max(found.start() - 30, 0) : found.start()]) else NIK
    is_phone = digits.startswith(("0", "62", "8")) and len(digits) in _PHONE_LENGTHS
    return PHONE if is_phone else NUMBER


def _after(
    text: str, cue: re.Pattern[str], slot: str, most: int, known: Container[str]
) -> Iterator[Span]:
    """The words after a cue that nobody would say otherwise."""
    for found in cue.finditer(text):
        end = _names_end(text, found.end(), most, known)
        if end is not None:
            yield (found.end(), end, slot)


def _titled(text: str, known: Container[str]) -> Iterator[Span]:
    """Names after "pak" and the like: words with a capital that nobody would say otherwise."""
    if text.isupper():
        return
    for found in _TITLE.finditer(text):
        word = _WORD.match(text, found.end())
        if word is not None and word[0][0].isupper():
            end = _names_end(text, found.end(), 2, known)
            if end is not None:
                yield (found.end(), end, NAME)


def _names_end(text: str, start: int, most: int, known: Container[str]) -> int | None:
    """Where a run of unusual words ends that begins here; None where there is none."""
    end = None
    for _ in range(most):
        word = _WORD.match(text, start)
        if word is None or word[0].lower().strip("'.-") in known:
            break
        end = word.end()
        gap = re.compile(r"\s{1,2}").match(text, end)
        if gap is None:
            break
        start = gap.end()
    return end

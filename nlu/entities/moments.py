"""Dates, times and how long something has lasted, in words and figures.

Only the span: which day is meant depends on the day of the message, and the form decides.
"""

import re
from collections.abc import Iterator

from nlu.entities.span import Span
from nlu.text.tokenizer import fold

_MONTH = (
    r"(?:januari|jan|pebruari|februari|feb|peb|maret|mar|mrt|april|apr|mei|juni|jun|juli|jul"
    r"|agustus|agust|agus|agt|ags|aug|september|sept?|oktober|okt|oct|november|nopember|nov|nop"
    r"|desember|des|dec)"
)
_DAY = (
    r"(?:senin|snin|selasa|slasa|sls|rabu|rebo|kamis|kemis|kms|jum'?at|jumaat|jmt|sabtu|sbtu|setu"
    r"|minggu|ahad|mggu)"
)
_PART = (
    r"(?:subuh|dini hari|pagi(?:-pagi)?|pg|esuk|isuk|siang|sing|sore|petang|malam|mlm|malem|bengi"
    r"|tengah malam|peuting|wengi|magrib|maghrib|isya|ashar|asar|dzuhur|dhuhur|zuhur|lohor)"
)
_COUNT = (
    r"(?:\d{1,3}|se|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas"
    r"|dua belas|dua puluh|beberapa|bbrp|setengah|loro|telu|papat|dua tiga)"
)
_UNIT = (
    r"(?:detik|menit|mnt|jam|jm|hari|hri|hr|malam|mlm|minggu|mggu|mgg|mingguan|pekan|bulan|bln"
    r"|bulanan|tahun|thn|taun|dina|poe|sasi|taon|harian|tahunan)"
)
_PAST = (
    r"(?:yang lalu|yg lalu|yang lampau|yg lampau|lalu|kemarin|kemaren|kmrn|kmren|wingi|silam"
    r"|lepas|kepungkur|kamari|terakhir)"
)
_NEXT = r"(?:depan|dpn|besok|bsk|ini|yang akan datang|yad|ngarep|hareup|mendatang|pas|nanti)"
_YESTERDAY = r"(?:kemarin|kemaren|kmarin|kmaren|kmrn|kmrin|kmren|kemren|wingi|mau wengi|kamari)"
_TOMORROW = r"(?:besok|bsk|bsok|besuk|besok2|sesuk|isukan|esok|enjing|mbenjing|benjing)"
_LATER = r"(?:lusa|lusanya|tulat|sesuk emben|pageto|pagetona)"
_NOW = r"(?:hari ini|hri ini|hr ini|dinten niki|dina iki|poe ieu|tadi|td|barusan|nanti|ntar|nti)"
_FEAST = (
    r"(?:lebaran|idul fitri|idul adha|natal|tahun baru|taun baru|puasa|ramadhan|ramadan|17an"
    r"|agustusan)"
)

_DIGIT_WORD = r"(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)"
_SPOKEN_DAY = (
    rf"(?:(?:{_DIGIT_WORD}\s(?:puluh|belas)(?:\s{_DIGIT_WORD})?|sepuluh|sebelas|{_DIGIT_WORD}))"
)
_CLOCK = (
    r"(?:(?:sekitar |kira-kira |kira2 )?(?:jam|jm|pukul|pkl)\.?\s?(?:setengah\s+)?"
    r"(?:\d{1,2}(?:[.:]\d{2})?|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh"
    r"|sebelas|dua belas)(?:\s?(?:wib|wita|wit))?(?!\s?%|\d))"
)
_TIME = rf"(?:{_CLOCK}(?:\s{_PART}\b)?|{_PART}(?:\s{_CLOCK})?)"
_CALENDAR = (
    rf"(?:(?:tanggal|tgl|tggl|tgal)\.?\s?\d{{1,2}}(?:\s?[-/]?\s?{_MONTH}\b\.?(?:\s?\d{{4}}|\s?'?\d{{2}})?"
    rf"|[-/.]\d{{1,2}}(?:[-/.]\d{{2,4}})?|\s(?:bulan|bln)\s(?:ini|depan|lalu|kemarin|kmrn|kemaren|\d{{1,2}}))?"
    rf"|\d{{1,2}}\s?-?{_MONTH}\b\.?(?:[\s-]?\d{{4}}|\s'?\d{{2}}(?![\d:.]))?"
    rf"|{_SPOKEN_DAY}\s{_MONTH}\b"
    rf"(?:\sdua ribu(?:\s(?:{_DIGIT_WORD}|puluh|belas|sebelas|sepuluh))+)?"
    r"|\d{1,2}[-/]\d{1,2}[-/]\d{2,4}|\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{2}-\d{2})"
)
_WEEKDAY = rf"(?:(?:hari |malam |malem |hr )?{_DAY}(?:\s(?:{_PAST}|{_NEXT}|{_PART})\b)*)"
_AGO = rf"{_COUNT}\s?{_UNIT}(?:an)?\s{_PAST}"
_AHEAD = rf"{_COUNT}\s?{_UNIT}(?:an)?\s(?:lagi|kedepan|ke depan|mendatang)"
_SPELL = rf"(?:(?:se|\d{{1,3}}\s?){_UNIT}|(?:kurang )?lebih {_COUNT}\s?{_UNIT}|{_COUNT}\s{_UNIT})"
_NAMED = (
    rf"(?:(?:awal|akhir|pertengahan|tengah)\s)?(?:minggu|mgg|mggu|bulan|bln|tahun|thn|taun|sasi)"
    rf"\s(?:{_PAST}|{_NEXT})|(?:awal|akhir|pertengahan)\s(?:bulan|tahun|minggu)"
    rf"(?:\s(?:{_PAST}|{_NEXT}|{_MONTH}))?|(?:bulan|bln)\s{_MONTH}(?:\s(?:{_PAST}|\d{{4}}))?"
    rf"|tahun\s(?:19|20)\d{{2}}"
)
_RELATIVE = (
    rf"(?:{_YESTERDAY}(?:\s(?:lusa|dulu|lalu|dino))?|{_TOMORROW}(?:\slusa)?|{_LATER}|{_NOW})"
)

_DATE = rf"(?:{_CALENDAR}|{_AGO}|{_AHEAD}|{_NAMED}|{_WEEKDAY}|{_RELATIVE})"
_WHOLE = re.compile(
    rf"(?<![\w/])(?:{_DATE}(?:,?\s{_CALENDAR})?(?:,?\s{_TIME})?|{_CLOCK}(?:\s{_PART})?"
    rf"(?:\s{_DATE})?)(?![\w])"
)
_SINCE = re.compile(
    rf"(?<!\w)(?:sejak|dari|mulai|semenjak|ti|kawit|sudah|udah|udh|sdh|dah|wis|wes|geus|tos|selama"
    rf"|hampir|lebih dari|ampir|su)\s"
    rf"((?:{_SPELL}(?:an)?(?:\slebih)?)|{_FEAST}(?:\s{_PAST})?)(?!\w)"
)
_LONE_PART = re.compile(r"(?:tadi|td|nanti|ntar|nti|barusan)(?!\s)")


def moments(text: str) -> Iterator[Span]:
    """Dates and times; also "2 minggu" after "sudah", and "lebaran" after "sejak"."""
    folded = fold(text)
    for match in _WHOLE.finditer(folded):
        if _is_moment(match.group(), folded[: match.start()]):
            yield Span.of(text, match, "tanggal")
    for match in _SINCE.finditer(folded):
        yield Span.of(text, match, "tanggal", 0.9, group=1)


def _is_moment(found: str, before: str) -> bool:
    """Leave out words that only look like one: a bare "tadi", a Sunday in "2 minggu"."""
    if _LONE_PART.fullmatch(found):
        return False
    if re.search(r"\b(?:tiap|setiap|saban|jalan|jl|jln)\.?\s(?:hari\s)?$", before):
        return False
    if re.fullmatch(r"minggu|mggu", found):
        return re.search(r"hari\s$", before) is not None
    return True

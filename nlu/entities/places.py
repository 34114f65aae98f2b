"""RT/RW, and the landmark by which people say where something is."""

import re
from collections.abc import Iterator

from nlu.entities.span import Span
from nlu.words import fold

_TEENS = {"sebelas": 11, "dua belas": 12, "tiga belas": 13, "empat belas": 14, "lima belas": 15}
_NUMBER_WORDS = {
    **_TEENS,
    "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8,
    "sembilan": 9, "sepuluh": 10, "sebelas": 11, "siji": 1, "loro": 2, "telu": 3, "papat": 4,
}  # fmt: skip
_N = rf"(\d{{1,3}}|{'|'.join(_NUMBER_WORDS)})"
_RT_RW = re.compile(
    rf"(?<![a-z])(?:rukun tetangga|r\.?t\.?)[\s.:\-]{{0,3}}{_N}"
    rf"(?:[\s.,/\-]{{1,3}}(?:(?:rukun warga|r\.?w\.?)[\s.:\-]{{0,3}})?{_N}"
    rf"|r\.?w\.?[\s.:\-]{{0,3}}{_N})?(?![\da-z])"
    rf"|(?<![a-z])rt[/ ]?rw[\s.:]{{0,3}}(\d{{1,3}})\s?/\s?(\d{{1,3}})(?!\d)"
    rf"|(?<![a-z])(?:rukun warga|r\.?w\.?)[\s.:\-]{{0,3}}{_N}"
    rf"(?:[\s.,/\-]{{1,3}}(?:rukun tetangga|r\.?t\.?)[\s.:\-]{{0,3}}{_N})?(?![\da-z])"
)

_NEAR = (
    r"depan|dpn|dpan|ngarep(?:e)?|ngajeng|hareup(?:eun)?|dekat|deket|dket|dkt|cedak|cedhak|caket"
    r"|samping|smping|smpg|sebelah|sblh|seblah|sisi|seberang|sebrang|sbrang|belakang|blakang|blkg"
    r"|mburi|tukangeun|gigireun|pinggir|pertigaan|perempatan|prapatan|pertelon|simpang|bunderan"
    r"|bundaran|tikungan|tanjakan|turunan|pojok(?:an)?|ujung|sekitar|seputar(?:an)?|antara|gerbang|sebelum"
)
_STOP = (
    r"sudah|udah|udh|sdh|dah|wis|wes|geus|tos|mati|rusak|bolong|berlubang|hancur|yang|yg|ada|ono"
    r"|aya|tolong|tlg|mohon|mhn|karena|krn|soalnya|dari|sejak|pak|bu|ibu|bapak|mas|mbak|bang|min"
    r"|di|ke|rt|rw|dan|sama|tapi|tp|kalau|kalo|klo|sampai|sampe|masih|msh|belum|blm|tidak|ga|gak"
    r"|gk|ngga|nggak|tdk|padahal|kemarin|kmrn|tadi|besok|jam|tiap|setiap|terus|trus|itu|ini|tuh"
    r"|nih|ya|pas|pecah|bocor|banjir|macet|tumbang|roboh|numpuk|menumpuk|bau|banyak|byk|sangat"
    r"|saya|sy|kami|kita|orang|warga|biar|supaya|untuk|buat|waktu|lagi|sedang|selalu|sering|bisa"
    r"|jadi|kapan|kenapa|gmn|gimana|mau|hampir|penuh|lampu|air|got|gotnya|pkl|mana|nama|laut|dia|mereka|licin|gelap|longsor|amblas|retak|nya|juga"
    r"|saat|lubang|jalan berlubang|airnya|lampunya|kabel|makin|minta|harus|jangan|mampet"
    r"|meluap|hari|minggu|bulan|desa|kelurahan|kecamatan|dusun|kec|kel|ds"
)
_NAME_WORD = (
    r"(?:(?:pak|bu|mbah|haji|hj|wak|mang|bang)\.?\s(?:rt|rw|lurah|kades)\b"
    rf"|(?:pak|bu|mbah|haji|hj|wak|mang|bang)\.?\s(?!(?:{_STOP})\b)[^\W_][\w'’\-]*"
    rf"|(?!(?:{_STOP})\b)[^\W_][\w'’\-]*)"
)
_LANDMARK = re.compile(
    rf"(?<!\w)((?:{_NEAR})(?:nya)?)\s+((?:{_NAME_WORD})(?:\s{_NAME_WORD}){{0,4}})"
)
_NOT_A_PLACE = frozenset(
    "rumah umum mata kaki muka waktu hidung anak depan belakang hari bulan tahun minggu".split()
)


def neighbourhoods(text: str) -> Iterator[Span]:
    """RT and RW; the value reads `RT 03/RW 05`."""
    for match in _RT_RW.finditer(fold(text)):
        rt, rw, close_rw, pair_rt, pair_rw, first_rw, later_rt = match.groups()
        value = _read(rt or pair_rt or later_rt, rw or close_rw or pair_rw or first_rw)
        yield Span(*match.span(), "rt_rw", value)


def landmarks(text: str) -> Iterator[Span]:
    """Landmarks: "depan masjid al ikhlas", up to five words after the preposition."""
    folded = fold(text)
    for match in _LANDMARK.finditer(folded):
        if match.group(2).split()[0] in _NOT_A_PLACE and len(match.group(2).split()) == 1:
            continue
        yield Span(*match.span(), "patokan", text[match.start() : match.end()])


def _read(rt: str | None, rw: str | None) -> str:
    parts = [("RT", rt), ("RW", rw)]
    return "/".join(f"{name} {_as_number(number):02d}" for name, number in parts if number)


def _as_number(written: str) -> int:
    return int(written) if written.isdigit() else _NUMBER_WORDS[written]

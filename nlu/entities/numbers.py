"""NIK, KK number, telephone and request code, also badly written."""

import re
from collections.abc import Iterator
from itertools import product

from nlu.entities.span import Span
from nlu.text.tokenizer import fold

CODE_ALPHABET = "23456789ACDEFGHJKLMNPQRTUWXY"
_CODE_LOOKALIKES = {
    "S": "5",
    "Z": "2",
    "B": "8",
    "I": "L",
    "1": "L",
    "V": "U",
    "O": "QD",
    "0": "QD",
}
NEAR = 400
"""How far before a number the word is looked for that says which it is."""
_GAP = r"[\s\-–—_./]{0,3}"

_SIXTEEN = re.compile(r"(?<![\w+])(?:[0-9ol][ .\-]{0,2}){15}[0-9ol](?![\w])")
_SAYS_KK = re.compile(
    r"\b(?:kk\w{0,3}|kartu ?keluarga\w{0,3}|nomor keluarga|nkk|no\.? ?kk|nokk)\b"
)
_SAYS_BOTH = re.compile(r"\bkk\W+(?:dan |sama |& ?|serta )?(?:no |nomor )?(?:nik|ktp)\b\D*$")
_SAYS_NIK = re.compile(r"\b(?:nik|ktp|nomor induk|no\.? ?ktp|nikku|niknya|nik nya)\b")
_MOBILE = re.compile(
    r"(?<![\d+])(?<!\d\.)\(?(?:\+ ?62|0062|62|0)[ .\-]?\(?0?\)?8\d{1,2}\)?"
    r"(?:[ .\-]?\d){6,9}(?!\d)"
)
_LANDLINE = re.compile(r"(?<![\d.+/])(?:\(0\d{2,3}\)|0\d{2,3})[ .\-]?(?:\d[ .\-]?){5,7}\d(?!\d)")
_WITHOUT_ZERO = re.compile(r"(?<![\d.+])8\d{2}(?:[ .\-]?\d){6,9}(?!\d)")
_SAYS_PHONE = re.compile(
    r"\b(?:hp|wa|whatsapp|telp|telepon|telpon|tlp|tlpn|nope|hubungi|kontak|nomor(?: saya)?)\W*"
    r"(?:\w+\W+){0,2}$"
)
_SAYS_CODE = re.compile(
    r"\b(?:kode(?:nya)?|resi|tiket|nomor laporan|no laporan)\W*(?:\w+\W+){0,1}$"
)


def identity_numbers(text: str) -> Iterator[Span]:
    """NIK and KK numbers: 16 digits whose date part exists, O for 0 and l for 1 among them.

    Which of the two it is says the nearest word before it; a birth date of a woman (day + 40)
    can only be a NIK.
    """
    folded = fold(text)
    for match in _SIXTEEN.finditer(folded):
        digits = re.sub(r"\D", "", match.group().replace("o", "0").replace("l", "1"))
        if sum(char in "ol" for char in match.group()) <= 4 and _has_date(digits):
            kind = "kk" if _means_family_card(folded[: match.start()][-NEAR:], digits) else "nik"
            yield Span.of(text, match, kind)


def phones(text: str) -> Iterator[Span]:
    """Mobile numbers; other numbers only after a word such as "telp"."""
    folded = fold(text)
    for match in _MOBILE.finditer(folded):
        yield Span.of(text, match, "hp")
    for pattern in (_LANDLINE, _WITHOUT_ZERO):
        for match in pattern.finditer(folded):
            if _SAYS_PHONE.search(folded[: match.start()][-40:]):
                yield Span.of(text, match, "hp", 0.8)


def codes(text: str, prefixes: list[str]) -> Iterator[Span]:
    """Request codes; the value is the code as it must read, or as written if it cannot be."""
    upper = fold(text).upper()
    for prefix in prefixes:
        for match in _code_pattern(prefix).finditer(upper):
            if any(char.isdigit() for char in match.group()) and not _cites_law(match.group()):
                value = _right_code(match.groups(), prefix) or text[slice(*match.span())]
                yield Span(*match.span(), "kode", value)
        for match in _BARE_CODE.finditer(upper):
            right = _right_code(match.groups(), prefix)
            announced = _SAYS_CODE.search(upper[: match.start()].lower()[-30:])
            alone = match.group() == upper.strip(" \n.,:;!?#()\"'")
            if right and (announced or alone):
                yield Span(*match.span(), "kode", right, 0.8)


_LAW = re.compile(r"(?<!\d)\d+/(?:19|20)\d\d")
_BARE_CODE = re.compile(
    r"(?<![A-Z0-9\-])(?=[^\s]{0,40}[0-9])([A-Z0-9])([A-Z0-9])([A-Z0-9])[\s\-]?"
    r"([A-Z0-9])([A-Z0-9])([A-Z0-9])(?![A-Z0-9])"
)


def _cites_law(found: str) -> bool:
    """PermenPAN SKM 14/2017 is a regulation."""
    return _LAW.search(found) is not None


def _has_date(digits: str) -> bool:
    day, month = int(digits[6:8]) % 40, int(digits[8:10])
    return 1 <= day <= 31 and 1 <= month <= 12 and digits[12:] != "0000"


def _means_family_card(before: str, digits: str) -> bool:
    if int(digits[6:8]) > 40:
        return False
    if _SAYS_BOTH.search(before):
        return True
    kk = [match.end() for match in _SAYS_KK.finditer(before)]
    nik = [match.end() for match in _SAYS_NIK.finditer(before)]
    return bool(kk) and max(kk) > max(nik, default=-1)


def _code_pattern(prefix: str) -> re.Pattern[str]:
    start = _GAP.join(_same_look(char) for char in prefix.upper())
    body = _GAP.join(["([A-Z0-9])"] * 6)
    return re.compile(rf"(?<![A-Z0-9]){start}{_GAP}{body}(?![A-Z0-9])")


def _same_look(char: str) -> str:
    looks = {char, *_CODE_LOOKALIKES.get(char, "")}
    looks |= {wrong for wrong, right in _CODE_LOOKALIKES.items() if char in right}
    return f"[{''.join(sorted(looks))}]"


def _right_code(characters: tuple[str, ...], prefix: str) -> str | None:
    readings = product(*(_CODE_LOOKALIKES.get(char, char) for char in characters))
    valid = [whole for whole in map("".join, readings) if is_valid_code(whole)]
    if len(valid) == 1:
        return f"{prefix}-{valid[0][:3]}-{valid[0][3:]}"
    return None


def is_valid_code(whole: str) -> bool:
    """ISO 7064 hybrid system over the code's alphabet: the last character checks the others."""
    if any(char not in CODE_ALPHABET for char in whole):
        return False
    size = len(CODE_ALPHABET)
    check = size // 2
    for char in whole:
        check = (((check or size) * 2) % (size + 1) + CODE_ALPHABET.index(char)) % size
    return check == 1

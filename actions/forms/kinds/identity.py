"""nik and kk: sixteen digits, however they were spaced, with O for 0 and l for 1."""

import re
from itertools import groupby

from actions.domain.nik import LENGTH, NumberFlawError, check_kk, mask_nik, parse_nik
from actions.forms.context import FormContext, RawAnswer, Unreadable, typed
from actions.forms.form import Field, Json
from actions.forms.kinds.base import Kind

_LABEL = re.compile(r"(?<![a-z])(?:no|nomor)?(nik|kk|ktp)(?=[\dOolI])", re.IGNORECASE)
_BREAK = re.compile(r"[\s:;=()]+")
_DIGITS = re.compile(r"[\dOoIl|.,\-–/]+")
_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1"})


def read_nik(raw: RawAnswer, field: Field, context: FormContext) -> Json:
    """A NIK as sixteen digits."""
    number = _sixteen(typed(raw), "nik")
    try:
        return parse_nik(number, context.today).number
    except NumberFlawError as error:
        raise Unreadable(f"nik.{error.flaw}") from error


def read_kk(raw: RawAnswer, field: Field, context: FormContext) -> Json:
    """A KK number as sixteen digits."""
    number = _sixteen(typed(raw), "kk")
    try:
        check_kk(number)
    except NumberFlawError as error:
        raise Unreadable(f"kk.{error.flaw}") from error
    return number


def show(value: Json, field: Field) -> str:
    """The number with its middle hidden."""
    return mask_nik(str(value))


def _sixteen(text: str, kind: str) -> str:
    """The one number of sixteen digits in `text`; raises Unreadable."""
    tokens = _BREAK.split(_LABEL.sub(r" \1 ", text))
    whole = {digits for token in tokens if len(digits := _digits(token)) == LENGTH}
    labelled = {digits for digits in whole if _is_labelled(digits, tokens, kind)}
    runs = ["".join(map(_digits, run)) for digits, run in groupby(tokens, _is_digits) if digits]
    found = labelled or whole or {run for run in runs if len(run) == LENGTH}
    if len(found) == 1:
        return found.pop()
    if found:
        raise Unreadable(f"{kind}.banyak")
    longest = max((len(run) for run in runs), default=0)
    if not longest:
        raise Unreadable(f"{kind}.kosong")
    raise Unreadable(f"{kind}.panjang", jumlah=longest)


def _is_labelled(digits: str, tokens: list[str], kind: str) -> bool:
    position = next(at for at, token in enumerate(tokens) if _digits(token) == digits)
    return any(token.casefold() == kind for token in tokens[max(position - 2, 0) : position])


def _is_digits(token: str) -> bool:
    return bool(_digits(token))


def _digits(token: str) -> str:
    """The digits of a token that has nothing but digits, look-alikes and separators."""
    if not _DIGITS.fullmatch(token) or not any(char.isdigit() for char in token):
        return ""
    return re.sub(r"\D", "", token.translate(_LOOKALIKES))


NIK = Kind(read_nik, show)
KK = Kind(read_kk, show)

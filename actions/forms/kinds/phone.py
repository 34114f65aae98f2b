"""telepon: a phone number, stored as E.164. Telegram's contact button may give it."""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

from actions.forms.context import FormContext, RawAnswer, Unreadable, typed
from actions.forms.form import Field, Json
from actions.forms.kinds.base import Kind

_REGION = "ID"
_INDONESIA = 62
_RUN = re.compile(r"(?<![\w+])\+?[(\dOo][\dOo ().\-–]*[\dOo](?![\w])")
_LETTERS = re.compile(r"(?=\w*\d{4})(?=\w*[^\W\d_])\w{6,}")
_ENOUGH, _MOST = 5, 16
_SHORT = frozenset({ValidationResult.TOO_SHORT, ValidationResult.IS_POSSIBLE_LOCAL_ONLY})


def read(raw: RawAnswer, field: Field, context: FormContext) -> Json:
    """The first valid number, from text or from the sender's own contact."""
    if raw.contact is not None:
        if not raw.contact.own:
            raise Unreadable("telepon.orang_lain")
        return _e164([_digits(raw.contact.phone, international=True)])
    text = typed(raw)
    runs = [_digits(run) for run in _RUN.findall(text)]
    if not any(len(run) >= _ENOUGH for run in runs) and _LETTERS.search(text):
        raise Unreadable("telepon.huruf")
    return _e164(runs)


def show(value: Json, field: Field) -> str:
    """As people dial it: 0812-3456-7890, with its country abroad."""
    number = phonenumbers.parse(str(value))
    national = number.country_code == _INDONESIA
    style = PhoneNumberFormat.NATIONAL if national else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def _digits(run: str, *, international: bool = False) -> str:
    """Digits with a leading + where the number says its country."""
    digits = re.sub(r"\D", "", run.translate(str.maketrans("Oo", "00")))
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    return f"+{digits}" if international or "+" in run else digits


def _e164(runs: list[str]) -> str:
    if not runs:
        raise Unreadable("telepon.kosong")
    for run in runs:
        number = _parse(run)
        if number is not None and phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    raise _fault(max(runs, key=len))


def _parse(run: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(run, _REGION)
    except NumberParseException:
        return None


def _fault(run: str) -> Unreadable:
    number, count = _parse(run), len(run.lstrip("+"))
    reason = None if number is None else phonenumbers.is_possible_number_with_reason(number)
    if count < _ENOUGH or reason in _SHORT:
        return Unreadable("telepon.pendek", jumlah=count)
    if count > _MOST or reason == ValidationResult.TOO_LONG:
        return Unreadable("telepon.panjang", jumlah=count)
    return Unreadable("telepon.salah", jumlah=count)


PHONE = Kind(read, show)

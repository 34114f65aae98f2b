"""telepon: a phone number, stored as E.164. Telegram's contact button may give it."""

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

from actions.domain.text import plain_signs
from actions.forms.context import FormContext, RawAnswer, Unreadable, typed
from actions.forms.form import Field, Json
from actions.forms.kinds.base import Kind
from actions.forms.numbers import dictated

_REGION = "ID"
_INDONESIA = 62
_GLUED_BEFORE = re.compile(r"\b([^\W\d_]{2,})(?=[+(]?\d)")
_GLUED_AFTER = re.compile(r"(?<=\d{4})(?=[^\W\d_]{2,}\b)")
_RUN = re.compile(r"(?<![^\W_])\+?[(\dOo][\dOolI|().,;:/_~=* \-]*+")
_LIKE_DIGITS = frozenset("0123456789OolI")
_SEVERAL = re.compile(r"[/,;]|(?<!\s)\s++(?=0|\+?62)")
_LETTERS = re.compile(r"(?<!\w)(?=\w*\d{4})(?=\w*[^\W\d_])\w{6,}")
_ENOUGH, _MOST = 5, 16
_SHORT = frozenset({ValidationResult.TOO_SHORT, ValidationResult.IS_POSSIBLE_LOCAL_ONLY})


def read(raw: RawAnswer, field: Field, context: FormContext) -> Json:
    """The first valid number, from text or from the sender's own contact."""
    if raw.contact is not None:
        if not raw.contact.own:
            raise Unreadable("telepon.orang_lain")
        return _e164([_digits(raw.contact.phone, international=True)])
    text = _GLUED_BEFORE.sub(r"\1 ", dictated(plain_signs(typed(raw))))
    text = _GLUED_AFTER.sub(" ", text)
    written = list(_runs(text))
    runs = [_digits(run) for run in written]
    if not any(len(run) >= _ENOUGH for run in runs) and _LETTERS.search(text):
        raise Unreadable("telepon.huruf")
    return _e164([*runs, *(_digits(part) for run in written for part in _SEVERAL.split(run))])


def show(value: Json, field: Field) -> str:
    """As people dial it: 0812-3456-7890, with its country abroad."""
    number = phonenumbers.parse(str(value))
    national = number.country_code == _INDONESIA
    style = PhoneNumberFormat.NATIONAL if national else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def _runs(text: str) -> Iterator[str]:
    """Each run of digits and marks, up to the last digit with which a word ends."""
    for match in _RUN.finditer(text):
        start, end = match.span()
        while end > start and not _ends_a_number(text, end):
            end -= 1
        if len(text[start:end].lstrip("+")) > 1:
            yield text[start:end]


def _ends_a_number(text: str, end: int) -> bool:
    following = text[end : end + 1]
    return text[end - 1] in _LIKE_DIGITS and not (following.isalnum() or following == "_")


def _digits(run: str, *, international: bool = False) -> str:
    """Digits with a leading + where the number says its country."""
    digits = re.sub(r"\D", "", run.translate(str.maketrans("OolI", "0011")))
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    return f"+{digits}" if international or "+" in run else digits


def _e164(runs: list[str]) -> str:
    if not runs:
        raise Unreadable("telepon.kosong")
    for run in runs:
        for number in _readings(run):
            if phonenumbers.is_valid_number(number):
                return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    raise _fault(max(runs, key=len))


def _readings(run: str) -> Iterator[PhoneNumber]:
    """What a run of digits can be: 62 in front is the country before it is an area code."""
    spelt = (f"+{run}", run) if run.startswith(str(_INDONESIA)) else (run,)
    yield from filter(None, map(_parse, spelt))


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

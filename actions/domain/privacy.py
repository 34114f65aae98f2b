"""How personal numbers are shown: enough to recognise, too little to use."""

from __future__ import annotations

DOT = "•"
_HEAD, _TAIL = 4, 4
_PHONE_TAIL = 3


def mask_nik(number: str) -> str:
    """Keep the first and last four digits of a NIK or KK number: `3578••••••••0001`."""
    return _mask(number, _HEAD, _TAIL)


def mask_phone(number: str) -> str:
    """Keep the start and the last three digits of a phone number: `+628•••••••890`."""
    return _mask(number, _HEAD, _PHONE_TAIL)


def _mask(number: str, head: int, tail: int) -> str:
    hidden = len(number) - head - tail
    if hidden <= 0:
        return DOT * len(number)
    return number[:head] + DOT * hidden + number[-tail:]

"""Hides numbers of people wherever words are shown: NIK, KK and phones, in part."""

import re

LONG_NUMBER = re.compile(r"\d(?:[ .-]?[\dOolI]){13,}")
"""A NIK or KK number among other words."""
PHONE = re.compile(r"(?<![\d.,-])(?:\+?62|0)[ .-]?8(?:[ .-]?\d){7,12}(?!\d)")
"""A mobile number among other words, however it is divided."""
DOTS = "••••••••"
HEAD, TAIL, TAIL_OF_PHONE = 4, 4, 3
SIGNS = re.compile(r"[^\dOolI+]")


def mask(text: str) -> str:
    """The text with the middle of each such number hidden."""
    without = LONG_NUMBER.sub(lambda found: _covered(found[0], TAIL), text)
    return PHONE.sub(lambda found: _covered(found[0], TAIL_OF_PHONE), without)


def _covered(number: str, tail: int) -> str:
    plain = SIGNS.sub("", number)
    return plain[:HEAD] + DOTS + plain[-tail:]

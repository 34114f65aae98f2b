"""RT and RW, the neighbourhoods of an address; the form reads their numbers."""

import re
from collections.abc import Iterator

from nlu.entities.span import Span
from nlu.text.tokenizer import fold

_NUMBER_WORDS = (
    r"sebelas|(?:dua|tiga|empat|lima)\ belas|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan"
    r"|sepuluh|siji|loro|telu|papat"
)
_N = rf"(?:\d{{1,3}}|{_NUMBER_WORDS})"
_RT, _RW = r"(?:rukun\ tetangga|r\.?t\.?)[\s.:\-]{0,3}", r"(?:rukun\ warga|r\.?w\.?)[\s.:\-]{0,3}"
_APART = r"[\s.,/\-]{1,3}"
_SECOND = rf"\s?/\s?{_N}|[\s.]0\d{{1,2}}"
"""An RW without its name: other numbers behind an RT count something else."""

_RT_RW = re.compile(
    rf"""(?<![a-z]){_RT}{_N}(?:(?:{_APART})?{_RW}{_N}|{_SECOND})?(?![\da-z])
    |(?<![a-z])rt[/\ ]?rw[\s.:]{{0,3}}\d{{1,3}}\s?/\s?\d{{1,3}}(?!\d)
    |(?<![a-z]){_RW}{_N}(?:{_APART}{_RT}{_N})?(?![\da-z])""",
    re.VERBOSE,
)


def neighbourhoods(text: str) -> Iterator[Span]:
    """RT and RW, together or each by itself."""
    for match in _RT_RW.finditer(fold(text)):
        yield Span.of(text, match, "rt_rw")

"""RT and RW, the neighbourhoods of an address."""

import re
from collections.abc import Iterator

from nlu.entities.span import Span
from nlu.text.tokenizer import fold

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


def neighbourhoods(text: str) -> Iterator[Span]:
    """RT and RW; the value reads `RT 03/RW 05`."""
    for match in _RT_RW.finditer(fold(text)):
        rt, rw, close_rw, pair_rt, pair_rw, first_rw, later_rt = match.groups()
        value = _read(rt or pair_rt or later_rt, rw or close_rw or pair_rw or first_rw)
        yield Span(*match.span(), "rt_rw", value)


def _read(rt: str | None, rw: str | None) -> str:
    parts = [("RT", rt), ("RW", rw)]
    return "/".join(f"{name} {_as_number(number):02d}" for name, number in parts if number)


def _as_number(written: str) -> int:
    return int(written) if written.isdigit() else _NUMBER_WORDS[written]

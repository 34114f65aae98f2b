"""nik and kk: sixteen digits, however they were spaced, with O for 0 and l for 1."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from actions.domain.nik import LENGTH, NumberFlawError, check_kk, mask_nik, parse_nik
from actions.domain.text import plain_signs
from actions.forms.context import FormContext, RawAnswer, Unreadable, typed
from actions.forms.form import Field, Json
from actions.forms.kinds.base import Kind
from actions.forms.numbers import dictated

_LABEL = re.compile(
    r"(?<![a-z])(?:no|nomor)?(?:(nik|ktp)|(kk|kartu keluarga))(?:nya|ku)?(?![a-z])", re.IGNORECASE
)
_PIECE = re.compile(r"(?:\d|(?<![^\W_])[OoIl|])(?:[\dOoIl|]*(?:\d|[OoIl|](?![^\W\d_])))?")
_BETWEEN = re.compile(r"[\s.,\-/_]{0,3}")
_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1"})


@dataclass(frozen=True, slots=True)
class _Run:
    """Groups of digits with nothing but separators between, and the kinds named before."""

    labels: frozenset[str]
    groups: tuple[str, ...]

    @property
    def whole(self) -> str:
        return "".join(self.groups)

    def numbers(self) -> set[str]:
        """The numbers of sixteen digits: single groups, else all groups together."""
        single = {group for group in self.groups if len(group) == LENGTH}
        return single or ({self.whole} if len(self.whole) == LENGTH else set())


def read_nik(raw: RawAnswer, field: Field, context: FormContext) -> Json:
    """A NIK as sixteen digits."""
    number = _sixteen(raw, "nik")
    try:
        return parse_nik(number, context.today).number
    except NumberFlawError as error:
        raise Unreadable(f"nik.{error.flaw}") from error


def read_kk(raw: RawAnswer, field: Field, context: FormContext) -> Json:
    """A KK number as sixteen digits."""
    number = _sixteen(raw, "kk")
    try:
        check_kk(number)
    except NumberFlawError as error:
        raise Unreadable(f"kk.{error.flaw}") from error
    return number


def show(value: Json, field: Field) -> str:
    """The number with its middle hidden."""
    return mask_nik(str(value))


def _sixteen(raw: RawAnswer, kind: str) -> str:
    """The one number of sixteen digits that was given; raises Unreadable."""
    runs = list(_runs(dictated(plain_signs(typed(raw)))))
    own = [run for run in runs if kind in run.labels or not run.labels]
    labelled = [run for run in own if run.labels == {kind}]
    found = _numbers(labelled) or _numbers(own)
    if len(found) == 1:
        return found.pop()
    if found:
        raise Unreadable(f"{kind}.banyak")
    if kind == "kk" and _numbers(runs):
        raise Unreadable("kk.itu_nik")
    longest = max((len(run.whole) for run in own), default=0)
    if not longest:
        raise Unreadable(f"{kind}.kosong")
    raise Unreadable(f"{kind}.panjang", jumlah=longest)


def _numbers(runs: list[_Run]) -> set[str]:
    return set().union(*(run.numbers() for run in runs))


def _runs(text: str) -> Iterator[_Run]:
    """Each run of digits of a text, O and l read as digits where they stand among them."""
    groups: list[str] = []
    labels: frozenset[str] = frozenset()
    end = 0
    for piece in _PIECE.finditer(text):
        if not any(char.isdigit() for char in piece[0]):
            continue
        between = text[end : piece.start()]
        if groups and not _BETWEEN.fullmatch(between):
            yield _Run(labels, tuple(groups))
            groups = []
        if not groups:
            labels = frozenset("nik" if nik else "kk" for nik, _ in _LABEL.findall(between))
        groups.append(piece[0].translate(_LOOKALIKES))
        end = piece.end()
    if groups:
        yield _Run(labels, tuple(groups))


NIK = Kind(read_nik, show)
KK = Kind(read_kk, show)

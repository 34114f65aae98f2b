"""Words of the officers' work: who must act on a case, what became of a transfer or promise."""

from enum import StrEnum

from actions.domain.status import Status, StatusType, is_open


class EventKind(StrEnum):
    """What a line of a case's history tells."""

    MOVED = "pindah_status"
    TAKEN = "diambil"
    LET_GO = "dilepas"
    PASSED_ON = "diserahkan_ke"
    ACCEPTED = "diterima_unit"
    SENT_BACK = "dikembalikan"
    TAKEN_BACK = "ditarik"
    ASKED_UNIT = "bertanya_unit"
    UNIT_ANSWERED = "unit_menjawab"
    NOTED = "dicatat"
    TOLD = "dikabari"
    LINKED = "digabung"
    UNLINKED = "dipisah"
    SPLIT = "dipecah"
    CHECKED = "syarat_dicek"
    PROMISED = "janji_baru"
    REMINDED = "diingatkan"
    CLAIMED = "terhubung"
    PUBLIC_ALLOWED = "boleh_umum"
    PUBLIC_FORBIDDEN = "tolak_umum"
    PUBLISHED = "diumumkan"
    UNPUBLISHED = "turun_umum"


class Channel(StrEnum):
    """By which way a case came."""

    TELEGRAM = "tg"
    WEB = "web"
    TERMINAL = "term"
    COUNTER = "loket"
    PHONE = "telepon"


class Awaits(StrEnum):
    """Who must act on a case."""

    OFFICER = "petugas"
    CITIZEN = "warga"
    OTHER_UNIT = "unit_lain"
    NOBODY = "selesai"


class TransferKind(StrEnum):
    """Whether a case is handed over, or another unit is asked while one stays responsible."""

    HANDING_OVER = "pindah"
    ASKING = "koordinasi"


class TransferOutcome(StrEnum):
    """How a transfer ended: accepted or answered, sent back, or taken back by its sender."""

    ACCEPTED = "diterima"
    SENT_BACK = "dikembalikan"
    TAKEN_BACK = "ditarik"


class PromiseOutcome(StrEnum):
    """What became of a promised date; void when its case ended without the thing promised."""

    KEPT = "ditepati"
    BROKEN = "dilanggar"
    VOID = "gugur"


_ELSEWHERE = frozenset({Status.COORDINATED, Status.FORWARDED})
_FETCHED = frozenset({Status.READY, Status.DRAFT})


def awaited(status: Status) -> Awaits:
    """Who must act on a case of this status, as long as nothing else was said."""
    if not is_open(status):
        return Awaits.NOBODY
    if status in _ELSEWHERE:
        return Awaits.OTHER_UNIT
    waits = status in _FETCHED or status.type is StatusType.PAUSED
    return Awaits.CITIZEN if waits else Awaits.OFFICER

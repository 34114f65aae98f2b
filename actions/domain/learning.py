"""Which sentences are kept to learn from, and how far each of them has come."""

from enum import StrEnum

SHARE = 0.02
"""Of all messages that were understood; a confident mistake shows nowhere else."""
LONGEST = 400


class Source(StrEnum):
    """Why a sentence was kept."""

    ESCALATED = "eskalasi"
    NOT_THAT = "bukan_itu"
    MISSED = "tidak_paham"
    LOW_MARK = "nilai_rendah"
    SAMPLE = "acak"


class SampleState(StrEnum):
    """How far a sentence has come."""

    NEW = "baru"
    LABELLED = "diberi_arti"
    ACCEPTED = "diterima"
    DROPPED = "dibuang"

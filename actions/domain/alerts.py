"""What officers may want to hear of on Telegram, and what they hear of as usual."""

from enum import StrEnum


class AlertEvent(StrEnum):
    """Something that happened, or a way of being told."""

    NEW = "baru"
    URGENT = "mendesak"
    ANSWERED = "dijawab"
    TRANSFER = "pindahan"
    NEAR = "tenggat"
    OVER = "lewat"
    TALK = "percakapan"
    RIGHTS = "hak"
    DIGEST = "ringkasan"


USUALLY_OFF = frozenset({AlertEvent.TALK})
"""The officers' group hears of these already."""
AT_ANY_HOUR = frozenset({AlertEvent.URGENT})
MAY_TAKE = frozenset({AlertEvent.NEW, AlertEvent.URGENT, AlertEvent.ANSWERED})

_OF_KEYS = {
    "baru": AlertEvent.NEW,
    "mendesak": AlertEvent.URGENT,
    "dijawab": AlertEvent.ANSWERED,
    "pindahan": AlertEvent.TRANSFER,
    "diserahkan": AlertEvent.TRANSFER,
    "hak": AlertEvent.RIGHTS,
    "jawaban_50": AlertEvent.NEAR,
    "jawaban_80": AlertEvent.NEAR,
    "jawaban_100": AlertEvent.OVER,
    "tenggat_50": AlertEvent.NEAR,
    "tenggat_80": AlertEvent.NEAR,
    "tenggat_100": AlertEvent.OVER,
    "tenggat_110": AlertEvent.OVER,
    "tenggat_120": AlertEvent.OVER,
    "ditarik": AlertEvent.OVER,
}


ALERT_KEYS = tuple(_OF_KEYS)
"""The texts below "alarm." that tell of an event."""


def event_of(key: str) -> AlertEvent | None:
    """Which event an alert tells of; None for one that nobody can switch off."""
    return _OF_KEYS.get(key)


def keys_of(events: frozenset[AlertEvent]) -> list[str]:
    """The alerts that tell of these events."""
    return [key for key, event in _OF_KEYS.items() if event in events]

"""What pages show of a handover: its topic, what was understood, how long it lasts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.casework.escalations import State
from actions.storage.tables import Escalation
from bot.console.context import Console
from bot.console.presenters import called, lasted, unit_name

LIKELY = 0.05


@dataclass(frozen=True, slots=True)
class Guess:
    """What the model took the last words for, and how sure it was, in percent."""

    text: str
    percent: int


def topic_of(console: Console, talk: Escalation) -> str:
    """The service or complaint last spoken of, as people call it; empty without one."""
    topic = (talk.understood or {}).get("topik")
    return _subject(console, str(topic)) if topic else ""


def _subject(console: Console, slug: str) -> str:
    catalogue = console.reference.catalogue
    if slug in catalogue.office.units:
        return unit_name(console, slug)
    other = catalogue.office.others.get(slug)
    return other.short if other else called(console, slug)


def guesses_of(console: Console, talk: Escalation) -> list[Guess]:
    """What the citizen may have wanted, and about what, the likeliest first."""
    understood = talk.understood or {}
    intents = console.reference.catalogue.intents
    wishes = [
        (intents[entry["name"]].description if entry["name"] in intents else entry["name"], entry)
        for entry in understood.get("niat", [])
    ]
    subjects = [
        (_subject(console, entry["name"]), entry) for entry in understood.get("sasaran", [])
    ]
    return [_guess(text, entry) for text, entry in wishes + subjects if _is_likely(entry)]


def _is_likely(entry: dict[str, Any]) -> bool:
    return float(entry["confidence"]) >= LIKELY


def _guess(text: str, entry: dict[str, Any]) -> Guess:
    return Guess(text.rstrip("."), round(float(entry["confidence"]) * 100))


def wait_of(console: Console, talk: Escalation, now: datetime) -> str:
    """How long the citizen has waited, or waited until somebody came."""
    end = talk.claimed_at or talk.closed_at or now
    if talk.status == State.WAITING:
        end = now
    return lasted(console, end - talk.opened_at)

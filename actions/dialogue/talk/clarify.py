"""Asks what was meant, with two or three choices and a way out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from actions.dialogue.context import TurnContext, press, rows
from actions.dialogue.registry import ON_INTENT, Replies, on_button
from actions.dialogue.talk import targets
from actions.dialogue.talk.items import name_of
from actions.domain.messages import Button, Fetched, Reply
from actions.domain.understanding import Candidate, Understanding

CHOICES = 3
NEVER_OFFERED = frozenset({"di_luar_cakupan", "setuju", "tolak", "terima_kasih", "sapa"})
NO_TARGET = "-"
WORTH_OFFERING = 0.05


def offer(turn: TurnContext) -> Reply | None:
    """Offer what the sentence may have meant; None when there is nothing worth offering."""
    buttons = list(dict.fromkeys([*_choices(turn), *_wish(turn)]))[:CHOICES]
    if not buttons:
        return None
    turn.memory.parked = turn.text
    key = "umum.maksud_mana" if len(buttons) > 1 else "umum.maksud_ini"
    return turn.say(key, [*rows(buttons), [turn.button("bukan_itu", "none")]])


def _choices(turn: TurnContext) -> Iterator[Button]:
    for intent in turn.understanding.intents[: CHOICES + 1]:
        if intent.name in NEVER_OFFERED or intent.name not in ON_INTENT:
            continue
        if intent.confidence < WORTH_OFFERING:
            return
        if intent.name == "perbaiki" and turn.memory.draft is None:
            continue
        for slug in _targets_of(turn, intent.name):
            yield _choice(turn, intent.name, slug)


def _wish(turn: TurnContext) -> Iterator[Button]:
    """The service that is named for sure may be wanted, whatever the rest of the words say."""
    slug = targets.clear(targets.services(turn))
    if slug is not None:
        yield _choice(turn, "ajukan_layanan", slug)


def _targets_of(turn: TurnContext, intent: str) -> Sequence[str]:
    if intent == "lapor":
        return [c.name for c in targets.complaints(turn)[:2]] or [NO_TARGET]
    if intent == "ajukan_layanan":
        return [c.name for c in targets.services(turn)[:2]] or [NO_TARGET]
    if f"umum.maksud.{intent}" in turn.reference.texts:
        return [targets.topic(turn) or NO_TARGET]
    return [NO_TARGET]


def _choice(turn: TurnContext, intent: str, slug: str) -> Button:
    if slug == NO_TARGET:
        label = turn.word(f"umum.maksud_umum.{intent}")
    else:
        label = turn.word(f"umum.maksud.{intent}", hal=name_of(turn, slug))
    return press(label, "mean", intent, slug)


def which(turn: TurnContext, candidates: Sequence[Candidate], intent: str, key: str) -> Reply:
    """Ask which of several services or complaints is meant, with what tells them apart."""
    turn.memory.parked = turn.text
    slugs = [candidate.name for candidate in candidates[:CHOICES]]
    buttons = [press(name_of(turn, slug), "mean", intent, slug) for slug in slugs]
    lines = [
        turn.word(
            "umum.beda", hal=name_of(turn, slug), isi=turn.reference.catalogue.item(slug).summary
        )
        for slug in slugs
    ]
    ways = [*rows(buttons), [turn.button("bukan_itu", "none")]]
    if len(slugs) == 1:
        return turn.say("umum.maksud_ini", ways)
    return turn.say(key, ways, daftar="\n".join(lines))


@on_button("mean")
async def _mean(turn: TurnContext, args: list[str]) -> Replies:
    """Act as if the sentence had been understood like the chosen button."""
    intent, slug = args
    text, turn.memory.parked = turn.memory.parked or "", None
    chosen = () if slug == NO_TARGET else (Candidate(slug, 1.0),)
    known = Understanding(text, (Candidate(intent, 1.0),), chosen, source="pilihan")
    turn.incoming = replace(turn.incoming, text=text)
    turn.fetched = Fetched(known)
    return await ON_INTENT[intent](turn)

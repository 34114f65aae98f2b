"""Asks what was meant, with two or three choices and a way out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from actions.dialogue import targets
from actions.dialogue.context import TurnContext, make_button, rows
from actions.dialogue.registry import ON_INTENT, Replies, on_button
from actions.domain.messages import Button, Fetched, Reply
from actions.domain.understanding import Candidate, Understanding

CHOICES = 3
TARGETS_EACH = 2
NO_TARGET = "-"
WORTH_OFFERING = 0.05


def offer(turn: TurnContext) -> Reply | None:
    """Offer what the sentence may have meant; None when there is nothing worth offering."""
    buttons = list(dict.fromkeys([*_choices(turn), *_service_named(turn)]))[:CHOICES]
    if not buttons:
        return None
    turn.memory.parked = turn.text
    key = "umum.maksud_mana" if len(buttons) > 1 else "umum.maksud_ini"
    return turn.say(key, [*rows(buttons), [turn.button("bukan_itu", "none")]])


def _choices(turn: TurnContext) -> Iterator[Button]:
    for candidate in turn.understanding.intents[: CHOICES + 1]:
        intent = turn.reference.catalogue.intent(candidate.name)
        if intent.button is None or candidate.name not in ON_INTENT:
            continue
        if candidate.confidence < WORTH_OFFERING:
            return
        if intent.only_in_form and turn.memory.draft is None:
            continue
        for slug in _targets_of(turn, candidate.name):
            yield _choice(turn, candidate.name, slug)


def _service_named(turn: TurnContext) -> Iterator[Button]:
    """The service that is named for sure may be wanted, whatever the rest of the words say."""
    slug = targets.clear(targets.services(turn))
    applying = turn.reference.catalogue.opening("layanan")
    if slug is not None and applying:
        yield _choice(turn, applying, slug)


def _targets_of(turn: TurnContext, name: str) -> Sequence[str]:
    intent = turn.reference.catalogue.intent(name)
    if intent.opens and intent.target:
        fitting = targets.of_kind(turn, intent.target)[:TARGETS_EACH]
        return [candidate.name for candidate in fitting] or [NO_TARGET]
    if intent.button and intent.button.about:
        return [targets.topic(turn) or NO_TARGET]
    return [NO_TARGET]


def _choice(turn: TurnContext, name: str, slug: str) -> Button:
    button = turn.reference.catalogue.intent(name).button
    label = button.alone if button else name
    if slug != NO_TARGET and button and button.about:
        label = button.about.format(hal=turn.called(slug))
    return make_button(label, "mean", name, slug)


def which(turn: TurnContext, candidates: Sequence[Candidate], intent: str, key: str) -> Reply:
    """Ask which of several services or complaints is meant, with what tells them apart."""
    turn.memory.parked = turn.text
    slugs = [candidate.name for candidate in candidates[:CHOICES]]
    buttons = [make_button(turn.called(slug), "mean", intent, slug) for slug in slugs]
    ways = [*rows(buttons), [turn.button("bukan_itu", "none")]]
    if len(slugs) == 1:
        return turn.say("umum.maksud_ini", ways)
    item = turn.reference.catalogue.item
    lines = [
        turn.word("umum.beda", hal=turn.called(slug), isi=item(slug).summary) for slug in slugs
    ]
    return turn.say(key, ways, daftar="\n".join(lines))


@on_button("mean")
async def meant(turn: TurnContext, intent: str, slug: str) -> Replies:
    """Act as if the sentence had been understood like the chosen button."""
    text, turn.memory.parked = turn.memory.parked or "", None
    chosen = () if slug == NO_TARGET else (Candidate(slug, 1.0),)
    known = Understanding(text, (Candidate(intent, 1.0),), chosen, source="pilihan")
    turn.incoming = replace(turn.incoming, text=text)
    turn.fetched = Fetched(known)
    return await ON_INTENT[intent](turn)

"""Asks what was meant, with two or three choices and a way out."""

from collections.abc import Sequence

from actions.dialogue import targets
from actions.dialogue.context import TurnContext, make_button, rows
from actions.dialogue.decide import CHOICES, Reading
from actions.dialogue.handlers.form.questions import drop_untouched
from actions.dialogue.registry import ON_INTENT, Replies, changeable, on_button
from actions.domain.messages import Button, Reply
from actions.domain.understanding import Understanding

NO_TARGET = "-"


def offer(turn: TurnContext, found: Sequence[Reading]) -> Reply:
    """Offer what the sentence may have meant, likeliest first."""
    intents = {reading.intent for reading in found}
    slugs = [reading.target for reading in found if reading.target]
    opens = turn.reference.catalogue.intent(found[0].intent).opens
    if len(intents) == 1 and len(slugs) == len(found) and opens:
        return which(turn, slugs, found[0].intent)
    turn.hear()
    buttons = list(dict.fromkeys(choice(turn, r.intent, _target(turn, r)) for r in found))
    key = "umum.maksud_mana" if len(buttons) > 1 else "umum.maksud_ini"
    return turn.say(key, [*rows(buttons), [turn.button("bukan_itu", "none")]])


def _target(turn: TurnContext, reading: Reading) -> str:
    """What is meant, else what is spoken of, where that is what the intent may be about."""
    if reading.target:
        return reading.target
    intent, spoken_of = turn.reference.catalogue.intent(reading.intent), targets.topic(turn)
    fits = intent.button and intent.button.about and intent.target == targets.kind(turn, spoken_of)
    return spoken_of if spoken_of and fits else NO_TARGET


def choice(turn: TurnContext, name: str, slug: str) -> Button:
    """The button of an intent, with what it is about where that is known."""
    button = turn.reference.catalogue.intent(name).button
    label = button.alone if button else name
    if slug != NO_TARGET and button and button.about:
        label = button.about.format(hal=turn.called(slug))
    return make_button(label, "mean", name, slug, turn.memory.heard_at)


def which(turn: TurnContext, slugs: Sequence[str], intent: str) -> Reply:
    """Ask which of several services or complaints is meant, with what tells them apart."""
    turn.hear()
    catalogue = turn.reference.catalogue
    buttons = [
        make_button(turn.called(slug), "mean", intent, slug, turn.memory.heard_at)
        for slug in slugs[:CHOICES]
    ]
    ways = [*rows(buttons), [turn.button("bukan_itu", "none")]]
    if len(buttons) == 1:
        return turn.say("umum.maksud_ini", ways)
    lines = [
        turn.word("umum.beda", hal=turn.called(slug), isi=catalogue.item(slug).summary)
        for slug in slugs[:CHOICES]
    ]
    of_services = slugs[0] in catalogue.services
    key = "umum.layanan_mana" if of_services else "umum.keluhan_mana"
    return turn.say(key, ways, daftar="\n".join(lines))


@on_button("mean")
@changeable
async def meant(turn: TurnContext, intent: str, slug: str, heard_at: str) -> Replies:
    """Act as if the sentence had been understood like the chosen button."""
    chosen = None if slug == NO_TARGET else slug
    again = turn.as_heard(heard_at)
    known = again.understanding if again else Understanding("", ())
    await drop_untouched(turn)
    return await ON_INTENT[intent]((again or turn).hearing(known.settled(intent, chosen)))

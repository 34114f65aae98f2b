"""What else a message tells or asks of: offered by a button, and nothing happens by itself."""

from collections.abc import Iterator
from dataclasses import replace

from actions.dialogue import waiting
from actions.dialogue.context import TurnContext, make_button
from actions.dialogue.handlers.form import prefill
from actions.dialogue.handlers.form.opening import begin
from actions.dialogue.handlers.form.questions import stale, with_way_on
from actions.dialogue.handlers.several import busy
from actions.dialogue.registry import Replies, on_button
from actions.dialogue.waiting import Waiting
from actions.domain.messages import Button
from actions.domain.understanding import Wish


def offered(turn: TurnContext, replies: Replies) -> Replies:
    """The same replies with a button for what else was told of, above the way out."""
    if not replies:
        return replies
    *before, last = replies
    ways = [(button,) for button in _buttons(turn, replies)]
    return [*before, replace(last, buttons=(*last.buttons[:-1], *ways, *last.buttons[-1:]))]


def _buttons(turn: TurnContext, replies: Replies) -> Iterator[Button]:
    """One for each thing that is neither begun, nor waits, nor is offered already."""
    known = {turn.memory.topic, *(wish.slug for wish in waiting.everything(turn))}
    data = [b.data.split(":") for reply in replies for row in reply.buttons for b in row]
    led_to = {part for parts in data for part in parts if parts[0] != "not"}
    for wish in _told(turn):
        slug = wish.target.name if wish.target else ""
        if slug not in known | led_to:
            label = turn.word("keinginan.juga", hal=turn.called(slug))
            yield make_button(label, "also", slug, turn.memory.heard_at)
            known.add(slug)


def _told(turn: TurnContext) -> Iterator[Wish]:
    """What is told or asked of services and complaints; news of a case are none of it."""
    understood, catalogue = turn.understanding, turn.reference.catalogue
    for wish in (*understood.wishes, *understood.besides):
        about = catalogue.intent(wish.intent.name).target
        if about and wish.target and catalogue.find(wish.target.name) is not None:
            yield wish


@on_button("also")
async def also(turn: TurnContext, slug: str, heard_at: str) -> Replies:
    """Note it for after the form that is open, else begin it; with the words that told of it."""
    if turn.reference.catalogue.find(slug) is None:
        return stale(turn)
    again = turn.as_heard(heard_at)
    wish = _as_told(again, slug) if again else Waiting(slug, "")
    if not busy(turn.memory):
        return await begin(turn, wish)
    waiting.remember(turn, wish.slug, wish.text, wish.found)
    return await with_way_on(turn, [turn.say("keinginan.dicatat", hal=turn.called(slug))])


def _as_told(turn: TurnContext, slug: str) -> Waiting:
    """The wish with the stretch of the message that tells of it."""
    told = next((w for w in _told(turn) if w.target and w.target.name == slug), None)
    part = turn.hearing(turn.understanding.part(told)) if told else turn
    return Waiting(slug, part.text, tuple(prefill.found(part, slug)))

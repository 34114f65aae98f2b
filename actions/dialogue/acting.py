"""Carries a decision out: the handler of an intent, a card, a choice, or "not understood"."""

from dataclasses import replace

from actions.dialogue import reading, targets, waiting
from actions.dialogue.context import TurnContext
from actions.dialogue.decide import Kind, Move, Reading, unlike
from actions.dialogue.handlers import besides, information, several
from actions.dialogue.handlers.clarify import NO_TARGET, choice, offer
from actions.dialogue.handlers.fallback import missed
from actions.dialogue.handlers.form import tray
from actions.dialogue.registry import ON_INTENT, Replies
from actions.domain.messages import Reply

OTHERS, WORTH_A_BUTTON = 2, 0.01


async def serve(turn: TurnContext) -> Replies:
    """Do what the message wants, be it one thing or several; offer what else it may tell of."""
    return besides.offered(turn, await _served(turn))


async def _served(turn: TurnContext) -> Replies:
    replies = await several.serve_all(turn)
    if replies:
        return replies
    named = turn.reference.matcher.whole(turn.text)
    if named is not None and turn.reference.catalogue.find(named) is not None:
        return await carry_out(turn, _named_alone(turn, named))
    turn = several.only_wish(turn)
    return await carry_out(turn, reading.move(turn))


def _named_alone(turn: TurnContext, slug: str) -> Move:
    """A name and nothing else: the card of a service, the form of a complaint."""
    first = Reading(*targets.opening(turn, slug), 1.0)
    others = [r for r in reading.what_is_meant(turn) if r.target not in {None, slug}]
    kind = Kind.CARD if slug in turn.reference.catalogue.services else Kind.ACT
    return Move(kind, (first, *others[:OTHERS]))


async def carry_out(turn: TurnContext, move: Move) -> Replies:
    """Do what was decided outside of any question."""
    if move.kind is Kind.MISS:
        return await missed(turn)
    together = several.are_wanted_together(turn, move.readings)
    if move.kind is Kind.OFFER and not together:
        tray.keep_own_words(turn)
        named = _only_named(turn, move)
        if named is not None:
            return _or_else(turn, [information.card(turn, named)], move)
        return [offer(turn, move.readings)]
    if move.kind is Kind.CARD and move.first.target is not None and not together:
        return _or_else(turn, [information.card(turn, move.first.target)], move)
    service = _rather_a_service(turn, move)
    if service is not None:
        return [offer(turn, unlike([service, *move.readings]))]
    known = turn.understanding.settled(move.first.intent, move.first.target)
    replies = await ON_INTENT[move.first.intent](turn.hearing(known))
    return _or_else(turn, several.with_what_else_was_said(turn, replies), move)


def _only_named(turn: TurnContext, move: Move) -> str | None:
    """The one service whose name was found in words that are else unclear: misspelt ones."""
    services = turn.reference.catalogue.services
    known = turn.understanding.entities
    found = {entity.value for entity in known if entity.value in services}
    unclear = all(reading.target is None for reading in move.readings)
    return found.pop() if unclear and len(found) == 1 else None


def _rather_a_service(turn: TurnContext, move: Move) -> Reading | None:
    """The service that words are rather about where they would begin to accuse somebody."""
    catalogue = turn.reference.catalogue
    accused = catalogue.complaints.get(move.first.target or "")
    best = max(turn.understanding.targets, key=lambda c: c.confidence, default=None)
    accuses = accused is not None and accused.reported is not None
    if not accuses or best is None or best.name not in catalogue.services:
        return None
    return Reading(*targets.opening(turn, best.name), best.confidence)


def _or_else(turn: TurnContext, replies: Replies, move: Move) -> Replies:
    """One tap to what else may have been meant, or was named besides: the next best two."""
    slugs = targets.named_besides(turn, move.first.target) if move.first.target else []
    named = [Reading(*targets.opening(turn, slug), 0.0) for slug in slugs]
    likely = [other for other in move.readings[1:] if other.share >= WORTH_A_BUTTON]
    if not replies:
        return replies
    *before, last = replies
    noted = {wish.slug for wish in waiting.everything(turn)}
    new = (o for o in unlike([*likely, *named]) if o.target not in noted)
    others = [other for other in new if not _is_begun_by(last, other)][:OTHERS]
    if not others:
        return replies
    ways = [(choice(turn, other.intent, other.target or NO_TARGET),) for other in others]
    buttons = (*last.buttons[:-1], *ways, *last.buttons[-1:])
    return [*before, replace(last, buttons=buttons)]


def _is_begun_by(reply: Reply, other: Reading) -> bool:
    """Whether a reply has a button that leads to the very thing already."""
    leads = (f"begin:{other.target}:", f"mean:{other.intent}:{other.target or NO_TARGET}:")
    return any(button.data.startswith(leads) for row in reply.buttons for button in row)

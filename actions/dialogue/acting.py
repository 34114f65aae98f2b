"""Carries a decision out: the handler of an intent, a card, a choice, or "not understood"."""

from actions.dialogue import reading, targets
from actions.dialogue.context import TurnContext
from actions.dialogue.decide import Kind, Move, Reading
from actions.dialogue.handlers import information, several
from actions.dialogue.handlers.clarify import offer
from actions.dialogue.handlers.fallback import missed
from actions.dialogue.registry import ON_INTENT, Replies

OTHERS, WORTH_A_BUTTON = 2, 0.04


async def serve(turn: TurnContext) -> Replies:
    """Do what the message wants, be it one thing or several."""
    replies = await several.serve_all(turn)
    if replies:
        return replies
    turn = several.only_wish(turn)
    return await carry_out(turn, reading.move(turn))


async def carry_out(turn: TurnContext, move: Move) -> Replies:
    """Do what was decided outside of any question."""
    if move.kind is Kind.MISS:
        return await missed(turn)
    if move.kind is Kind.OFFER:
        return [offer(turn, move.readings)]
    if move.kind is Kind.CARD and move.first.target is not None:
        turn.instead = _instead(turn, move)
        return [information.card(turn, move.first.target)]
    known = turn.understanding.settled(move.first.intent, move.first.target)
    settled = turn.hearing(known)
    settled.instead = _instead(turn, move)
    return await ON_INTENT[move.first.intent](settled)


def _instead(turn: TurnContext, move: Move) -> tuple[Reading, ...]:
    """What else may have been meant, or was named besides: the next best two."""
    slugs = targets.named_besides(turn, move.first.target) if move.first.target else []
    besides = [Reading(*targets.opening(turn, slug), 0.0) for slug in slugs]
    likely = [other for other in move.readings[:0:-1] if other.share >= WORTH_A_BUTTON]
    unique = {(other.intent, other.target): other for other in (*besides, *likely)}
    return tuple([*unique.values()][::-1])[:OTHERS]

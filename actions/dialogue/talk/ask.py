"""Answers a question about a service once it is clear which service."""

from __future__ import annotations

from collections.abc import Callable

from actions.dialogue.context import TurnContext
from actions.dialogue.registry import ON_INTENT, Replies
from actions.dialogue.talk import targets
from actions.dialogue.talk.clarify import which
from actions.domain.messages import Reply

WHICH = "hal:"
NAMING = frozenset({"ajukan_layanan", "tanya_info", "di_luar_cakupan"})


def about_service(
    turn: TurnContext, intent: str, answer: Callable[[TurnContext, str], Reply]
) -> Replies:
    """Answer for the service that is spoken of, or ask which one."""
    slug = targets.topic(turn)
    if slug is not None:
        turn.memory.topic = slug
        return [answer(turn, slug)]
    candidates = targets.services(turn)
    if candidates:
        return [which(turn, candidates, intent, "umum.layanan_mana")]
    turn.memory.expects = f"{WHICH}{intent}"
    return [turn.say("umum.tentang_apa", [[turn.button("menu", "menu")]])]


async def expected_service(turn: TurnContext) -> Replies | None:
    """The service that was asked for; None when something else was written instead."""
    intent = (turn.memory.expects or "").removeprefix(WHICH)
    turn.memory.expects = None
    if turn.understanding.intent.name in {intent, *NAMING} and targets.services(turn):
        return await ON_INTENT[intent](turn)
    return None

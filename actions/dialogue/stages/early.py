"""What comes before any form and any model: danger, buttons, a human, the global words."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from actions.casework.escalations import Reason
from actions.dialogue.context import TurnContext
from actions.dialogue.registry import ON_BUTTON, Replies
from actions.dialogue.stages.forms import GO_ON, going_on
from actions.dialogue.talk import answering, form, human, privacy, rating, status, wishes
from actions.dialogue.talk.ask import WHICH, expected_service
from actions.dialogue.talk.help import helped, welcome
from actions.dialogue.talk.menu import main_menu
from actions.domain.danger import find_danger
from actions.domain.messages import Reply

WAYSIDE = frozenset({"menu", "help", "mine", "units", "services", "complaints", "data"})
NOT_WORDS = re.compile(r"[^\w\s/]+")


def danger(turn: TurnContext) -> Replies:
    """The numbers to call, before everything else, when the words tell of danger."""
    found = find_danger(turn.text, turn.reference.danger) if turn.text else None
    if found is None:
        return []
    turn.urgent = True
    names = {e.number: e.purpose for e in turn.reference.catalogue.office.emergency}
    lines = [
        turn.word("darurat.nomor", nomor=number, untuk=names.get(number, ""))
        for number in found.numbers
    ]
    return [turn.say("darurat.telepon", daftar="\n".join(lines))]


async def button(turn: TurnContext) -> Replies | None:
    """A pressed button; one that no longer means anything is answered too."""
    if turn.incoming.button is None:
        return None
    verb, *args = turn.incoming.button.split(":")
    if verb not in ON_BUTTON:
        return answering.stale(turn)
    turn.memory.expects = None
    try:
        replies = await ON_BUTTON[verb](turn, args)
        return await form.with_way_on(turn, replies) if verb in WAYSIDE else replies
    except (ValueError, IndexError, KeyError):
        return answering.stale(turn)


async def human_has_the_chat(turn: TurnContext) -> Replies | None:
    """While a human answers, words go to the officer; a global word leads back."""
    if not turn.memory.with_human:
        return None
    if _global(turn) in {"menu", "batal", "ulang"}:
        return await form.with_way_on(turn, await human.come_back(turn))
    return await human.pass_on(turn)


def _global(turn: TurnContext) -> str | None:
    said = " ".join(NOT_WORDS.sub(" ", turn.text.lower()).split())
    for meaning, words in turn.reference.words["global"].items():
        if said in words:
            return str(meaning)
    return None


async def global_word(turn: TurnContext) -> Replies | None:
    """menu, batal, bantuan, petugas, ulang: from every state."""
    meaning = _global(turn)
    if meaning is None:
        return None
    turn.memory.expects = None
    current = await form.open_case(turn)
    if meaning == "batal":
        return await answering.cancel(turn, current) if current else await _nothing_open(turn)
    if meaning == "petugas":
        return await human.connect(turn, Reason.ASKED)
    return await form.with_way_on(turn, await _plain_global(turn, meaning))


async def _nothing_open(turn: TurnContext) -> Replies:
    return await status.offer_withdrawal(turn)


async def _plain_global(turn: TurnContext, meaning: str) -> Replies:
    if meaning == "ulang":
        current = await form.open_case(turn)
        return [form.next_step(turn, current)] if current else [main_menu(turn)]
    if meaning in LOOKED_UP:
        return await LOOKED_UP[meaning](turn)
    return [SHOWN.get(meaning, main_menu)(turn)]


SHOWN: dict[str, Callable[[TurnContext], Reply]] = {"mulai": welcome, "bantuan": helped}
LOOKED_UP: dict[str, Callable[[TurnContext], Awaitable[Replies]]] = {
    "status": status.mine,
    "data": privacy.shown,
    "belum_beres": status.offer_reopening,
    "beres": status.settled_by_words,
}
WAITS_SECONDS = 2 * 60 * 60
EXPECTED = {"alasan_buka": status.reopen, "komentar": rating.comment}


async def expected_text(turn: TurnContext) -> Replies | None:
    """Free text that was asked for outside a form: a reason, a comment, a code."""
    expects = turn.memory.expects
    if expects is None or not turn.text:
        return None
    if turn.memory.seconds_since(turn.now) > WAITS_SECONDS:
        turn.memory.expects = None
        return None
    if expects in EXPECTED:
        return await EXPECTED[expects](turn)
    if expects == wishes.ANSWERED:
        return await wishes.answered(turn)
    if expects == GO_ON:
        return await going_on(turn)
    if expects.startswith(WHICH):
        return await expected_service(turn)
    turn.memory.expects = None
    return await status.expected_code(turn)

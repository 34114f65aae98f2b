"""The code on a receipt of the counter: typed here, news of its case come here from now on."""

import re
from dataclasses import replace

from actions.casework import claims
from actions.casework.claims import ExpiredClaimError, UnknownClaimError, UsedClaimError
from actions.dialogue.braking import one_more
from actions.dialogue.context import TurnContext
from actions.dialogue.handlers import status
from actions.dialogue.handlers.form.questions import with_way_on
from actions.dialogue.registry import Replies
from actions.domain.brakes import Braked
from actions.domain.codes import (
    looks_like_claim_code,
    read_claim_code,
    read_code_and_pin,
    read_pin,
)
from actions.domain.messages import Reply
from actions.storage.tables import Case

TOLD = ("klaim.", "wakil.pin.")
"""How the keys begin of what is answered to a code that works once, or to a PIN."""
_COMMAND = re.compile(r"^\s*/\w+(?:@\w+)?\s+")


def is_secret(turn: TurnContext, text: str) -> bool:
    """Whether words are a code that works once, or were meant to be one."""
    said = _COMMAND.sub("", text)
    if _is_pin(turn, said):
        return True
    busy = turn.memory.draft is not None or turn.memory.awaited is not None
    surely = looks_like_claim_code(said) or said != text or not busy
    return surely and _may_be_claim(said)


def may_be_secret(text: str) -> bool:
    """Whether words are written as a code that works once or a PIN is, by themselves."""
    return read_pin(text) is not None or _may_be_claim(_COMMAND.sub("", text))


def _may_be_claim(said: str) -> bool:
    return looks_like_claim_code(said) or read_claim_code(said) is not None


def _is_pin(turn: TurnContext, said: str) -> bool:
    """Whether a PIN is told: behind the code of its case, or where it was asked for."""
    asked = (turn.memory.awaited or "").startswith("pin:") and read_pin(said) is not None
    return asked or read_code_and_pin(said, *turn.office.code_prefixes) is not None


async def in_words(turn: TurnContext) -> Replies | None:
    """A claim code that was typed; None for other words.

    While a form is open, only what is surely one: many an answer has eight letters and digits.
    """
    surely = looks_like_claim_code(turn.text)
    busy = turn.memory.draft is not None or turn.memory.awaited is not None
    code = read_claim_code(turn.text)
    if code is None:
        return [_mistyped(turn)] if surely and not busy else None
    return await by_code(turn, code) if surely or not busy else None


async def by_link(turn: TurnContext, payload: str) -> Replies | None:
    """A claim code behind "/start"; None for anything else."""
    code = read_claim_code(payload)
    return None if code is None else await by_code(turn, code)


async def by_code(turn: TurnContext, code: str) -> Replies:
    """Connect the case of a code with this chat. Every try counts, so that none can be guessed."""
    over = await one_more(turn, Braked.GUESSES)
    if over is not None:
        return [status.enough(turn, over)]
    try:
        case = await claims.take(turn.session, code, turn.chat, turn.now)
    except UnknownClaimError:
        return await with_way_on(turn, [_no(turn, "tidak_ada")])
    except ExpiredClaimError:
        return await with_way_on(turn, [_no(turn, "lewat")])
    except UsedClaimError as error:
        mine = error.case.chat == turn.chat
        known = [await with_details(turn, error.case, "klaim.sudah")]
        return known if mine else [_no(turn, "terpakai")]
    return await with_way_on(turn, [await with_details(turn, case, "klaim.berhasil")])


async def with_details(turn: TurnContext, case: Case, key: str) -> Reply:
    """What happened, then where the case stands, with the ways on from there."""
    lead, told = turn.say(key, kode=case.code), await status.details(turn, case)
    return replace(told, key=lead.key, text=f"{lead.text}\n\n{told.text}")


def _mistyped(turn: TurnContext) -> Reply:
    return _no(turn, "salah_ketik")


def _no(turn: TurnContext, key: str) -> Reply:
    ways = [[turn.button("permohonan_saya", "mine"), turn.button("menu", "menu")]]
    return turn.say(f"klaim.{key}", ways)

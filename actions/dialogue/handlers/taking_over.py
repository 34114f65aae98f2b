"""A case that somebody else handed in becomes its owner's: with its code and the PIN."""

from actions.casework import claims, helpers
from actions.casework.cases import by_code
from actions.casework.claims import (
    ExpiredClaimError,
    UnknownClaimError,
    UsedClaimError,
    WrongPinError,
)
from actions.dialogue.braking import one_more
from actions.dialogue.context import TurnContext
from actions.dialogue.handlers import status
from actions.dialogue.handlers.claiming import with_details
from actions.dialogue.handlers.form.questions import stale, with_way_on
from actions.dialogue.registry import Replies, changeable, on_awaited, on_button
from actions.domain.brakes import Braked
from actions.domain.codes import read_code_and_pin, read_pin
from actions.domain.messages import Reply
from actions.storage.tables import Case

YES, NO = "ya", "tidak"


async def in_words(turn: TurnContext, text: str | None = None) -> Replies | None:
    """A code with a PIN behind it, typed or by the link of the picture; None for other words."""
    found = read_code_and_pin(turn.text if text is None else text, *turn.office.code_prefixes)
    return None if found is None else await _take(turn, *found)


@on_button("pin")
async def ask_pin(turn: TurnContext, code: str) -> Replies:
    """Somebody says that a case is theirs: wait for its PIN."""
    turn.wait_for("pin", code)
    return [turn.say("wakil.tanya_pin", [[turn.button("menu", "menu")]], kode=code)]


@on_awaited("pin")
async def pin_is_told(turn: TurnContext, code: str) -> Replies | None:
    """The PIN; None when something else was written instead."""
    whole, pin = await in_words(turn), read_pin(turn.text)
    if whole is not None or pin is not None:
        return whole or await _take(turn, code, str(pin))
    digits = sum(char.isdigit() for char in turn.text)
    if not digits or any(char.isalpha() for char in turn.text):
        return None
    turn.wait_for("pin", code)
    return [turn.say("wakil.pin.panjang", [[turn.button("menu", "menu")]], jumlah=digits)]


async def _take(turn: TurnContext, code: str, pin: str) -> Replies:
    """Take a case over. Every try counts in this chat, every wrong one for the case too."""
    over = await one_more(turn, Braked.GUESSES)
    if over is not None:
        return [status.enough(turn, over)]
    case = await by_code(turn.session, code)
    if case is None:
        return await status.ask_code(turn, "status.tidak_ada")
    if turn.owns(case):
        return [await with_details(turn, case, "klaim.sudah")]
    try:
        await claims.take_with_pin(turn.session, case, pin, turn.chat, turn.now)
    except WrongPinError as error:
        return _wrong(turn, code, error.left)
    except (ExpiredClaimError, UnknownClaimError, UsedClaimError):
        return await with_way_on(turn, [_said(turn, "wakil.pin.tidak_berlaku", code)])
    return await _taken(turn, case)


def _wrong(turn: TurnContext, code: str, left: int) -> Replies:
    if not left:
        return [_said(turn, "wakil.pin.terkunci", code)]
    turn.wait_for("pin", code)
    ways = [[turn.button("menu", "menu")]]
    return [turn.say("wakil.pin.salah", ways, kode=code, sisa=left)]


def _said(turn: TurnContext, key: str, code: str) -> Reply:
    ways = [[turn.button("petugas", "human"), turn.button("menu", "menu")]]
    return turn.say(key, ways, kode=code)


async def _taken(turn: TurnContext, case: Case) -> Replies:
    """Say so on both sides, and ask whether the helper may go on hearing of it."""
    replies = [await with_details(turn, case, "klaim.berhasil")]
    helper = await helpers.of_case(turn.session, case)
    if helper is not None:
        key = "wakil.diambil_alih"
        await helpers.say(turn.session, turn.reference, helper, case, key, turn.now)
        yes = turn.button("kabari_ya", "inform", case.id, YES)
        no = turn.button("kabari_tidak", "inform", case.id, NO)
        replies.append(turn.say("wakil.kabari", [[yes], [no]], kode=case.code))
    return replies


@on_button("inform")
@changeable
async def inform(turn: TurnContext, case_id: str, word: str) -> Replies:
    """Whether the helper hears where the case stands; they are told of either."""
    case = await status.own_case(turn, case_id)
    helper = await helpers.of_case(turn.session, case) if case is not None else None
    if case is None or helper is None or word not in {YES, NO}:
        return stale(turn)
    told = word == YES
    if helper.told is not told:
        helper.told = told
        key = "wakil.diizinkan" if told else "wakil.dihentikan"
        await helpers.say(turn.session, turn.reference, helper, case, key, turn.now)
    key = "wakil.ikut_dikabari" if told else "wakil.hanya_sendiri"
    return await with_way_on(turn, [turn.say(key, kode=case.code)])

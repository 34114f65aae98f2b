"""What officers do in their private chat with the bot, beside what citizens do there."""

import re

from telegram import Update

from actions.casework import messages, ownership, queues, staff, telegram_alerts, telegram_link
from actions.casework.outbox import queue_act
from actions.casework.ownership import CannotHaveError, Refusal
from actions.domain.alerts import ALERT_KEYS
from actions.domain.messages import Reply
from bot.braking import guesses_too_much
from bot.channels import OpenTurn
from bot.telegram.context import Context, end_waiting, take_away

LATER = re.compile(rf"^later:(?:{'|'.join(ALERT_KEYS)}):\d{{1,15}}$")
LINK = re.compile(
    rf"^\s*(?:/start(?:@\w+)?\s+)?({telegram_link.PREFIX}\w{{1,40}})\s*$", re.IGNORECASE
)
"""A code of an account, behind the command of a link or typed."""


async def link(update: Update, context: Context) -> None:
    """Link the account that was shown this code to whoever writes it; it is kept nowhere."""
    message, turn = update.message, context.turn
    assert message is not None  # noqa: S101  the filters see to it
    assert message.from_user is not None  # noqa: S101  a private chat has one
    take_away(turn, message)
    said = LINK.match(message.text or "")
    if said is None or await guesses_too_much(turn):
        return
    linked = await telegram_link.link(turn.session, said[1], message.from_user.id, turn.now)
    if linked is None:
        await _say(turn, "akun.kode_salah")
    else:
        await _say(turn, "akun.terhubung", pengguna=linked.username)


async def _say(turn: OpenTurn, key: str, **params: object) -> None:
    """Answer an officer: no line of it is kept."""
    reply = Reply(key, turn.reference.texts.html(key, **params))
    await messages.queue_alert(turn.session, turn.chat, reply, turn.now)


async def take(update: Update, context: Context) -> None:
    """Take a case that nobody has, from an alert in the officer's chat or their unit's group."""
    turn, query = context.turn, update.callback_query
    assert query is not None  # noqa: S101  the handler sees to it
    end_waiting(turn, query.id)
    officer = await staff.by_telegram(turn.session, query.from_user.id)
    if officer is None:
        await _say(turn, "petugas.bukan_petugas")
        return
    case = await queues.case(turn.session, officer, int((query.data or "").partition(":")[2]))
    try:
        if case is None:
            raise CannotHaveError(Refusal.UNKNOWN)
        await ownership.take(turn.session, case, officer, turn.now)
    except CannotHaveError:
        await _say(turn, "petugas.perkara_tidak_bisa")
        return
    if query.message is not None:
        queue_act(turn.session, turn.chat, {"strip": query.message.message_id}, turn.now)
    await _say(turn, "petugas.perkara_diambil", kode=case.code, petugas=officer.name)


async def later(update: Update, context: Context) -> None:
    """Say an alert once more in an hour."""
    turn, query = context.turn, update.callback_query
    assert query is not None  # noqa: S101  the handler sees to it
    end_waiting(turn, query.id)
    officer = await staff.by_telegram(turn.session, query.from_user.id)
    if officer is None:
        await _say(turn, "petugas.bukan_petugas")
        return
    _, key, case_id = (query.data or "").split(":")
    due = await telegram_alerts.remind_later(turn.session, officer, key, int(case_id), turn.now)
    if due is None:
        await _say(turn, "petugas.perkara_tidak_bisa")
        return
    local = turn.reference.local(due)
    await _say(turn, "petugas.diingatkan", jam=f"{local:%H.%M} {local.tzname()}")

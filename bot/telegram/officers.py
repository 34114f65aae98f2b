"""What officers do in their private chat with the bot, beside what citizens do there."""

import re

from telegram import Update

from actions.casework import messages, telegram_link
from actions.domain.messages import Reply
from bot.channels import OpenTurn
from bot.telegram import braking
from bot.telegram.context import Context

LINK = re.compile(
    rf"^\s*(?:/start(?:@\w+)?\s+)?({telegram_link.PREFIX}\w{{1,40}})\s*$", re.IGNORECASE
)
"""A code of an account, behind the command of a link or typed."""


async def link(update: Update, context: Context) -> None:
    """Link the account that was shown this code to whoever writes it; it is kept nowhere."""
    message, turn = update.message, context.turn
    assert message is not None  # noqa: S101  the filters see to it
    assert message.from_user is not None  # noqa: S101  a private chat has one
    said = LINK.match(message.text or "")
    if said is None or await braking.guesses_too_much(turn):
        return
    staff = await telegram_link.link(turn.session, said[1], message.from_user.id, turn.now)
    if staff is None:
        await _say(turn, "akun.kode_salah")
    else:
        await _say(turn, "akun.terhubung", pengguna=staff.username)


async def _say(turn: OpenTurn, key: str, **params: object) -> None:
    """Answer an officer: no line of it is kept."""
    reply = Reply(key, turn.reference.texts.html(key, **params))
    await messages.queue_alert(turn.session, turn.chat, reply, turn.now)

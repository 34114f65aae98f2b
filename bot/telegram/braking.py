"""The brake on a chat of Telegram, before anything else looks at an update."""

from datetime import datetime
from typing import Any

from telegram import Update
from telegram.ext import ApplicationHandlerStop

from bot.braking import message_is_too_much
from bot.channels import OpenTurn
from bot.telegram.context import Context, end_waiting


async def brake(update: Update, context: Context) -> None:
    """Count what a private chat sends; raises ApplicationHandlerStop for what is too much."""
    message, turn = update.effective_message, context.turn
    if message is None or message.chat.type != "private" or _moves_by_itself(update):
        return
    words = "" if update.callback_query else message.text or message.caption or ""
    if not await message_is_too_much(turn, words, _sent_at(update, turn)):
        return
    if update.callback_query is not None:
        end_waiting(turn, update.callback_query.id)
    raise ApplicationHandlerStop


def _moves_by_itself(update: Update) -> bool:
    """Whether a place that is shared live has moved: nobody wrote, and nothing is answered."""
    return update.edited_message is not None and update.edited_message.location is not None


def _sent_at(update: Update, turn: OpenTurn) -> datetime:
    """When it was sent: what piled up while the bot was away did not come all at once."""
    message: Any = update.edited_message or update.message
    return turn.now if message is None else message.edit_date or message.date

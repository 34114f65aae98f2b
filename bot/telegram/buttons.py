"""The buttons of an answered question: the chosen one is marked, or they are taken away."""

from collections.abc import Sequence
from typing import Any

from telegram import CallbackQuery, InlineKeyboardButton, Message

from actions.casework.outbox import queue_act
from actions.catalogue.texts import Texts
from actions.dialogue.registry import CHANGEABLE, ON_BUTTON, ONCE
from actions.domain.messages import Button, Reply
from bot.channels import OpenTurn

STALE = "umum.tombol_lama"
Rows = list[list[Any]]


def settle(turn: OpenTurn, query: CallbackQuery, replies: Sequence[Reply]) -> None:
    """Change the message whose button was pressed as the answer says; a far one is left alone."""
    message, data = query.message, query.data or ""
    if not isinstance(message, Message) or message.reply_markup is None:
        return
    handler = ON_BUTTON.get(data.partition(":")[0])
    if handler in ONCE or any(reply.key.startswith(STALE) for reply in replies):
        queue_act(turn.session, turn.chat, {"strip": message.message_id}, turn.now)
    elif handler in CHANGEABLE:
        rows = marked(turn.reference.texts, message.reply_markup.inline_keyboard, data)
        act = {"mark": message.message_id, "rows": rows}
        queue_act(turn.session, turn.chat, act, turn.now)


def marked(texts: Texts, keyboard: Sequence[Sequence[InlineKeyboardButton]], data: str) -> Rows:
    """The same buttons, as the outbox keeps them, with a mark on the one that was chosen."""
    return [[_marked(texts, button, data).to_json() for button in row] for row in keyboard]


def _marked(texts: Texts, button: InlineKeyboardButton, data: str) -> Button:
    mark = texts.plain("tombol.dipilih", pilihan="")
    label, own = button.text.removeprefix(mark), str(button.callback_data or "")
    if own == data:
        label = texts.plain("tombol.dipilih", pilihan=label)
    return Button(label, own, button.url or "")

"""The floor: python-telegram-bot, and how far each chat is in a dictionary. No language, no store.

Runs in an environment of its own: `bot.py CONVERSATION TOKEN API PORT`.
"""

from __future__ import annotations

import secrets
import sys
from pathlib import Path

import yaml
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

ANSWERS: list[str] = []
STEPS: dict[int, int] = {}


async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say what comes next in this chat, whatever was written."""
    assert update.message is not None
    step = STEPS.get(update.message.chat.id, 0)
    STEPS[update.message.chat.id] = (step + 1) % len(ANSWERS)
    code = secrets.token_hex(3).upper()
    await context.bot.send_message(update.message.chat.id, ANSWERS[step].format(kode=code))


def main(conversation: str, token: str, api: str, port: str) -> None:
    """Serve the webhook until a signal ends it."""
    steps = yaml.safe_load(Path(conversation).read_text(encoding="utf-8"))
    ANSWERS.extend(step["answers"] for step in steps)
    builder = Application.builder().token(token).base_url(f"{api}/bot").concurrent_updates(True)
    app = builder.connection_pool_size(64).build()
    app.add_handler(MessageHandler(filters.TEXT, answer))
    app.run_webhook(
        listen="127.0.0.1",
        port=int(port),
        url_path="telegram",
        webhook_url=f"http://127.0.0.1:{port}/telegram",
        allowed_updates=["message"],
    )


if __name__ == "__main__":
    main(*sys.argv[1:])

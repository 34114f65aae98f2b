"""What Telegram shows of the bot before anybody writes: commands in the menu, what it is for.

In Indonesian for everybody, and in the languages that data/texts/telegram.yml has besides.
"""

from collections.abc import Iterator
from typing import Any

from actions.catalogue.texts import Texts
from bot.telegram.inbound import RawBot

PLAIN = "id"
"""The language of those whose own has nothing of its own."""


def languages(texts: Texts) -> list[str]:
    """Two letters each, the plain one first."""
    found = (key.split(".")[2] for key in texts.under("telegram.perintah"))
    return list(dict.fromkeys(found))


def commands(texts: Texts, language: str) -> list[dict[str, str]]:
    """The menu, in the order of the file."""
    names = [key.rpartition(".")[2] for key in texts.under(f"telegram.perintah.{PLAIN}")]
    return [
        {"command": name, "description": texts.plain(f"telegram.perintah.{language}.{name}")}
        for name in names
    ]


def calls(texts: Texts) -> Iterator[tuple[str, dict[str, Any]]]:
    """Everything to tell Telegram; it may be told twice."""
    for language in languages(texts):
        of = {} if language == PLAIN else {"language_code": language}
        private = {"scope": {"type": "all_private_chats"}}
        yield "setMyCommands", {"commands": commands(texts, language)} | private | of
        told = texts.plain(f"telegram.tentang.{language}.panjang")
        yield "setMyDescription", {"description": told} | of
        told = texts.plain(f"telegram.tentang.{language}.pendek")
        yield "setMyShortDescription", {"short_description": told} | of


async def introduce(bot: RawBot, texts: Texts) -> None:
    """Tell Telegram; raises TelegramError."""
    for method, params in calls(texts):
        await bot.call(method, **params)

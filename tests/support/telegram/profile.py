"""What Telegram keeps of the bot itself: its commands and how it is described, by language."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from tests.support.telegram.strict import BadRequest, utf16

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE = re.compile(r"[a-z]{2}")
SCOPES = frozenset({"default", "all_private_chats", "all_group_chats"})
MAX_COMMANDS, MAX_OF_ONE, MAX_DESCRIPTION, MAX_SHORT = 100, 256, 512, 120
ANYBODY = ""
"""The language of those whose own has nothing."""


class Profile:
    """As people see the bot: `commands` by scope and language, the others by language."""

    def __init__(self) -> None:
        self.commands: dict[tuple[str, str], dict[str, str]] = {}
        self.descriptions: dict[str, str] = {}
        self.short: dict[str, str] = {}

    async def set_commands(self, params: Mapping[str, Any]) -> Any:
        """The list of a scope."""
        said = _json(params["commands"])
        scope = _json(params["scope"])["type"] if "scope" in params else "default"
        if scope not in SCOPES or len(said) > MAX_COMMANDS:
            raise BadRequest("BOT_COMMANDS_TOO_MUCH or a scope that is none")
        for one in said:
            if not COMMAND.fullmatch(one["command"]):
                raise BadRequest("BOT_COMMAND_INVALID")
            if not 0 < utf16(one["description"]) <= MAX_OF_ONE:
                raise BadRequest("BOT_COMMAND_DESCRIPTION_INVALID")
        listed = {one["command"]: one["description"] for one in said}
        self.commands[scope, _language(params)] = listed
        return True

    async def set_description(self, params: Mapping[str, Any]) -> Any:
        """What stands in an empty chat."""
        self.descriptions[_language(params)] = _short(params.get("description"), MAX_DESCRIPTION)
        return True

    async def set_short(self, params: Mapping[str, Any]) -> Any:
        """What goes along when somebody shares the bot."""
        self.short[_language(params)] = _short(params.get("short_description"), MAX_SHORT)
        return True


def _json(value: Any) -> Any:
    """A list or an object, which forms send as text."""
    return json.loads(value) if isinstance(value, str) else value


def _language(params: Mapping[str, Any]) -> str:
    language = params.get("language_code", ANYBODY)
    if language and not LANGUAGE.fullmatch(language):
        raise BadRequest("language code is two letters")
    return str(language)


def _short(text: str | None, limit: int) -> str:
    if utf16(text or "") > limit:
        raise BadRequest("description is too long")
    return text or ""

"""What an update may be of a burst, told from how it was stored."""

from collections.abc import Mapping
from typing import Any

from actions.domain.bursts import Piece

SHARED = frozenset({"photo", "document", "location", "venue", "contact", "voice", "audio"})
"""What people send before, between and after their words."""


def piece_of(update: Any) -> Piece | None:
    """A message of a private chat; None for what is a turn by itself, or cannot be read."""
    message = update.get("message") if isinstance(update, Mapping) else None
    chat = message.get("chat") if isinstance(message, Mapping) else None
    if not isinstance(message, Mapping) or not isinstance(chat, Mapping):
        return None
    words = message.get("text") or message.get("caption") or ""
    shares = bool(SHARED & message.keys()) or "forward_origin" in message
    if chat.get("type") != "private" or not isinstance(words, str) or not (words or shares):
        return None
    return Piece(words, shares)

"""The methods of the Bot API that the bot may call, and what each of them takes."""

from __future__ import annotations

from collections.abc import Mapping

_SENDING = frozenset(
    {
        "business_connection_id",
        "message_thread_id",
        "disable_notification",
        "protect_content",
        "allow_paid_broadcast",
        "message_effect_id",
        "reply_parameters",
        "reply_markup",
        "parse_mode",
    }
)
METHODS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "getMe": (frozenset(), frozenset()),
    "getUpdates": (frozenset(), frozenset({"offset", "limit", "timeout", "allowed_updates"})),
    "setWebhook": (
        frozenset({"url"}),
        frozenset(
            {
                "certificate",
                "ip_address",
                "max_connections",
                "allowed_updates",
                "drop_pending_updates",
                "secret_token",
            }
        ),
    ),
    "deleteWebhook": (frozenset(), frozenset({"drop_pending_updates"})),
    "sendMessage": (
        frozenset({"chat_id", "text"}),
        _SENDING | {"entities", "link_preview_options"},
    ),
    "sendPhoto": (
        frozenset({"chat_id", "photo"}),
        _SENDING | {"caption", "caption_entities", "show_caption_above_media", "has_spoiler"},
    ),
    "sendDocument": (
        frozenset({"chat_id", "document"}),
        _SENDING | {"caption", "caption_entities", "thumbnail", "disable_content_type_detection"},
    ),
    "sendLocation": (
        frozenset({"chat_id", "latitude", "longitude"}),
        _SENDING - {"parse_mode"} | {"horizontal_accuracy", "live_period"},
    ),
    "answerCallbackQuery": (
        frozenset({"callback_query_id"}),
        frozenset({"text", "show_alert", "url", "cache_time"}),
    ),
    "editMessageReplyMarkup": (
        frozenset({"chat_id", "message_id"}),
        frozenset({"business_connection_id", "inline_message_id", "reply_markup"}),
    ),
    "getFile": (frozenset({"file_id"}), frozenset()),
    "deleteMessage": (frozenset({"chat_id", "message_id"}), frozenset()),
    "sendChatAction": (
        frozenset({"chat_id", "action"}),
        frozenset({"business_connection_id", "message_thread_id"}),
    ),
    "setMyCommands": (frozenset({"commands"}), frozenset({"scope", "language_code"})),
    "setMyDescription": (frozenset(), frozenset({"description", "language_code"})),
    "setMyShortDescription": (frozenset(), frozenset({"short_description", "language_code"})),
}
"""Needed and possible parameters of each method that the bot may call."""

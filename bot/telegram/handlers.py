"""What is done with which update, in reading order: the first handler that fits takes it.

A handler says what came in; the dialogue decides what is answered. Everything happens on the
transaction of the turn, also the answers to button presses, which leave through the outbox.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    MessageHandler,
    filters,
)

from actions.casework import alerts, escalations, messages, missed, queues, staff
from actions.casework.chats import lock_chat, note_move
from actions.casework.messages import Sender
from actions.casework.outbox import queue_act
from actions.dialogue.handlers import claiming
from actions.domain.messages import Contact, FileKind, Incoming, Location, Reply, SentFile
from actions.storage.files import MAX_SIZE
from actions.storage.tables import Staff
from bot.braking import file_is_too_much
from bot.channels import OpenTurn
from bot.telegram import buttons, groups, officers
from bot.telegram.context import Context, end_waiting, take_away
from bot.telegram.inbound import PREFIX, is_private

SOUND = filters.VOICE | filters.AUDIO
VIDEO = filters.VIDEO | filters.VIDEO_NOTE


def in_reading_order() -> list[BaseHandler[Any, Context, Any]]:
    """All handlers."""
    private = filters.ChatType.PRIVATE
    return [
        ChatMemberHandler(membership, ChatMemberHandler.MY_CHAT_MEMBER),
        CallbackQueryHandler(claim, pattern=r"^claim:\d{1,15}$"),
        CallbackQueryHandler(officers.take, pattern=r"^take:\d{1,15}$"),
        CallbackQueryHandler(officers.later, pattern=officers.LATER),
        CallbackQueryHandler(button),
        MessageHandler(filters.UpdateType.EDITED_MESSAGE, edited),
        MessageHandler(private & filters.PHOTO, photo),
        MessageHandler(private & filters.Document.ALL, document),
        MessageHandler(private & filters.LOCATION, location),
        MessageHandler(private & filters.CONTACT, contact),
        MessageHandler(private & SOUND, voice),
        MessageHandler(private & VIDEO, video),
        MessageHandler(private & filters.Regex(officers.LINK), officers.link),
        MessageHandler(private & ~filters.StatusUpdate.ALL, words),
        MessageHandler(filters.ChatType.GROUPS & ~filters.StatusUpdate.ALL, groups.addressed),
        MessageHandler(filters.StatusUpdate.MIGRATE, migrated),
    ]


async def membership(update: Update, context: Context) -> None:
    """The citizen blocked the bot, or took that back and hears what was missed.

    A group that moved is left by everybody, and still written to where it is now.
    """
    change = update.my_chat_member
    assert change is not None  # noqa: S101
    turn = context.turn
    row = await lock_chat(turn.session, turn.chat, turn.now)
    gone = change.new_chat_member.status in {"kicked", "left"}
    blocked = gone and row.moved_to is None
    if row.blocked and not blocked:
        await missed.tell(turn.session, turn.reference, turn.chat, turn.now)
    row.blocked = blocked
    if gone or is_private(turn.chat):
        return
    if not await groups.is_of_officers(turn):
        await groups.send_away(turn, context.bot.username)
    else:
        waiting = await queues.all_waiting(turn.session)
        await alerts.alert_again(turn.session, turn.reference, waiting, turn.now)


async def migrated(update: Update, context: Context) -> None:
    """A group became a supergroup: Telegram tells it in the old one and in the new one."""
    message, turn = _message(update), context.turn
    old, new = message.migrate_from_chat_id, message.migrate_to_chat_id
    was = turn.chat if old is None else f"{PREFIX}{old}"
    await note_move(turn.session, was, turn.chat if new is None else f"{PREFIX}{new}", turn.now)


async def words(update: Update, context: Context) -> None:
    """Text, and whatever the dialogue cannot read, such as stickers."""
    message, turn = _message(update), context.turn

    def hide_code(replies: Sequence[Reply]) -> None:
        told = any(reply.key.startswith(claiming.TOLD) for reply in replies)
        if told and claiming.may_be_secret(message.text or ""):
            take_away(turn, message)

    said = _incoming(context, message, text=message.text or message.caption)
    turn.hear(said, hide_code)


async def voice(update: Update, context: Context) -> None:
    """A voice, or another sound; what can be kept of it is seen later."""
    message = _message(update)
    sent = message.voice or message.audio
    assert sent is not None  # noqa: S101
    duration = sent.duration
    seconds = duration if isinstance(duration, int) else int(duration.total_seconds())
    file = SentFile(
        sent.file_id, FileKind.VOICE, sent.file_size or 0, sent.mime_type, seconds=seconds
    )
    await _take(context, message, file)


async def video(update: Update, context: Context) -> None:
    """A video, or a round one: it reaches nobody, and what can be done instead is said."""
    message, turn = _message(update), context.turn
    turn.say("berkas.video")
    if message.caption:
        turn.hear(_incoming(context, message, text=message.caption))
        return
    line = turn.reference.texts.plain("umum.catatan.video")
    messages.note(turn.session, turn.chat, Sender.CITIZEN, line, turn.now)


async def photo(update: Update, context: Context) -> None:
    """A picture: the largest of its sizes that may be kept."""
    message = _message(update)
    fitting = [p for p in message.photo if (p.file_size or 0) <= MAX_SIZE] or message.photo
    best = max(fitting, key=lambda size: size.width * size.height)
    file = SentFile(best.file_id, FileKind.PHOTO, best.file_size or 0, "image/jpeg")
    await _take(context, message, file)


async def document(update: Update, context: Context) -> None:
    """A file sent as such, also a picture."""
    message = _message(update)
    sent = message.document
    assert sent is not None  # noqa: S101
    file = SentFile(sent.file_id, FileKind.DOCUMENT, sent.file_size or 0, sent.mime_type)
    await _take(context, message, file)


async def _take(context: Context, message: Message, file: SentFile) -> None:
    """Hand a file to the dialogue; of one too many only the words below it."""
    turn, caption = context.turn, message.caption
    if not await file_is_too_much(turn, message.date):
        kept = replace(file, album=message.media_group_id)
        turn.hear(_incoming(context, message, text=caption, file=kept))
    elif caption:
        turn.hear(_incoming(context, message, text=caption))


async def location(update: Update, context: Context) -> None:
    """A place on the map, also of a venue; of one that moves only where it began."""
    message = _message(update)
    assert message.location is not None  # noqa: S101
    place = Location(message.location.latitude, message.location.longitude)
    context.turn.hear(_incoming(context, message, location=place))


async def contact(update: Update, context: Context) -> None:
    """A shared phone number; only the sender's own proves anything."""
    message = _message(update)
    shared = message.contact
    assert shared is not None  # noqa: S101
    own = message.from_user is not None and shared.user_id == message.from_user.id
    number = Contact(shared.phone_number, own=own)
    context.turn.hear(_incoming(context, message, contact=number))


async def edited(update: Update, context: Context) -> None:
    """A changed message; of one without words it is said that it is not read again.

    A place that moves says nothing new.
    """
    message, turn = update.edited_message, context.turn
    assert message is not None  # noqa: S101
    if message.location is not None or message.chat.type != "private":
        return
    text = message.text or message.caption
    if not text:
        turn.say("umum.diubah")
        return
    said = _incoming(context, message, text=text, edited=True)
    turn.hear(replace(said, at=message.edit_date or message.date))


async def button(update: Update, context: Context) -> None:
    """A button below a message of ours; in a group there is nothing to talk about."""
    query = _query(update)
    turn = context.turn
    end_waiting(turn, query.id)
    if _is_group(turn):
        return
    incoming = Incoming(turn.chat, turn.now, str(query.from_user.id), button=query.data or "")
    turn.hear(incoming, partial(buttons.settle, turn, query))


async def claim(update: Update, context: Context) -> None:
    """An officer takes a citizen who waits, from the alert in the officers' group."""
    query = _query(update)
    turn = context.turn
    end_waiting(turn, query.id)
    number = int((query.data or "").partition(":")[2])
    officer = await staff.by_telegram(turn.session, query.from_user.id)
    key = "petugas.bukan_petugas" if officer is None else await _claim(turn, number, officer)
    if key != "petugas.bukan_petugas" and query.message is not None:
        queue_act(turn.session, turn.chat, {"strip": query.message.message_id}, turn.now)
    name = officer.name if officer else ""
    text = turn.reference.texts.html(key, nomor=number, petugas=name)
    await messages.queue_alert(turn.session, turn.chat, Reply(key, text), turn.now)


async def _claim(turn: OpenTurn, number: int, officer: Staff) -> str:
    """Try to claim; returns the text that says what came of it."""
    escalation = await queues.escalation(turn.session, turn.reference, officer, number)
    if escalation is None:
        return "petugas.sudah_diambil"
    await queues.hold(turn.session, escalation)
    try:
        await escalations.claim(turn.session, turn.reference, escalation, officer, turn.now)
    except escalations.AlreadyClaimedError:
        return "petugas.sudah_diambil"
    return "petugas.diambil"


def apologise(turn: OpenTurn, payload: dict[str, Any]) -> None:
    """Say that something went wrong on our side, and end the waiting of a button."""
    query = payload.get("callback_query")
    if isinstance(query, dict) and isinstance(query.get("id"), str):
        end_waiting(turn, query["id"])
    if not _is_group(turn):
        turn.say("umum.gangguan")


def _is_group(turn: OpenTurn) -> bool:
    return not is_private(turn.chat)


def _message(update: Update) -> Message:
    assert update.message is not None  # noqa: S101  the filters see to it
    return update.message


def _query(update: Update) -> CallbackQuery:
    assert update.callback_query is not None  # noqa: S101  the handler sees to it
    return update.callback_query


def _incoming(context: Context, message: Message, **content: Any) -> Incoming:
    """What came in. The citizen's clock starts when Telegram received the message."""
    sender = str(message.from_user.id) if message.from_user else None
    passed_on, line = message.forward_origin is not None, str(message.message_id)
    chat = context.turn.chat
    return Incoming(chat, message.date, sender, line=line, forwarded=passed_on, **content)

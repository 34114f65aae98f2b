"""Groups of citizens: the bot says once that it is to be written to directly."""

from telegram import Message, MessageEntity, Update

from actions.casework import messages
from actions.casework.chats import lock_chat, now_at, remember
from actions.domain.memory import ChatMemory
from actions.domain.messages import Button, Reply
from bot.channels import OpenTurn
from bot.telegram.context import Context
from bot.telegram.inbound import PREFIX

TOLD = "umum.grup"


async def is_of_officers(turn: OpenTurn) -> bool:
    """Whether this is a group where officers get alerts: of all, or of a unit."""
    reference = turn.reference
    units = (unit.group for unit in reference.catalogue.office.units.values())
    groups = {f"{PREFIX}{number}" for number in units if number is not None}
    groups |= {reference.staff_chat} if reference.staff_chat else set()
    return turn.chat in {await now_at(turn.session, group) for group in groups}


async def addressed(update: Update, context: Context) -> None:
    """Somebody speaks to the bot in a group."""
    message, turn = update.message, context.turn
    if message is None or not _is_for(message, context.bot.id, context.bot.username):
        return
    if not await is_of_officers(turn):
        await send_away(turn, context.bot.username)


def _is_for(message: Message, bot: int, name: str) -> bool:
    """Whether a message is a command, names the bot, or answers it."""
    answered = message.reply_to_message
    if answered is not None and answered.from_user is not None and answered.from_user.id == bot:
        return True
    told = message.parse_entities([MessageEntity.MENTION, MessageEntity.BOT_COMMAND])
    return any(
        f"@{name}".casefold() in word.casefold() or (word.startswith("/") and "@" not in word)
        for word in told.values()
    )


async def send_away(turn: OpenTurn, name: str) -> None:
    """Ask to write directly, once a group: its row remembers."""
    row = await lock_chat(turn.session, turn.chat, turn.now)
    memory = ChatMemory.from_json(row.state)
    if memory.last_key == TOLD:
        return
    texts = turn.reference.texts
    way = Button(texts.plain("tombol.tulis_langsung"), "", f"https://t.me/{name}?start=grup")
    reply = Reply(TOLD, texts.html(TOLD), ((way,),))
    await messages.queue_alert(turn.session, turn.chat, reply, turn.now)
    memory.last_key = TOLD
    remember(row, memory, turn.now)

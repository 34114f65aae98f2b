"""Albums: Telegram delivers their pictures one by one, and they are answered once."""

from actions.casework import attachments
from actions.casework.chats import lock_chat
from actions.casework.messages import Sender, add_file, note
from actions.domain.memory import ChatMemory
from actions.domain.messages import FileFault, FileNeeded, SentFile
from actions.storage.tables import Chat
from bot.channels import OpenTurn

_FAILED = ("berkas.gagal_unduh", "berkas.terlalu_besar", "berkas.bukan_")


async def continues(turn: OpenTurn, album: str) -> bool:
    """Whether a file of this album came before, and was read. The chat's row keeps the last."""
    row = await lock_chat(turn.session, turn.chat, turn.now)
    follows = row.album == album and not _failed(row)
    row.album = album
    return follows


def _failed(row: Chat) -> bool:
    """Whether the file before could not be kept, so that the next one takes its place."""
    return (ChatMemory.from_json(row.state).last_key or "").startswith(_FAILED)


async def join(turn: OpenTurn, file: SentFile) -> None:
    """Keep a further file of an album; raises FileNeeded until it is fetched."""
    stored = turn.fetched.file
    if stored is None:
        raise FileNeeded(file)
    line = turn.reference.texts.plain(f"umum.catatan.{file.kind}")
    note(turn.session, turn.chat, Sender.CITIZEN, line, turn.now)
    if isinstance(stored, FileFault):
        turn.say(f"berkas.{stored.key}")
        return
    row = await lock_chat(turn.session, turn.chat, turn.now)
    if ChatMemory.from_json(row.state).with_human:
        await add_file(turn.session, turn.chat, stored)
        return
    await attachments.join_album(turn.session, turn.chat, str(row.album), stored, turn.now)

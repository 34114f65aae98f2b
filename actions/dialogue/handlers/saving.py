"""Saving data: short texts, no pictures unasked, news once a day; how much that saved."""

from datetime import datetime

from actions.casework import thrift
from actions.casework.chats import lock_chat
from actions.casework.messages import Sender, file_name
from actions.casework.news import show_size
from actions.dialogue.context import Rows, TurnContext
from actions.dialogue.handlers.form.questions import stale
from actions.dialogue.registry import Replies, aside, on_button, on_word
from actions.domain.messages import OutgoingFile, Reply
from actions.forms.show import show_day
from actions.storage.tables import Message

NOTHING_YET = {
    "hemat.sejauh_ini": "hemat.sejauh_ini_kosong",
    "hemat.selesai": "hemat.selesai_kosong",
}


@on_word("hemat")
@on_button("save")
@aside
async def save(turn: TurnContext) -> Replies:
    """Begin to save, or tell how much was saved so far."""
    row = await lock_chat(turn.session, turn.chat, turn.now)
    stop = [[turn.button("hemat_mati", "spend")]]
    if row.thrift is not None:
        return [_so_far(turn, "hemat.sejauh_ini", row.thrift, stop)]
    thrift.begin(row, turn.now)
    turn.thrifty = True
    return [turn.say("hemat.mulai", stop, jam=thrift.HOUR)]


@on_word("hemat_mati")
@on_button("spend")
@aside
async def spend(turn: TurnContext) -> Replies:
    """Send everything as it comes again; what was held goes out first."""
    row = await lock_chat(turn.session, turn.chat, turn.now)
    again = [[turn.button("hemat_lagi", "save")]]
    if row.thrift is None:
        return [turn.say("hemat.memang_mati", again)]
    counted = await thrift.end(turn.session, turn.reference, row, turn.now)
    turn.thrifty = False
    return [_so_far(turn, "hemat.selesai", counted, again)]


def _so_far(turn: TurnContext, key: str, counted: thrift.Counted, ways: Rows) -> Reply:
    """What was counted since it began; that it is nothing yet is said too."""
    saved = counted[thrift.BYTES]
    if saved <= 0:
        return turn.say(NOTHING_YET[key], ways)
    since = show_day(turn.reference.today(datetime.fromisoformat(counted[thrift.SINCE])))
    return turn.say(key, ways, ukuran=show_size(turn.reference, saved), sejak=since)


@on_button("picture")
@aside
async def bring(turn: TurnContext, line_id: str, size: str) -> Replies:
    """The file of a line of ours that was not sent with it."""
    line = await turn.session.get(Message, int(line_id))
    mine = line is not None and line.chat == turn.chat and line.sender != Sender.CITIZEN
    if line is None or not mine or line.file is None:
        return stale(turn)
    thrift.count(await lock_chat(turn.session, turn.chat, turn.now), -int(size))
    called = file_name(turn.reference, line.file)
    text = turn.word("hemat.berkas")
    return [Reply("hemat.berkas", text, file=OutgoingFile(line.file, called))]

"""For somebody else: for whom, whether they agreed, and the receipt that is handed to them.

That somebody else is meant is told in words, or by a button at the summary.
"""

from datetime import datetime

from actions.casework import claims, helpers
from actions.dialogue.agreement import agrees, declines
from actions.dialogue.context import TurnContext, rows
from actions.dialogue.handlers.form.questions import (
    next_step,
    open_case,
    own_draft,
    stale,
    with_way_on,
)
from actions.dialogue.registry import Replies, changeable, on_awaited, on_button, on_word
from actions.domain.messages import HandOver, Reply
from actions.domain.text import words_of
from actions.forms.show import show_day
from actions.storage.tables import Case

SELF, FEW_WORDS = "sendiri", 4
LABELS = {
    "keluarga": "wakil_keluarga",
    "warga": "wakil_warga",
    "lain": "wakil_lain",
    SELF: "wakil_sendiri",
}


def is_told(turn: TurnContext) -> bool:
    """Whether the words tell that this is for somebody else: "untuk ibu saya"."""
    return bool(turn.text) and _says(turn, turn.reference.words["orang_lain"]["kata"])


def _says(turn: TurnContext, phrases: list[str]) -> bool:
    written = f" {' '.join(words_of(turn.text))} | {_spelt(turn)} "
    return any(f" {phrase} " in written for phrase in phrases)


def _spelt(turn: TurnContext) -> str:
    """The words as they are written in full: "sy kader" is "saya kader"."""
    slang = turn.reference.words["slang"]
    return " ".join(slang.get(word, word) for word in words_of(turn.text))


async def told_aside(turn: TurnContext) -> Replies | None:
    """Few words that only tell this, at whatever question of an open form."""
    short = len(words_of(turn.text)) <= FEW_WORDS
    case = await open_case(turn) if short and is_told(turn) else None
    return None if case is None or case.code is not None or case.secret else [ask(turn, case)]


@on_word("orang_lain")
async def in_words(turn: TurnContext) -> Replies:
    """Somebody says that it is for somebody else, whatever is open."""
    case = await open_case(turn)
    if case is None:
        return [turn.say("wakil.sebut_dulu", [[turn.button("menu", "menu")]])]
    return [ask(turn, case)]


def ask(turn: TurnContext, case: Case) -> Reply:
    """For whom it is."""
    turn.wait_for("siapa", case.id)
    ways = [turn.button(label, "whom", case.id, who) for who, label in LABELS.items()]
    return turn.say("wakil.untuk_siapa", rows(ways))


@on_awaited("siapa")
async def whom_in_words(turn: TurnContext, case_id: str) -> Replies | None:
    """For whom, in words; None for an answer to the question of the form."""
    known = turn.reference.words["orang_lain"]
    said = {" ".join(words_of(turn.text)), _spelt(turn)}
    meant = next((who for who in (*helpers.RELATIONS, SELF) if said & {*known[who]}), None)
    return None if meant is None else await whom(turn, case_id, meant)


@on_button("whom")
@changeable
async def whom(turn: TurnContext, case_id: str, who: str = "") -> Replies:
    """Ask for whom it is, or whether they agree; one's own case goes on at once."""
    case = await own_draft(turn, case_id)
    if case is None or case.code is not None or case.secret:
        return stale(turn)
    if who == SELF:
        turn.memory.behalf = None
        return [next_step(turn, case)]
    return [_ask_consent(turn, case, who)] if who in helpers.RELATIONS else [ask(turn, case)]


def _ask_consent(turn: TurnContext, case: Case, who: str) -> Reply:
    turn.wait_for("izin", case.id, who)
    yes = turn.button("wakil_setuju", "agreed", case.id, who, 1)
    no = turn.button("wakil_belum", "agreed", case.id, who, 0)
    return turn.say("wakil.izin", [[yes], [no]])


@on_awaited("izin")
async def consent_in_words(turn: TurnContext, case_id: str, who: str) -> Replies | None:
    """Whether they agreed, in words; None for words that say neither."""
    if agrees(turn) or _says(turn, turn.reference.words["orang_lain"]["setuju"]):
        return await consent(turn, case_id, who, "1")
    return await consent(turn, case_id, who, "0") if declines(turn) else None


@on_button("agreed")
@changeable
async def consent(turn: TurnContext, case_id: str, who: str, agreed: str) -> Replies:
    """Note the consent and go on; without it nothing is asked, and nothing is lost."""
    case = await own_draft(turn, case_id)
    if case is None or case.code is not None or who not in helpers.RELATIONS:
        return stale(turn)
    if agreed != "1":
        turn.memory.behalf = None
        return [_first_ask_them(turn, case, who)]
    turn.memory.behalf = [case.id, who, turn.now.isoformat()]
    noted = turn.say("wakil.dicatat", siapa=turn.word(f"wakil.siapa.{who}"))
    return [noted, next_step(turn, case)]


def _first_ask_them(turn: TurnContext, case: Case, who: str) -> Reply:
    turn.wait_for("izin", case.id, who)
    ways = [
        [turn.button("wakil_setuju", "agreed", case.id, who, 1)],
        [turn.button("wakil_sendiri", "whom", case.id, SELF)],
        [turn.button("batal", "drop", case.id)],
    ]
    return turn.say("wakil.tanyakan_dulu", ways)


async def hand_in(turn: TurnContext, case: Case) -> Replies:
    """Keep for whom a case was handed in, and give the receipt; nothing for one's own."""
    behalf, turn.memory.behalf = turn.memory.behalf, None
    if behalf is None or behalf[0] != case.id or case.anonymous:
        return []
    helpers.note(turn.session, case, str(behalf[1]), datetime.fromisoformat(behalf[2]))
    return [await _receipt(turn, case)]


@on_button("handover")
async def another(turn: TurnContext, case_id: str) -> Replies:
    """The receipt once more, with a new PIN; the one before is void."""
    case = await turn.session.get(Case, int(case_id))
    helper = await helpers.of_case(turn.session, case) if case is not None else None
    if case is None or helper is None or helper.chat != turn.chat:
        return stale(turn)
    if not turn.owns(case):
        return await with_way_on(turn, [turn.say("wakil.sudah_diambil", kode=case.code)])
    return [await _receipt(turn, case, "wakil.tanda_terima_baru")]


async def _receipt(turn: TurnContext, case: Case, key: str = "wakil.tanda_terima") -> Reply:
    """The picture with code and PIN, and how it is used."""
    pin = await claims.make_pin(turn.session, case, turn.now, turn.random)
    until = show_day(turn.reference.today(turn.now + claims.VALID))
    lines = (
        turn.word("wakil.gambar.cara"),
        turn.word("wakil.gambar.berlaku", tanggal=until),
    )
    title = turn.word("wakil.gambar.judul", kantor=turn.office.called, hal=turn.called(case.slug))
    again = [[turn.button("gambar_lagi", "handover", case.id)]]
    told = turn.say(key, again, tanggal=until)
    card = HandOver(str(case.code), pin, title, lines)
    return Reply(told.key, told.text, told.buttons, hand_over=card)

"""What citizens may ask for about their data: a copy, a correction, and not to be asked."""

from datetime import timedelta

from actions.casework import data_copy, privacy_requests, surveys
from actions.casework.chats import lock_chat
from actions.casework.privacy_requests import RequestKind, TooManyError
from actions.dialogue.context import Rows, TurnContext, rows
from actions.dialogue.handlers.status import own_cases
from actions.dialogue.registry import Replies, aside, on_awaited, on_button
from actions.domain.messages import OutgoingFile, PageNeeded, Reply
from actions.forms.show import show_day
from actions.storage.tables import Case

NEWEST = 5
COPY_AGAIN = timedelta(hours=1)
COPY_NAME = "data-saya.html"


@on_button("copy")
@aside
async def copy(turn: TurnContext, sure: str = "") -> Replies:
    """Send the copy, once whoever holds the phone knows what is in it."""
    last = await privacy_requests.last_copy(turn.session, turn.chat)
    if last is not None and turn.now - last < COPY_AGAIN:
        return [turn.say("hak.salinan.baru_saja", _menu(turn))]
    if not sure:
        send = turn.button("kirim_salinan", "copy", "sure")
        return [turn.say("hak.salinan.yakin", [[send], [turn.button("nanti_saja", "menu")]])]
    page = turn.fetched.page
    if page is None:
        made = data_copy.page_of(turn.session, turn.reference, turn.chats, turn.now)
        raise PageNeeded(await made)
    privacy_requests.note_done(turn.session, turn.chat, RequestKind.COPY, turn.now)
    said = turn.say("hak.salinan.ini", _menu(turn))
    return [Reply(said.key, said.text, said.buttons, file=OutgoingFile(page.name, COPY_NAME))]


@on_button("correct")
@aside
async def correct(turn: TurnContext, case_id: str = "") -> Replies:
    """Ask which of the newest cases is wrong, then what."""
    found = (await own_cases(turn))[:NEWEST]
    chosen = found if len(found) == 1 else [case for case in found if str(case.id) == case_id]
    if chosen:
        turn.wait_for("correct", chosen[0].id)
        kode, hal = _named(turn, chosen[0])
        ways = [[turn.button("tidak_jadi_batal", "menu")]]
        return [turn.say("hak.perbaikan.tanya", ways, kode=kode, hal=hal)]
    if not found:
        return [turn.say("hak.perbaikan.tidak_ada", _menu(turn))]
    offered = []
    for case in found:
        kode, hal = _named(turn, case)
        offered.append(turn.button("satu_permohonan", "correct", case.id, kode=kode, hal=hal))
    return [turn.say("hak.perbaikan.pilih", rows(offered))]


def _named(turn: TurnContext, case: Case) -> tuple[str, str]:
    return case.code or "", turn.called(case.slug)


@on_awaited("correct")
async def corrected(turn: TurnContext, case_id: str) -> Replies | None:
    """Take what is wrong to the officers of the case."""
    case = await turn.session.get(Case, int(case_id))
    if case is None or not turn.owns(case):
        return None
    try:
        request = await privacy_requests.ask_correction(turn.session, case, turn.text, turn.now)
    except TooManyError:
        most = privacy_requests.MOST_OPEN
        return [turn.say("hak.perbaikan.penuh", _menu(turn), jumlah=most)]
    due = turn.reference.local(request.due_at)
    when = f"{show_day(due.date())}, {due:%H.%M} {due.tzname()}"
    unit = turn.reference.catalogue.unit(case.unit).short
    return [turn.say("hak.perbaikan.diterima", _menu(turn), unit=unit, waktu=when)]


@on_button("consent")
@aside
async def consent(turn: TurnContext, wanted: str = "") -> Replies:
    """Say what is asked of citizens beyond the service, and stop it or take it up at once."""
    chat = await lock_chat(turn.session, turn.chat, turn.now)
    if wanted == "no" and not chat.no_surveys:
        await surveys.decline(turn.session, chat, turn.now)
        privacy_requests.note_done(turn.session, turn.chat, RequestKind.NO_SURVEYS, turn.now)
        return [turn.say("hak.izin.dicabut", _menu(turn))]
    if wanted == "yes" and chat.no_surveys:
        chat.no_surveys = False
        privacy_requests.note_done(turn.session, turn.chat, RequestKind.SURVEYS, turn.now)
        return [turn.say("hak.izin.diberi", _menu(turn))]
    if chat.no_surveys:
        ways = [[turn.button("boleh_ditanya", "consent", "yes")], *_menu(turn)]
        return [turn.say("hak.izin.sekarang_tidak", ways)]
    ways = [[turn.button("jangan_ditanya", "consent", "no")], *_menu(turn)]
    return [turn.say("hak.izin.sekarang_ya", ways)]


async def asked_for(turn: TurnContext) -> list[Reply]:
    """How what was asked for stands; nothing when nothing was."""
    found = [
        one
        for chat in turn.chats
        for one in await privacy_requests.of_chat(turn.session, chat, NEWEST)
    ]
    lines = [privacy_requests.in_words(turn.reference, request) for request in found]
    return [turn.say("hak.daftar", isi="\n".join(lines))] if lines else []


def _menu(turn: TurnContext) -> Rows:
    return [[turn.button("menu", "menu")]]

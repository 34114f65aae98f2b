"""Back to a form in words: "domisili yang tadi lanjutin"; or on from what was just shown."""

from collections.abc import Sequence

from actions.casework import cases
from actions.dialogue import targets
from actions.dialogue.agreement import agrees, declines
from actions.dialogue.context import TurnContext
from actions.dialogue.handlers.form.opening import start, which_first
from actions.dialogue.handlers.form.questions import open_case, resume_question
from actions.dialogue.handlers.form.rewording import bare
from actions.dialogue.handlers.menu import main_menu
from actions.dialogue.handlers.status import mine
from actions.dialogue.registry import Replies, on_awaited
from actions.domain.text import is_question, words_of
from actions.storage.tables import Case

SHOWN = ("layanan.", "status.kosong_hal")
"""Replies that show a service and a button that begins it."""


async def go_back(turn: TurnContext) -> Replies | None:
    """Go on with a form that was left, or begin what was shown; None for other words."""
    if not turn.text or is_question(turn.text) or _agrees_in_form(turn):
        return None
    words, said = turn.reference.words["lanjut"], set(words_of(turn.text))
    if begun := await _begin_shown(turn, said):
        return begun
    if not said & {*words["lanjut"]}:
        return None
    about = said - {*words["lanjut"], *words["tadi"], *words["pengiring"]}
    all_of_chat = await cases.begun_in(turn.session, turn.chat)
    found = [case for case in all_of_chat if not about or _is_named(turn, case, about)]
    return await _go_on(turn, found, sent_too=bool(about))


def _is_named(turn: TurnContext, case: Case, about: set[str]) -> bool:
    """Whether the words name what a case is about, or are some of the words of its name."""
    if any(candidate.name == case.slug for candidate in targets.named(turn)):
        return True
    item = turn.reference.catalogue.find(case.slug)
    return item is not None and {bare(w) for w in about} <= {
        *words_of(item.name),
        *words_of(item.called),
    }


def _agrees_in_form(turn: TurnContext) -> bool:
    """Whether "oke lanjut" answers a form that is open."""
    return turn.memory.draft is not None and agrees(turn)


async def _begin_shown(turn: TurnContext, said: set[str]) -> Replies | None:
    """Begin the service that was shown last: "ok urus", "langsung daftar aja"."""
    lists, slug = turn.reference.words, turn.memory.topic
    shown = (turn.memory.last_key or "").startswith(SHOWN)
    if not shown or slug is None or turn.memory.draft is not None:
        return None
    wants = {*lists["keinginan"]["ingin"], *lists["lanjut"]["lanjut"]}
    others = {*lists["kirim"]["setuju"], *lists["kirim"]["pengiring"]}
    return await start(turn, slug) if said & wants and said <= wants | others else None


async def _go_on(turn: TurnContext, found: Sequence[Case], *, sent_too: bool) -> Replies | None:
    """The open form, else one that still takes answers, else one to begin again."""
    unfinished = [case for case in found if cases.takes_answers(case)]
    unfinished.sort(key=lambda case: case.id != turn.memory.draft)
    if unfinished:
        turn.memory.draft, turn.memory.editing = unfinished[0].id, None
        return [resume_question(turn, unfinished[0])]
    sent = {case.slug for case in found if case.code is not None}
    given_up = [case for case in found if case.slug not in sent]
    if given_up:
        return await _again(turn, given_up[0].slug)
    return await mine(turn, found[0].slug) if found and sent_too else None


async def _again(turn: TurnContext, slug: str) -> Replies:
    """Offer to begin what was given up; nothing of it was kept, and no open form is lost."""
    case = await open_case(turn)
    if case is not None:
        return [which_first(turn, case, slug, ())]
    turn.wait_for("mulai_lagi", slug)
    ways = [[turn.button("mulai_lagi", "start", slug)], [turn.button("menu", "menu")]]
    return [turn.say("formulir.mulai_dari_awal", ways, hal=turn.called(slug))]


@on_awaited("mulai_lagi")
async def begin_again(turn: TurnContext, slug: str) -> Replies | None:
    """Yes or no in words to whether it is begun again; None when it is neither."""
    if agrees(turn):
        return await start(turn, slug)
    return [main_menu(turn)] if declines(turn) else None

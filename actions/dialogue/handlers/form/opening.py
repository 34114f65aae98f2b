"""A form begins: for the service or complaint that is meant, with what was already told."""

from collections.abc import Container, Sequence
from dataclasses import replace

from actions.casework import cases
from actions.catalogue import Complaint
from actions.dialogue import reading, targets, waiting
from actions.dialogue.braking import hour_in_words, one_more
from actions.dialogue.context import TurnContext
from actions.dialogue.handlers import on_behalf
from actions.dialogue.handlers.clarify import which
from actions.dialogue.handlers.form import prefill
from actions.dialogue.handlers.form.build import STORY, STORY_WORDS, form_of
from actions.dialogue.handlers.form.questions import (
    drop,
    drop_untouched,
    next_step,
    open_case,
    own_draft,
    pending,
    resume_question,
    stale,
)
from actions.dialogue.handlers.menu import complaints_menu, units_menu
from actions.dialogue.registry import Replies, on_button, on_intent, once
from actions.dialogue.waiting import Waiting
from actions.dialogue.wording import near_day
from actions.domain.brakes import Brake, Braked
from actions.domain.messages import Reply
from actions.domain.status import Status
from actions.domain.text import words_of
from actions.domain.understanding import Candidate
from actions.forms import engine
from actions.forms.engine import Found
from actions.forms.form import Answers, Form
from actions.storage.tables import Case

FEW_WORDS = 7
LIKELY, LIKELY_OF_MANY_WORDS = 0.4, 0.25
"""Where even the best is less likely, nothing of it was named: "mau bikin surat". Whoever says
much says something."""


@on_intent("ajukan_layanan")
async def apply(turn: TurnContext) -> Replies:
    """Begin the form of the service that is meant, or ask which one it is."""
    begun = await _start_or_ask(turn, "ajukan_layanan", targets.services(turn))
    return begun or await _spoken_of(turn, turn.reference.catalogue.services) or [units_menu(turn)]


@on_intent("lapor")
async def report(turn: TurnContext) -> Replies:
    """Begin the form of the complaint that is meant, with what was already told."""
    begun = await _start_or_ask(turn, "lapor", targets.complaints(turn))
    spoken_of = turn.reference.catalogue.complaints
    return begun or await _spoken_of(turn, spoken_of) or [complaints_menu(turn)]


async def _start_or_ask(
    turn: TurnContext, intent: str, candidates: Sequence[Candidate]
) -> Replies:
    """Begin the one that is clear, or ask which of several; nothing where none is likely."""
    slug = targets.clear(candidates)
    if slug is not None:
        return await start(turn, slug, prefill.found(turn, slug))
    slugs = [candidate.name for candidate in candidates]
    least = LIKELY_OF_MANY_WORDS if reading.is_long(turn) else LIKELY
    likely = bool(candidates) and candidates[0].confidence >= least
    return [which(turn, slugs, intent)] if likely else []


async def _spoken_of(turn: TurnContext, offered: Container[str]) -> Replies:
    """Begin what was just spoken of, or offered alone: "ok urus", "ya mau lapor"."""
    slugs = [turn.memory.topic, *_by_last_buttons(turn)]
    named = list(dict.fromkeys(slug for slug in slugs if slug in offered))
    begins = turn.memory.draft is None and not targets.mentions_something(turn)
    clear = turn.memory.topic in named or len(named) == 1
    return await start(turn, named[0]) if named and named[0] and begins and clear else []


def _by_last_buttons(turn: TurnContext) -> list[str]:
    """What the buttons below the last words would begin."""
    data = [button[1].split(":") for row in turn.memory.ways for button in row]
    return [parts[2] for parts in data if parts[0] == "mean" and len(parts) > 2]  # noqa: PLR2004


@on_button("start")
async def start_by_button(turn: TurnContext, slug: str) -> Replies:
    """Begin the form of a service or complaint that was chosen."""
    known = turn.reference.catalogue.find(slug) is not None
    return await start(turn, slug) if known else stale(turn)


@on_button("begin")
async def begin_as_told(turn: TurnContext, slug: str, heard_at: str) -> Replies:
    """Begin with the words that this was offered for; a form that they had begun is given up."""
    if turn.reference.catalogue.find(slug) is None:
        return stale(turn)
    await drop_untouched(turn)
    again = turn.as_heard(heard_at)
    return await start(again or turn, slug, prefill.found(again, slug) if again else ())


@on_button("switch")
@once
async def switch(turn: TurnContext, case_id: str, slug: str) -> Replies:
    """Leave the open form for another one; its draft is given up."""
    case = await own_draft(turn, case_id)
    if case is not None:
        await drop(turn, case)
    wish = waiting.of(turn, slug)
    return await begin(turn, wish) if wish else await start(turn, slug)


async def begin(turn: TurnContext, wish: Waiting) -> Replies:
    """Open the form of a wish that waited, with what was said for it."""
    told = replace(turn, incoming=replace(turn.incoming, text=wish.text or None))
    return await start(told, wish.slug, wish.found)


async def start(turn: TurnContext, slug: str, found: Sequence[Found] = ()) -> Replies:
    """Begin a form, or ask what to do with the one that is open."""
    current = await open_case(turn)
    if current is not None and current.slug == slug:
        return _the_same(turn, current)
    if current is not None and current.answers and not turn.memory.untouched:
        return [which_first(turn, current, slug, found)]
    if not turn.urgent and (over := await one_more(turn, Braked.DRAFTS)) is not None:
        return [_enough(turn, over)]
    if current is not None:
        await drop(turn, current)
    case = await _open(turn, slug, found)
    turn.memory.leave_form()
    turn.memory.draft, turn.memory.topic, turn.memory.misses = case.id, slug, 0
    turn.memory.untouched = True
    waiting.forget(turn, slug)
    first = next_step(turn, case)
    if not case.secret and not turn.urgent and on_behalf.is_told(turn):
        first = on_behalf.ask(turn, case)
    return [*_first_words(turn, slug), _or_something_else(turn, slug, first)]


def _the_same(turn: TurnContext, current: Case) -> Replies:
    """What is open already goes on; another of it, for somebody else, comes afterwards."""
    more = set(words_of(turn.text)) & {*turn.reference.words["pendek"]["juga"]}
    if not more or turn.memory.untouched:
        return [resume_question(turn, current)]
    return [
        turn.say("formulir.satu_satu", hal=turn.called(current.slug)),
        next_step(turn, current),
    ]


async def meant_another(turn: TurnContext) -> Replies | None:
    """A few words that name what sets a similar service apart: "eh maksud saya yang rusak"."""
    case = await open_case(turn)
    said = set(words_of(turn.text)) if turn.text else set()
    if case is None or len(said) > FEW_WORDS or case.status != Status.DRAFT:
        return None
    if said.isdisjoint(turn.reference.words["pendek"]["maksud_lain"]):
        return None
    field = pending(turn, case)
    offered = (
        {word for choice in field.choices for word in words_of(choice.label)} if field else ()
    )
    item = turn.reference.catalogue.find(case.slug)
    if item is None or not said.isdisjoint(offered):
        return None
    other = turn.reference.matcher.rather(turn.text, case.slug, item.similar)
    return await start(turn, other) if other else None


def _enough(turn: TurnContext, over: Brake) -> Reply:
    """That no more forms are opened for now, and the way to a human."""
    ways = [[turn.button("petugas", "human"), turn.button("menu", "menu")]]
    limit, hour = turn.reference.limits.of(Braked.DRAFTS), hour_in_words(turn, over.until)
    day = near_day(turn, turn.reference.today(over.until))
    return turn.say("rem.formulir", ways, jumlah=limit, hari=day, jam=hour)


def _or_something_else(turn: TurnContext, slug: str, first: Reply) -> Reply:
    """The first question with one tap to what else the words may have meant."""
    if not turn.text:
        return first
    away = turn.button("bukan_itu", "not", slug, turn.memory.heard_at)
    return replace(first, buttons=(*first.buttons, (away,)))


async def _open(turn: TurnContext, slug: str, found: Sequence[Found]) -> Case:
    item = turn.reference.catalogue.item(slug)
    form = form_of(slug, item, turn.reference.texts)
    case = await cases.open_draft(
        turn.session,
        chat=turn.chat,
        slug=slug,
        item=item,
        form=form,
        answers=engine.prefill(form, _story(turn, form), found, turn.form_context),
        now=turn.now,
        urgent=turn.urgent,
    )
    if turn.memory.discreet:
        cases.keep_quiet(case)
    return case


def _story(turn: TurnContext, form: Form) -> Answers:
    """The story of a complaint in the citizen's own words, when it began with words."""
    if STORY not in {field.key for field in form.fields}:
        return {}
    enough = len(turn.text.split()) >= STORY_WORDS
    return {STORY: turn.text if enough else None}


def _first_words(turn: TurnContext, slug: str) -> Replies:
    item = turn.reference.catalogue.item(slug)
    is_complaint = isinstance(item, Complaint)
    key = "formulir.mulai_pengaduan" if is_complaint else "formulir.mulai_layanan"
    replies = [turn.say(key, hal=item.called)]
    if isinstance(item, Complaint) and item.elsewhere:
        replies = [turn.say("formulir.bukan_kami", isi=item.elsewhere.text)]
    if isinstance(item, Complaint):
        replies.append(turn.say(_secrecy(turn, item)))
    if not turn.memory.noticed:
        turn.memory.noticed = True
        replies.append(turn.say("formulir.pemberitahuan", isi=turn.office.privacy_notice))
    return replies


def _secrecy(turn: TurnContext, item: Complaint) -> str:
    """The one sentence that says who reads a report."""
    if turn.memory.discreet:
        return "formulir.rahasia.takut"
    return "formulir.rahasia.khusus" if item.secret else "formulir.rahasia.biasa"


def which_first(turn: TurnContext, current: Case, slug: str, found: Sequence[Found]) -> Reply:
    """Ask which of two goes first; the new one waits with what was said for it."""
    was, new = turn.called(current.slug), turn.called(slug)
    waiting.remember(turn, slug, turn.text, found)
    ways = [
        [turn.button("lanjutkan_ini", "resume", current.id, hal=was)],
        [turn.button("mulai_ini", "switch", current.id, slug, hal=new)],
    ]
    return turn.say("formulir.masih_ada", ways, hal=was, baru=new)

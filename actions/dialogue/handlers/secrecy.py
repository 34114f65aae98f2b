"""Whether something is secret, a report without a name, and words that give nobody away."""

from actions.casework import cases, linked
from actions.casework.notifications import news_of
from actions.casework.queues import names
from actions.dialogue import reading
from actions.dialogue.acting import carry_out
from actions.dialogue.context import TurnContext
from actions.dialogue.decide import Kind
from actions.dialogue.handlers.form import questions
from actions.dialogue.handlers.form.sending import send
from actions.dialogue.handlers.status import details, own_case, own_cases
from actions.dialogue.registry import Replies, on_button
from actions.domain.fear import is_afraid
from actions.domain.messages import Reply
from actions.domain.status import Actor, CaseKind
from actions.domain.text import is_question, plain_words
from actions.domain.work import EventKind
from actions.storage.tables import Case, CaseEvent

FEW_WORDS, FEWER_WORDS = 10, 6
OTHERS, THINGS = {"orang", "tahu"}, {"anonim", "rahasia"}
"""The word lists of what is asked: whether somebody gets to know, or something is secret."""


async def heed(turn: TurnContext) -> None:
    """From a plea that somebody may not know on, nothing that is sent says what it is about."""
    if not turn.text or not is_afraid(turn.text, turn.reference.fear):
        return
    turn.memory.discreet = True
    draft = await questions.open_case(turn)
    for case in (*await own_cases(turn), *([draft] if draft else [])):
        cases.keep_quiet(case)


async def surely_asked(turn: TurnContext) -> Replies | None:
    """The answer to a few words that ask nothing but this; the open form goes on after it."""
    said, few = said_of_secrecy(turn), len(turn.text.split()) <= FEW_WORDS
    asks = is_question(turn.text) or "tanya" in said
    afraid = is_afraid(turn.text, turn.reference.fear)
    sure = afraid or (asks and not said.isdisjoint(THINGS))
    case = await questions.open_case(turn)
    wants = case is not None and "anonim" in said and _is_little(turn)
    busy = turn.urgent or turn.memory.awaited is not None
    if not few or not (sure or wants) or busy:
        return None
    replies = await told(turn)
    plain = [Reply(reply.key, reply.text) for reply in replies]
    if case is None:
        begun = await _begun_besides(turn)
        return [*plain, *begun] if begun else replies
    return [*plain, questions.next_step(turn, case)]


async def _begun_besides(turn: TurnContext) -> Replies:
    """The report that the same words are about: "bisa anonim? mau lapor pabrik buang limbah"."""
    move = reading.move(turn) if turn.is_legible and not _is_little(turn) else None
    if move is None or move.kind is not Kind.ACT or move.first.target is None:
        return []
    opens = turn.reference.catalogue.intent(move.first.intent).opens
    return await carry_out(turn, move) if opens else []


def _is_little(turn: TurnContext) -> bool:
    return len(turn.text.split()) <= FEWER_WORDS


def said_of_secrecy(turn: TurnContext) -> set[str]:
    """Which of the word lists about secrecy the words touch."""
    words, spoken = turn.reference.words["rahasia"], f" {' '.join(plain_words(turn.text))} "
    return {name for name, phrases in words.items() if any(f" {p} " in spoken for p in phrases)}


async def told(turn: TurnContext) -> Replies:
    """What is so for the open form, else for what was sent last, else in general."""
    # After an alarm nothing but somebody to talk with.
    way = turn.button("petugas", "human") if turn.memory.danger else turn.button("menu", "menu")
    said, ways = said_of_secrecy(turn), [[way]]
    case = await questions.open_case(turn) or next(iter(await own_cases(turn)), None)
    if is_afraid(turn.text, turn.reference.fear):
        return [turn.say(f"umum.jaga_rahasia.takut_{_what(case)}", ways)]
    if said >= OTHERS:
        return [turn.say("umum.jaga_rahasia.orang_lain", ways)]
    if "anonim" in said:
        return [_nameless(turn, case)]
    if "rahasia" not in said:
        return []
    if case is not None and case.secret:
        unit = turn.reference.catalogue.unit(case.unit).short
        return [turn.say("umum.jaga_rahasia.khusus", ways, unit=unit)]
    return [turn.say("umum.jaga_rahasia.isi", ways)]


def _what(case: Case | None) -> str:
    """What is spoken of: a report that can still lose its name, a sent one, or a service."""
    if case is None:
        return "umum"
    sent = case.kind == CaseKind.COMPLAINT and not cases.is_complaint_draft(case)
    return "terkirim" if sent else case.kind


def _nameless(turn: TurnContext, case: Case | None) -> Reply:
    """Whether it can be sent without a name; who wants that for the open report gets it."""
    ways = [[turn.button("menu", "menu")]]
    if case is not None and case.anonymous and not cases.is_complaint_draft(case):
        return turn.say("umum.jaga_rahasia.anonim_sudah", ways, kode=case.code)
    if case is not None and cases.is_complaint_draft(case) and not is_question(turn.text):
        case.anonymous = case.anonymous or "tanya" not in said_of_secrecy(turn)
    if case is not None and case.anonymous:
        return turn.say("umum.jaga_rahasia.anonim_dicatat")
    return turn.say(f"umum.jaga_rahasia.anonim_{_what(case)}", ways)


@on_button("nameless")
async def send_nameless(turn: TurnContext, case_id: str) -> Replies:
    """Send a report without a name; the chat that it came from is not kept with it."""
    case = await questions.own_draft(turn, case_id)
    if case is None or not cases.is_complaint_draft(case):
        return questions.stale(turn)
    case.anonymous = True
    return await send(turn, case)


@on_button("news")
async def read_news(turn: TurnContext, case_id: str) -> Replies:
    """What happened, once whoever is afraid says that it can be read now."""
    case = await own_case(turn, case_id)
    if case is None or case.code is None:
        return questions.stale(turn)
    last = await _last_news(turn, case)
    return [*([last] if last else []), await details(turn, case)]


async def _last_news(turn: TurnContext, case: Case) -> Reply | None:
    """What officers did last, in the words that anybody else would have been sent."""
    done = [event for event in await cases.history(turn.session, case) if _is_news(event)]
    if not done:
        return None
    event = done[-1]
    if event.kind == EventKind.TOLD:
        who = await names(turn.session, [event.staff_id])
        text, officer = str(event.reason or ""), who.get(event.staff_id or 0, "")
        return linked.for_all(turn.reference, case, text, officer)
    return news_of(turn.reference, case, event.reason, turn.now)


def _is_news(event: CaseEvent) -> bool:
    return event.actor != Actor.CITIZEN and event.kind in {EventKind.MOVED, EventKind.TOLD}

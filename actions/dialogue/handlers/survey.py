"""The survey in the chat: one score, then nine elements or a comment if wanted.

Each is answered by a button or in words.
"""

from datetime import UTC, datetime

from actions.casework import escalations, surveys
from actions.casework.escalations import Reason
from actions.casework.marks import find_mark, read_mark
from actions.dialogue import reading, targets
from actions.dialogue.agreement import agrees, declines
from actions.dialogue.context import Rows, TurnContext, make_button, rows
from actions.dialogue.handlers import handoff
from actions.dialogue.registry import Replies, changeable, on_awaited, on_button, on_intent, once
from actions.domain.messages import Reply
from actions.domain.survey import Element
from actions.domain.text import is_question
from actions.forms.context import RawAnswer, Unreadable
from actions.forms.form import Choice, Field
from actions.forms.kinds import KINDS
from actions.storage.tables import Case, Survey

ASKED = ("survei.tanya", "survei.ingat")


async def _own(turn: TurnContext, survey_id: str) -> Survey | None:
    return await surveys.of_chat(turn.session, turn.chat, int(survey_id))


def _gone(turn: TurnContext) -> Replies:
    return [turn.say("umum.tombol_lama")]


@on_intent("beri_nilai")
async def offer(turn: TurnContext) -> Replies:
    """Take the score that the words tell of what was finished last, or ask for it.

    Without anything that was finished, take the words to a human.
    """
    asked = await _asked(turn)
    mark = find_mark(turn.text, turn.reference.words["nilai"]) if asked else None
    if asked is not None and mark is not None:
        asked.comment = turn.text
        return await _rated(turn, asked, mark)
    survey = await surveys.unrated(turn.session, turn.chat)
    case = await turn.session.get(Case, survey.case_id) if survey else None
    if survey is not None and case is not None:
        return [surveys.question(turn.reference, survey, case, "survei.tanya")]
    ways = [[turn.button("petugas", "human"), turn.button("menu", "menu")]]
    if turn.office.service_complaint:
        ways.insert(0, [turn.button("lapor_pelayanan", "start", turn.office.service_complaint)])
    return [turn.say("survei.belum_ada", ways)]


async def mark_in_words(turn: TurnContext) -> Replies | None:
    """The score of whoever was just asked for it and writes nothing else than that."""
    mark = read_mark(turn.text, turn.reference.words["nilai"]) if turn.text else None
    if mark is None or turn.memory.draft is not None or turn.memory.awaited is not None:
        return None
    survey = await _asked(turn)
    return None if survey is None else await _rated(turn, survey, mark)


async def _asked(turn: TurnContext) -> Survey | None:
    """The survey whose question is the last thing that this chat heard."""
    if (turn.memory.last_key or "").endswith(ASKED):
        return await surveys.unrated(turn.session, turn.chat)
    last_at = turn.memory.last_at
    since = datetime.fromisoformat(last_at) if last_at else datetime.min.replace(tzinfo=UTC)
    return await surveys.just_asked(turn.session, turn.chat, since)


@on_button("rate")
@changeable
async def rate(turn: TurnContext, survey_id: str, score: str) -> Replies:
    """Keep the score that was pressed."""
    survey = await _own(turn, survey_id)
    if survey is None or int(score) not in surveys.SCORES:
        return _gone(turn)
    return await _rated(turn, survey, int(score))


async def _rated(turn: TurnContext, survey: Survey, score: int) -> Replies:
    """Keep the overall score; a low one reaches a human, and the citizen is told so.

    What is written next may be a comment.
    """
    surveys.rate(survey, score, turn.now)
    turn.wait_for("cerita", survey.id)
    noted = [] if turn.incoming.button else [_noted(turn, score)]
    ways = [
        [turn.button("isi_survei", "survey", survey.id)],
        [turn.button("komentar", "comment", survey.id), turn.button("cukup", "enough", survey.id)],
    ]
    if score > surveys.LOW:
        return [*noted, turn.say("survei.terima_kasih", ways)]
    await escalations.open_escalation(
        turn.session,
        turn.reference,
        chat=turn.chat,
        reason=Reason.LOW_SCORE,
        now=turn.now,
        unit=survey.unit,
        case_id=survey.case_id,
    )
    apology = turn.say("survei.maaf", kapan=handoff.when(turn))
    return [*noted, apology, turn.say("survei.lanjut", ways)]


def _noted(turn: TurnContext, score: int) -> Reply:
    """Which score the words were taken for."""
    return turn.say("survei.dicatat", nilai=turn.word(f"survei.nilai.{score}"))


@on_button("survey")
async def begin(turn: TurnContext, survey_id: str) -> Replies:
    """Ask the first element that has no answer."""
    survey = await _own(turn, survey_id)
    return _gone(turn) if survey is None else [await _next_element(turn, survey)]


async def _next_element(turn: TurnContext, survey: Survey) -> Reply:
    given = await surveys.answers(turn.session, survey)
    missing = [element for element in Element if element not in given]
    if not missing:
        survey.closed_at = turn.now
        turn.wait_for("cerita", survey.id)
        comment = [turn.button("komentar", "comment", survey.id)]
        return turn.say("survei.selesai", [comment, [turn.button("cukup", "enough", survey.id)]])
    element, key = missing[0], f"survei.unsur.{missing[0]}"
    scores = [
        make_button(turn.word(f"{key}.nilai_{score}"), "elem", survey.id, element, score)
        for score in surveys.SCORES
    ]
    turn.wait_for("unsur", survey.id, element)
    ways: Rows = [*rows(scores, 2), [turn.button("sudahi", "enough", survey.id)]]
    number = f"{len(Element) - len(missing) + 1}/{len(Element)}"
    return turn.say("survei.unsur_tanya", ways, nomor=number, isi=turn.word(f"{key}.tanya"))


@on_button("elem")
@changeable
async def score_element(turn: TurnContext, survey_id: str, element: str, score: str) -> Replies:
    """Keep the score of one element and ask the next."""
    survey = await _own(turn, survey_id)
    if survey is None or element not in set(Element) or int(score) not in surveys.SCORES:
        return _gone(turn)
    await surveys.answer_element(turn.session, survey, element, int(score))
    return [await _next_element(turn, survey)]


@on_awaited("unsur")
async def score_element_in_words(
    turn: TurnContext, survey_id: str, element: str
) -> Replies | None:
    """The score of one element by its label; None where the words are something else."""
    labels = [turn.word(f"survei.unsur.{element}.nilai_{score}") for score in surveys.SCORES]
    choices = map(Choice, map(str, surveys.SCORES), labels)
    field = Field("unsur", "pilihan", label="", question="", choices=tuple(choices))
    if any(char.isdigit() for char in turn.text):
        return None
    try:
        read = KINDS[field.kind].read(RawAnswer(text=turn.text), field, turn.form_context)
    except Unreadable:
        mark = read_mark(turn.text, turn.reference.words["nilai"])
        return await score_element(turn, survey_id, element, str(mark)) if mark else None
    return await score_element(turn, survey_id, element, str(read))


@on_button("comment")
async def ask_comment(turn: TurnContext, survey_id: str) -> Replies:
    """Wait for the citizen's own words."""
    survey = await _own(turn, survey_id)
    if survey is None:
        return _gone(turn)
    turn.wait_for("komentar", survey.id)
    return [turn.say("survei.tulis_komentar")]


@on_awaited("komentar")
async def keep_comment(turn: TurnContext, survey_id: str) -> Replies:
    """Keep the citizen's words about the service."""
    survey = await _own(turn, survey_id)
    if survey is None:
        return _gone(turn)
    survey.comment, survey.answered_at = turn.text, turn.now
    return [turn.say("survei.komentar_diterima", [[turn.button("menu", "menu")]])]


@on_awaited("cerita")
async def keep_story(turn: TurnContext, survey_id: str) -> Replies | None:
    """Keep what follows a score as the comment; None where it is a wish of its own."""
    if declines(turn):
        return await end(turn, survey_id)
    if agrees(turn) and len(turn.text.split()) == 1:
        return await ask_comment(turn, survey_id)
    return None if _is_another_wish(turn) else await keep_comment(turn, survey_id)


def _is_another_wish(turn: TurnContext) -> bool:
    """Whether the words are a question, a courtesy, or surely about something else."""
    if is_question(turn.text) or not turn.is_legible:
        return True
    intent = turn.reference.catalogue.intent(turn.understanding.intent.name)
    if not reading.is_sure(turn):
        return False
    about = targets.clear(targets.of_kind(turn, intent.target)) if intent.target else None
    other = intent.opens and about not in {None, turn.office.service_complaint}
    return intent.courtesy or intent.hands_over or intent.case == "keberatan" or other


@on_button("enough")
@once
async def end(turn: TurnContext, survey_id: str) -> Replies:
    """Close the survey; what was answered counts."""
    survey = await _own(turn, survey_id)
    if survey is not None:
        survey.closed_at = turn.now
    return [turn.say("survei.cukup", [[turn.button("menu", "menu")]])]

"""The survey in the chat: one score in words, then nine elements or a comment if wanted."""

from actions.casework import escalations, surveys
from actions.casework.escalations import Reason
from actions.dialogue.context import Rows, TurnContext, make_button, rows
from actions.dialogue.handlers import handoff
from actions.dialogue.registry import Replies, on_awaited, on_button, on_intent
from actions.domain.messages import Reply
from actions.domain.survey import Element
from actions.storage.tables import Case, Survey


async def _own(turn: TurnContext, survey_id: str) -> Survey | None:
    return await surveys.of_chat(turn.session, turn.chat, int(survey_id))


def _gone(turn: TurnContext) -> Replies:
    return [turn.say("umum.tombol_lama")]


@on_intent("beri_nilai")
async def offer(turn: TurnContext) -> Replies:
    """Ask for the score of what was finished last; without one, take the words to a human."""
    survey = await surveys.unrated(turn.session, turn.chat)
    case = await turn.session.get(Case, survey.case_id) if survey else None
    if survey is not None and case is not None:
        return [surveys.question(turn.reference, survey, case, "survei.tanya")]
    ways = [[turn.button("petugas", "human"), turn.button("menu", "menu")]]
    if turn.office.service_complaint:
        ways.insert(0, [turn.button("lapor_pelayanan", "start", turn.office.service_complaint)])
    return [turn.say("survei.belum_ada", ways)]


@on_button("rate")
async def rate(turn: TurnContext, survey_id: str, score: str) -> Replies:
    """Keep the overall score; a low one reaches a human, and the citizen is told so."""
    survey = await _own(turn, survey_id)
    if survey is None or int(score) not in surveys.SCORES:
        return _gone(turn)
    surveys.rate(survey, int(score), turn.now)
    ways = [
        [turn.button("isi_survei", "survey", survey.id)],
        [turn.button("komentar", "comment", survey.id), turn.button("cukup", "enough", survey.id)],
    ]
    if int(score) > surveys.LOW:
        return [turn.say("survei.terima_kasih", ways)]
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
    return [apology, turn.say("survei.lanjut", ways)]


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
        comment = [turn.button("komentar", "comment", survey.id)]
        return turn.say("survei.selesai", [comment, [turn.button("cukup", "enough", survey.id)]])
    element, key = missing[0], f"survei.unsur.{missing[0]}"
    scores = [
        make_button(turn.word(f"{key}.nilai_{score}"), "elem", survey.id, element, score)
        for score in surveys.SCORES
    ]
    ways: Rows = [*rows(scores, 2), [turn.button("sudahi", "enough", survey.id)]]
    number = f"{len(Element) - len(missing) + 1}/{len(Element)}"
    return turn.say("survei.unsur_tanya", ways, nomor=number, isi=turn.word(f"{key}.tanya"))


@on_button("elem")
async def score_element(turn: TurnContext, survey_id: str, element: str, score: str) -> Replies:
    """Keep the score of one element and ask the next."""
    survey = await _own(turn, survey_id)
    if survey is None or element not in set(Element) or int(score) not in surveys.SCORES:
        return _gone(turn)
    await surveys.answer_element(turn.session, survey, element, int(score))
    return [await _next_element(turn, survey)]


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


@on_button("enough")
async def end(turn: TurnContext, survey_id: str) -> Replies:
    """Close the survey; what was answered counts."""
    survey = await _own(turn, survey_id)
    if survey is not None:
        survey.closed_at = turn.now
    return [turn.say("survei.cukup", [[turn.button("menu", "menu")]])]

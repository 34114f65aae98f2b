"""The survey in the chat: one mark in words, then nine elements or a comment if wanted."""

from __future__ import annotations

from actions.casework import escalations, surveys
from actions.casework.escalations import Reason
from actions.dialogue.context import Rows, TurnContext, press, rows
from actions.dialogue.registry import Replies, on_button
from actions.dialogue.talk import human
from actions.domain.messages import Reply
from actions.domain.survey import Element
from actions.storage.tables import Case, Survey


@on_button("rate")
async def _rate(turn: TurnContext, args: list[str]) -> Replies:
    survey = await surveys.of_chat(turn.session, turn.chat, int(args[0]))
    mark = int(args[1])
    if survey is None or mark not in surveys.MARKS:
        return [turn.say("umum.tombol_lama")]
    surveys.rate(survey, mark, turn.now)
    ways = [
        [turn.button("isi_survei", "survey", survey.id)],
        [turn.button("komentar", "comment", survey.id), turn.button("cukup", "enough", survey.id)],
    ]
    if mark > surveys.LOW:
        return [turn.say("survei.terima_kasih", ways)]
    return [await _apologise(turn, survey), turn.say("survei.lanjut", ways)]


async def _apologise(turn: TurnContext, survey: Survey) -> Reply:
    """A low mark reaches a human; the citizen is told so."""
    await escalations.open_escalation(
        turn.session,
        turn.reference,
        chat=turn.chat,
        reason=Reason.LOW_MARK,
        now=turn.now,
        unit=survey.unit,
        case_id=survey.case_id,
    )
    return turn.say("survei.maaf", kapan=human.when(turn))


@on_button("survey")
async def _survey(turn: TurnContext, args: list[str]) -> Replies:
    survey = await surveys.of_chat(turn.session, turn.chat, int(args[0]))
    if survey is None:
        return [turn.say("umum.tombol_lama")]
    return [await _next_element(turn, survey)]


async def _next_element(turn: TurnContext, survey: Survey) -> Reply:
    given = await surveys.answers(turn.session, survey)
    missing = [element for element in Element if element not in given]
    if not missing:
        survey.closed_at = turn.now
        ends = [
            [turn.button("komentar", "comment", survey.id)],
            [turn.button("cukup", "enough", survey.id)],
        ]
        return turn.say("survei.selesai", ends)
    element = missing[0]
    marks = [
        press(turn.word(f"survei.unsur.{element}.nilai_{mark}"), "elem", survey.id, element, mark)
        for mark in surveys.MARKS
    ]
    ways: Rows = [*rows(marks, 2), [turn.button("sudahi", "enough", survey.id)]]
    number = f"{len(Element) - len(missing) + 1}/{len(Element)}"
    asked = turn.word(f"survei.unsur.{element}.tanya")
    return turn.say("survei.unsur_tanya", ways, nomor=number, isi=asked)


@on_button("elem")
async def _element(turn: TurnContext, args: list[str]) -> Replies:
    survey = await surveys.of_chat(turn.session, turn.chat, int(args[0]))
    if survey is None or args[1] not in set(Element) or int(args[2]) not in surveys.MARKS:
        return [turn.say("umum.tombol_lama")]
    await surveys.answer_element(turn.session, survey, args[1], int(args[2]))
    return [await _next_element(turn, survey)]


@on_button("comment")
async def _comment(turn: TurnContext, args: list[str]) -> Replies:
    survey = await surveys.of_chat(turn.session, turn.chat, int(args[0]))
    if survey is None:
        return [turn.say("umum.tombol_lama")]
    turn.memory.expects, turn.memory.expects_id = "komentar", survey.id
    return [turn.say("survei.tulis_komentar")]


async def comment(turn: TurnContext) -> Replies:
    """Keep the citizen's words about the service."""
    survey = await surveys.of_chat(turn.session, turn.chat, turn.memory.expects_id or 0)
    turn.memory.expects = turn.memory.expects_id = None
    if survey is None:
        return [turn.say("umum.tombol_lama")]
    survey.comment, survey.answered_at = turn.text, turn.now
    return [turn.say("survei.komentar_diterima", [[turn.button("menu", "menu")]])]


@on_button("enough")
async def _enough(turn: TurnContext, args: list[str]) -> Replies:
    survey = await surveys.of_chat(turn.session, turn.chat, int(args[0]))
    if survey is not None:
        survey.closed_at = turn.now
    return [turn.say("survei.cukup", [[turn.button("menu", "menu")]])]


async def offer(turn: TurnContext) -> Replies:
    """Ask for the mark of what was finished last; without one, take the words to a human."""
    survey = await surveys.unrated(turn.session, turn.chat)
    case = await turn.session.get(Case, survey.case_id) if survey else None
    if survey is not None and case is not None:
        return [surveys.question(turn.reference, survey, case, "survei.tanya")]
    ways = [
        [turn.button("lapor_pelayanan", "start", "pelayanan_petugas")],
        [turn.button("petugas", "human"), turn.button("menu", "menu")],
    ]
    return [turn.say("survei.belum_ada", ways)]

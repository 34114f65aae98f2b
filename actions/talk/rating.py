"""The survey in the chat: one mark in words, then nine elements or a comment if wanted."""

from __future__ import annotations

from actions.casework import escalations, surveys
from actions.casework.escalations import Reason
from actions.domain.survey import Element
from actions.registry import Replies, presses
from actions.scene import Rows, Scene, press, rows
from actions.storage.tables import Request, Survey
from actions.talk import human
from actions.turn import Reply


@presses("rate")
async def _rate(scene: Scene, args: list[str]) -> Replies:
    survey = await surveys.of_chat(scene.session, scene.chat, int(args[0]))
    mark = int(args[1])
    if survey is None or mark not in surveys.MARKS:
        return [scene.say("umum.tombol_lama")]
    surveys.rate(survey, mark, scene.now)
    ways = [[scene.button("isi_survei", "survey", survey.id)],
            [scene.button("komentar", "comment", survey.id),
             scene.button("cukup", "enough", survey.id)]]  # fmt: skip
    if mark > surveys.LOW:
        return [scene.say("survei.terima_kasih", ways)]
    return [await _apologise(scene, survey), scene.say("survei.lanjut", ways)]


async def _apologise(scene: Scene, survey: Survey) -> Reply:
    """A low mark reaches a human; the citizen is told so."""
    await escalations.open_escalation(
        scene.session, scene.hall, chat=scene.chat, reason=Reason.LOW_MARK, now=scene.now,
        unit=survey.unit, request_id=survey.request_id,
    )  # fmt: skip
    return scene.say("survei.maaf", kapan=human.when(scene))


@presses("survey")
async def _survey(scene: Scene, args: list[str]) -> Replies:
    survey = await surveys.of_chat(scene.session, scene.chat, int(args[0]))
    if survey is None:
        return [scene.say("umum.tombol_lama")]
    return [await _next_element(scene, survey)]


async def _next_element(scene: Scene, survey: Survey) -> Reply:
    given = await surveys.answers(scene.session, survey)
    missing = [element for element in Element if element not in given]
    if not missing:
        survey.closed_at = scene.now
        ends = [[scene.button("komentar", "comment", survey.id)],
                [scene.button("cukup", "enough", survey.id)]]  # fmt: skip
        return scene.say("survei.selesai", ends)
    element = missing[0]
    marks = [
        press(scene.word(f"survei.unsur.{element}.nilai_{mark}"), "elem", survey.id, element, mark)
        for mark in surveys.MARKS
    ]
    ways: Rows = [*rows(marks, 2), [scene.button("sudahi", "enough", survey.id)]]
    number = f"{len(Element) - len(missing) + 1}/{len(Element)}"
    asked = scene.word(f"survei.unsur.{element}.tanya")
    return scene.say("survei.unsur_tanya", ways, nomor=number, isi=asked)


@presses("elem")
async def _element(scene: Scene, args: list[str]) -> Replies:
    survey = await surveys.of_chat(scene.session, scene.chat, int(args[0]))
    if survey is None or args[1] not in set(Element) or int(args[2]) not in surveys.MARKS:
        return [scene.say("umum.tombol_lama")]
    await surveys.answer_element(scene.session, survey, args[1], int(args[2]))
    return [await _next_element(scene, survey)]


@presses("comment")
async def _comment(scene: Scene, args: list[str]) -> Replies:
    survey = await surveys.of_chat(scene.session, scene.chat, int(args[0]))
    if survey is None:
        return [scene.say("umum.tombol_lama")]
    scene.memory.expects, scene.memory.expects_id = "komentar", survey.id
    return [scene.say("survei.tulis_komentar")]


async def comment(scene: Scene) -> Replies:
    """Keep the citizen's words about the service."""
    survey = await surveys.of_chat(scene.session, scene.chat, scene.memory.expects_id or 0)
    scene.memory.expects = scene.memory.expects_id = None
    if survey is None:
        return [scene.say("umum.tombol_lama")]
    survey.comment, survey.answered_at = scene.text, scene.now
    return [scene.say("survei.komentar_diterima", [[scene.button("menu", "menu")]])]


@presses("enough")
async def _enough(scene: Scene, args: list[str]) -> Replies:
    survey = await surveys.of_chat(scene.session, scene.chat, int(args[0]))
    if survey is not None:
        survey.closed_at = scene.now
    return [scene.say("survei.cukup", [[scene.button("menu", "menu")]])]


async def offer(scene: Scene) -> Replies:
    """Ask for the mark of what was finished last; without one, take the words to a human."""
    survey = await surveys.unrated(scene.session, scene.chat)
    request = await scene.session.get(Request, survey.request_id) if survey else None
    if survey is not None and request is not None:
        return [surveys.question(scene.hall, survey, request, "survei.tanya")]
    ways = [[scene.button("lapor_pelayanan", "start", "pelayanan_petugas")],
            [scene.button("petugas", "human"), scene.button("menu", "menu")]]  # fmt: skip
    return [scene.say("survei.belum_ada", ways)]

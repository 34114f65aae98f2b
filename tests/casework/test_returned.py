"""A case that goes back to its citizen with a question."""

from __future__ import annotations

from actions.casework import cases, returned
from actions.casework.cases import CITIZEN
from actions.domain.status import Status
from actions.forms.engine import next_field
from actions.forms.form import from_json
from actions.storage.tables import Case
from tests.casework.database import CITIZEN_CHAT, OTHER_CHAT, Office

QUESTION = "Foto KK belum ada."
ANSWERS = {
    "nama": "Siti",
    "nik": None,
    "lapor_polisi": "belum",
    "data_tetap": "ya",
    "hp": None,
    "kk": None,
}


async def test_the_officers_question_is_the_next_one(office: Office) -> None:
    number = await office.file(answers=ANSWERS)
    await office.move(number, Status.INCOMPLETE, QUESTION)
    case = await office.case(number)
    asked = next_field(from_json(case.form), case.answers)
    assert asked is not None
    assert asked.question.startswith(QUESTION)
    assert returned.is_question_of_officer(asked)
    assert not asked.required


async def test_every_return_asks_a_question_of_its_own(office: Office) -> None:
    number = await office.file(answers=ANSWERS)
    for turn in (1, 2):
        await office.move(number, Status.INCOMPLETE, f"Pertanyaan {turn}.")
        await office.move(number, Status.SUBMITTED, by=CITIZEN)
    form = from_json((await office.case(number)).form)
    assert [f.key for f in form.fields if returned.is_question_of_officer(f)] == [
        "tambahan_1",
        "tambahan_2",
    ]


async def test_there_is_room_for_files_that_the_form_did_not_foresee(office: Office) -> None:
    number = await office.file("legalisir_ijazah", answers={})
    async with office.sessions.begin() as session:
        case = await session.get(Case, number)
        assert case is not None
        fields = [returned.make_room(office.reference, case) for _ in range(2)]
    assert [field.key for field in fields] == ["berkas_tambahan_1", "berkas_tambahan_2"]
    assert from_json((await office.case(number)).form).fields[-2:] == tuple(fields)


async def test_only_the_chats_own_returned_cases_wait(office: Office) -> None:
    mine, others = await office.file(), await office.file(chat=OTHER_CHAT)
    await office.file()
    for number in (mine, others):
        await office.move(number, Status.INCOMPLETE, QUESTION)
    complaint = await office.file("sampah")
    await office.move(complaint, Status.NEEDS_DETAIL, "Sebelah mana?")
    async with office.sessions() as session:
        waiting = await returned.of_chat(session, CITIZEN_CHAT)
        assert [case.id for case in waiting] == [mine, complaint]
        assert all(cases.takes_answers(case) for case in waiting)

"""A case that goes back to its citizen with a question."""

from __future__ import annotations

from actions.casework import cases, returned
from actions.casework.cases import CITIZEN
from actions.casework.returned import form_of_case
from actions.domain.status import Status
from actions.forms.engine import next_field
from actions.storage.tables import Case
from tests.support.database import CHAT, OTHER_CHAT, Database

QUESTION = "Foto KK belum ada."
ANSWERS = {
    "nama": "Siti",
    "nik": None,
    "lapor_polisi": "belum",
    "data_tetap": "ya",
    "hp": None,
    "kk": None,
}


async def test_the_officers_question_is_the_next_one(database: Database) -> None:
    filed = await database.file(answers=ANSWERS)
    await database.move(filed, Status.INCOMPLETE, QUESTION)
    case = await database.fresh(filed)
    asked = next_field(form_of_case(case), case.answers)
    assert asked is not None
    assert asked.question.startswith(QUESTION)
    assert returned.is_question_of_officer(asked)
    assert not asked.required


async def test_every_return_asks_a_question_of_its_own(database: Database) -> None:
    filed = await database.file(answers=ANSWERS)
    for turn in (1, 2):
        await database.move(filed, Status.INCOMPLETE, f"Pertanyaan {turn}.")
        await database.move(filed, Status.SUBMITTED, by=CITIZEN)
    form = form_of_case(await database.fresh(filed))
    assert [f.key for f in form.fields if returned.is_question_of_officer(f)] == [
        "tambahan_1",
        "tambahan_2",
    ]


async def test_there_is_room_for_files_that_the_form_did_not_foresee(database: Database) -> None:
    filed = await database.file("legalisir_ijazah", answers={})
    async with database.sessions.begin() as session:
        case = await session.get(Case, filed.id)
        assert case is not None
        fields = [returned.make_room(database.reference, case) for _ in range(2)]
    assert [field.key for field in fields] == ["berkas_tambahan_1", "berkas_tambahan_2"]
    assert form_of_case(await database.fresh(filed)).fields[-2:] == tuple(fields)


async def test_only_the_chats_own_returned_cases_wait(database: Database) -> None:
    mine, others = await database.file(), await database.file(chat=OTHER_CHAT)
    await database.file()
    for filed in (mine, others):
        await database.move(filed, Status.INCOMPLETE, QUESTION)
    complaint = await database.file("sampah")
    await database.move(complaint, Status.NEEDS_DETAIL, "Sebelah mana?")
    async with database.sessions() as session:
        waiting = await returned.of_chat(session, CHAT)
        assert [case.id for case in waiting] == [mine.id, complaint.id]
        assert all(cases.takes_answers(case) for case in waiting)

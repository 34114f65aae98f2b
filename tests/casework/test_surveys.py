"""One question a case, partial answers, one reminder."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.casework import surveys
from actions.casework.cases import CITIZEN
from actions.domain.status import Status
from actions.storage.tables import Case, Survey
from tests.support.clock import Clock
from tests.support.database import CHAT, OTHER_CHAT, Database


async def finished(database: Database) -> Case:
    filed = await database.file()
    await database.move(filed, Status.READY)
    await database.move(filed, Status.HANDED_OVER)
    return filed


async def of_case(database: Database, filed: Case) -> Survey:
    async with database.sessions() as session:
        survey = await surveys.of_request(session, filed.id)
        assert survey is not None
        return survey


async def test_what_is_finished_is_asked_about_once(database: Database) -> None:
    filed = await database.file("sampah")
    for status in (Status.VERIFIED, Status.IN_PROGRESS, Status.RESOLVED):
        await database.move(filed, status)
    await database.move(filed, Status.REOPENED, "Belum beres.", by=CITIZEN)
    await database.move(filed, Status.RESOLVED)
    assert (await database.told()).count("survei.tanya") == 1


async def test_what_was_refused_or_cancelled_is_not_asked_about(database: Database) -> None:
    refused, cancelled = await database.file(), await database.file()
    await database.move(refused, Status.REJECTED, "Data tidak ada.")
    await database.move(cancelled, Status.CANCELLED)
    assert "survei.tanya" not in await database.told()


async def test_a_survey_belongs_to_its_chat(database: Database) -> None:
    survey = await of_case(database, await finished(database))
    async with database.sessions() as session:
        assert await surveys.of_chat(session, OTHER_CHAT, survey.id) is None
        assert await surveys.of_chat(session, CHAT, survey.id) is not None


async def test_a_mark_may_be_changed_and_is_one_to_four(database: Database, clock: Clock) -> None:
    survey = await of_case(database, await finished(database))
    surveys.rate(survey, 2, clock())
    surveys.rate(survey, 4, clock())
    assert (survey.overall, survey.answered_at) == (4, clock())
    with pytest.raises(ValueError, match="1 to 4"):
        surveys.rate(survey, 5, clock())


async def test_an_element_answered_again_replaces_the_first(database: Database) -> None:
    survey = await of_case(database, await finished(database))
    async with database.sessions.begin() as session:
        await surveys.answer_element(session, survey, "waktu", 1)
        await surveys.answer_element(session, survey, "waktu", 3)
        await surveys.answer_element(session, survey, "biaya", 4)
        assert await surveys.answers(session, survey) == {"waktu": 3, "biaya": 4}


async def test_who_does_not_answer_is_reminded_once_and_not_for_ever(
    database: Database, clock: Clock
) -> None:
    await finished(database)
    reminded = []
    for days in (2, 2, 3, 30):
        clock.move(timedelta(days=days))
        async with database.sessions.begin() as session:
            reminded.append(await surveys.remind(session, database.reference, clock()))
    assert reminded == [0, 1, 0, 0]
    assert (await database.told()).count("survei.ingat") == 1


async def test_who_has_answered_is_not_reminded(database: Database, clock: Clock) -> None:
    survey = await of_case(database, await finished(database))
    async with database.sessions.begin() as session:
        mine = await surveys.of_chat(session, CHAT, survey.id)
        assert mine is not None
        surveys.rate(mine, 3, clock())
    clock.move(timedelta(days=4))
    async with database.sessions.begin() as session:
        assert await surveys.remind(session, database.reference, clock()) == 0


async def test_the_newest_without_a_mark_is_rated_by_words(
    database: Database, clock: Clock
) -> None:
    first, second = await finished(database), await finished(database)
    async with database.sessions.begin() as session:
        newest = await surveys.unrated(session, CHAT)
        assert newest is not None
        assert newest.case_id == second.id
        surveys.rate(newest, 4, clock())
        await session.flush()
        older = await surveys.unrated(session, CHAT)
        assert older is not None
        assert older.case_id == first.id

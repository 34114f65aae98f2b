"""What confirmed complaints teach of the regency: only with a pin and words, never in secret."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from actions.casework import landmarks, office_settings
from actions.casework.landmarks import NothingToLearnError, Suggestion, suggested
from actions.casework.office_settings import Hand
from actions.catalogue.overlay import overlaid
from actions.catalogue.sheets import PLACES, FieldsError, Wrong
from actions.domain.geo import Point
from actions.domain.status import Status
from actions.storage.tables import Case
from tests.support.database import LAMP, Database

PIN = {"lat": -6.8591, "lon": 107.5463}
PLACE = {"teks": "depan Warung Bu Tini", "desa": "Mekarsari", **PIN}
ANSWERS: dict[str, Any] = {**LAMP, "lokasi": PLACE}


async def _confirmed(database: Database, answers: dict[str, Any] = ANSWERS) -> Case:
    case = await database.file("lampu_jalan", answers)
    await database.move(case, Status.VERIFIED)
    return await database.fresh(case)


async def test_a_confirmed_pin_with_words_is_offered_under_the_name_that_was_written(
    database: Database,
) -> None:
    case = await _confirmed(database)
    assert suggested(case, database.reference) == Suggestion(
        "Warung Bu Tini", "Mekarsari", Point(-6.8591, 107.5463)
    )


@pytest.mark.parametrize(
    "place",
    [
        {"teks": "depan Warung Bu Tini", "desa": "Mekarsari"},
        {**PIN, "desa": "Mekarsari"},
        {**PLACE, "lat": -6.8549, "lon": 107.5488},
        {**PLACE, "lat": -6.2, "lon": 106.8},
    ],
    ids=["no pin", "no words", "a landmark stands there", "not ours"],
)
async def test_what_teaches_nothing(database: Database, place: dict[str, Any]) -> None:
    case = await _confirmed(database, {**LAMP, "lokasi": place})
    assert suggested(case, database.reference) is None


async def test_nobody_has_looked_yet_or_it_is_secret_or_was_nothing(database: Database) -> None:
    case = await database.file("lampu_jalan", ANSWERS)
    assert suggested(case, database.reference) is None
    await database.move(case, Status.VERIFIED)
    case = await database.fresh(case)
    case.secret = True
    assert suggested(case, database.reference) is None
    await database.move(case, Status.REJECTED, "tidak ditemukan")
    assert suggested(await database.fresh(case), database.reference) is None


async def test_it_is_known_from_then_on_and_not_offered_again(database: Database) -> None:
    case, shipped = await _confirmed(database), database.reference
    hand = Hand(await database.account("rina"), database.clock.now)
    async with database.sessions.begin() as session:
        await landmarks.learn(session, shipped, shipped, case, "Warung Bu Tini", hand)
    async with database.sessions() as session:
        reference = overlaid(shipped, await office_settings.read_all(session))
        (entry,) = await office_settings.entries(session, shipped, PLACES)
    assert entry.values == {
        "nama": "Warung Bu Tini",
        "desa": "Mekarsari",
        "titik": [-6.8591, 107.5463],
    }
    known = reference.catalogue.sites.by_name["warung bu tini"]
    assert [mark.village for mark in known] == ["Mekarsari"]
    assert suggested(case, reference) is None
    async with database.sessions.begin() as session:
        with pytest.raises(NothingToLearnError):
            await landmarks.learn(session, shipped, reference, case, "Warung Bu Tini", hand)


@pytest.mark.parametrize(("name", "wrong"), [("", Wrong.EMPTY), ("pos", Wrong.VAGUE)])
async def test_a_name_that_tells_nothing_is_refused(
    database: Database, name: str, wrong: Wrong
) -> None:
    case, reference = await _confirmed(database), database.reference
    hand = Hand(await database.account("rina"), database.clock.now)
    async with database.sessions.begin() as session:
        with pytest.raises(FieldsError) as caught:
            await landmarks.learn(session, reference, reference, case, name, hand)
    assert caught.value.faults == {"nama": wrong}


def test_a_map_keeps_its_landmarks_beside_those_that_were_learnt(database: Database) -> None:
    shipped = database.reference
    before = len(shipped.catalogue.sites.landmarks)
    row = {"nama": "Warung Bu Tini", "desa": "Mekarsari", "titik": [-6.8591, 107.5463]}
    laid = overlaid(shipped, office_settings.OfficeValues({PLACES.key: {"1": row, "2": None}}))
    assert len(laid.catalogue.sites.landmarks) == before + 1
    assert replace(laid.catalogue.sites, landmarks=()) == replace(
        shipped.catalogue.sites, landmarks=()
    )

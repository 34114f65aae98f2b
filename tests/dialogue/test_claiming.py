"""The code of a receipt, typed into the chat."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.domain.status import Status
from actions.storage.engine import Sessions
from actions.storage.tables import Case
from tests.support.clock import Clock
from tests.support.counter import handed_in
from tests.support.database import Database
from tests.support.dialogue_client import DialogueClient

GUESSES = 10


@pytest.fixture
def citizen(sessions: Sessions, clock: Clock) -> DialogueClient:
    return DialogueClient(sessions, clock)


async def receipt(database: Database) -> tuple[Case, str]:
    return await handed_in(database, await database.account("rina"))


@pytest.mark.parametrize(
    "said",
    ["{code}", "kode klaim {code}", "klaim {code}", "/start {code}", "{bare}", "{apart}."],
)
async def test_a_claim_code_connects_the_case_with_the_chat(
    database: Database, citizen: DialogueClient, said: str
) -> None:
    case, code = await receipt(database)
    spelt = {"code": code, "bare": code.replace("-", "").lower(), "apart": code.replace("-", " ")}
    (reply,) = await citizen.say(said.format(**spelt))
    assert reply.key == "klaim.berhasil"
    assert str(case.code) in reply.text
    assert "Perkiraan selesai" in reply.text
    await database.move(case, Status.READY)
    assert (await database.told(citizen.chat))[-1] == "kabar.siap_diambil"
    (again,) = await citizen.say(code)
    assert again.key == "klaim.sudah"


async def test_a_used_code_and_the_code_of_the_case_give_nothing_away(
    database: Database, citizen: DialogueClient, sessions: Sessions, clock: Clock
) -> None:
    case, code = await receipt(database)
    await citizen.say(code)
    other = DialogueClient(sessions, clock)
    for given, key in (
        ({"text": code}, "klaim.terpakai"),
        ({"button": f"status:{case.code}"}, "status.orang_lain"),
    ):
        (reply,) = await other.give(**given)
        assert reply.key == key
        assert "KTP" not in reply.text
    assert (await database.fresh(case)).chat == citizen.chat


async def test_wrong_and_old_codes_are_told_apart(
    database: Database, citizen: DialogueClient
) -> None:
    _, code = await receipt(database)
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    (reply,) = await citizen.say(f"kode klaim {wrong}")
    assert reply.key == "klaim.salah_ketik"
    database.clock.move(timedelta(days=31))
    (reply,) = await citizen.say(code)
    assert reply.key == "klaim.lewat"
    database.clock.move(timedelta(days=31))
    (reply,) = await citizen.say("5TQ9-GFMY")
    assert reply.key == "klaim.tidak_ada"


async def test_codes_cannot_be_tried_for_long(database: Database, citizen: DialogueClient) -> None:
    case, code = await receipt(database)
    for _ in range(GUESSES):
        (reply,) = await citizen.say("5TQ9-GFMY")
        assert reply.key == "klaim.tidak_ada"
    (reply,) = await citizen.say(code)
    assert reply.key == "rem.kode"
    assert (await database.fresh(case)).chat != citizen.chat
    await citizen.wait(2)
    (reply,) = await citizen.say(code)
    assert reply.key == "klaim.berhasil"


async def test_an_open_form_goes_on_after_a_claim_and_keeps_its_answers(
    database: Database, citizen: DialogueClient
) -> None:
    case, code = await receipt(database)
    await citizen.give(button="start:ktp_hilang")
    await citizen.say("5TQ9GFMY")
    assert all(not reply.key.startswith("klaim.") for reply in citizen.replies)
    await citizen.say(code)
    assert citizen.replies[-1].key == "klaim.berhasil"
    assert any(button.data.startswith("resume:") for button in citizen.offered)
    assert (await database.fresh(case)).chat == citizen.chat

"""Who hands in for somebody else gives them a picture; with it the case becomes theirs."""

from __future__ import annotations

import io
from datetime import timedelta
from random import Random

import pytest
import segno
from PIL import Image
from sqlalchemy import select

from actions.domain.codes import new_code
from actions.domain.messages import HandOver
from actions.domain.status import Status
from actions.storage.tables import Case, CaseHelper, ClaimCode, Message, Outbox
from bot import hand_over_picture
from tests.support.database import Database
from tests.support.golden import ledger
from tests.support.running_bot import RunningBot, reference_of_tests
from tests.support.telegram.people import Person
from tests.support.telegram.world import Sent

TEXTS = reference_of_tests().texts
SMALL = 30_000
OWNER, HELPER = "tg:501", "tg:500"


@pytest.fixture
async def kader(bot: RunningBot) -> Person:
    """Somebody who has filled in a form for a neighbour, who agrees."""
    ledger.clear()
    kader = bot.citizen()
    await kader.writes("/start lampu_jalan_poster")
    for _ in range(12):
        if "Kirim" in kader.chat.messages[-1].labels:
            break
        await answer(kader)
    await kader.taps("Untuk orang lain")
    await kader.taps("Tetangga atau warga")
    await kader.taps("Ya, sudah setuju")
    return kader


async def answer(citizen: Person) -> None:
    """Pass a question by, or answer it with words."""
    asked = [sent for sent in citizen.news if sent.labels]
    labels = [label for sent in asked for label in sent.labels]
    if "Lewati" in labels:
        await citizen.taps("Lewati")
    elif labels:
        await citizen.taps(labels[0])
    else:
        await citizen.writes("depan pos ronda RT 03 Mekarsari")


async def sent_in(kader: Person) -> tuple[Sent, HandOver]:
    """The receipt, and what stands on it."""
    await kader.taps("Kirim")
    return kader.news[-1], given()


def given() -> HandOver:
    found = [reply.hand_over for reply in ledger.take(HELPER) if reply.hand_over]
    assert found[-1] is not None
    return found[-1]


async def only(bot: RunningBot, table: type[Case] | type[CaseHelper] | type[ClaimCode]) -> object:
    async with bot.sessions() as session:
        return (await session.scalars(select(table))).one()


async def test_the_receipt_is_a_small_picture_and_its_pin_stands_nowhere_else(
    bot: RunningBot, kader: Person
) -> None:
    shown, card = await sent_in(kader)
    assert shown.photo
    assert shown.file is not None
    assert len(shown.file[1]) < SMALL
    assert card.pin not in shown.text
    async with bot.sessions() as session:
        lines = [line.text for line in await session.scalars(select(Message))]
        waiting = (await session.scalars(select(Outbox.payload))).all()
    assert not [line for line in lines if card.pin in line]
    assert waiting == [None] * len(waiting), "what was sent is emptied"


def test_its_code_leads_to_the_chat(bot: RunningBot) -> None:
    card = HandOver("SMJ-7F3-KQ9", "482913", "Kabupaten", ("Pindai.",))
    link = f"https://t.me/{bot.telegram.handle}?start=SMJ-7F3-KQ9_482913"
    picture = Image.open(io.BytesIO(hand_over_picture.draw(card, link)))
    matrix = segno.make(link, error="m", micro=False).matrix
    scale = hand_over_picture.QR // (len(matrix) + 8)
    rows = [picture.getpixel((300, y)) for y in range(picture.height)]
    assert 0 in rows
    assert scale >= 5, "so large that a camera reads it"
    plain = Image.open(io.BytesIO(hand_over_picture.draw(card, "")))
    assert plain.height < picture.height - hand_over_picture.QR


@pytest.mark.parametrize("said", ["{kode} {pin}", "/start {kode}_{pin}", "{kode}, PIN {dua}"])
async def test_code_and_pin_move_the_case(bot: RunningBot, kader: Person, said: str) -> None:
    _, card = await sent_in(kader)
    owner = bot.citizen(501)
    halves = f"{card.pin[:3]} {card.pin[3:]}"
    await owner.writes(said.format(kode=card.code, pin=card.pin, dua=halves))

    assert f"{card.code} sekarang terhubung" in owner.says
    assert owner.chat.deleted == {owner.written["message_id"]}
    case = await only(bot, Case)
    assert isinstance(case, Case)
    assert case.chat == OWNER
    assert "dipegang orangnya sendiri" in kader.chat.messages[-1].text


async def test_the_helper_hears_only_what_the_owner_allows(
    bot: RunningBot, kader: Person, stored: Database
) -> None:
    _, card = await sent_in(kader)
    owner = bot.citizen(501)
    await owner.writes(f"{card.code} {card.pin}")
    case = await only(bot, Case)
    assert isinstance(case, Case)
    before = len(kader.chat.messages)
    await moved(bot, stored, case, Status.VERIFIED)
    assert len(kader.chat.messages) == before

    await owner.taps("Boleh dikabari")
    await moved(bot, stored, case, Status.IN_PROGRESS)
    told = kader.chat.messages[-1]
    assert told.text == TEXTS.plain(
        "wakil.kabar", kode=card.code, status=TEXTS.plain("status.arti.dikerjakan")
    )
    await owner.taps("Tidak usah")
    before = len(kader.chat.messages)
    await moved(bot, stored, case, Status.AWAITING_REPLY, "Sudah diganti.")
    assert len(kader.chat.messages) == before


async def moved(
    bot: RunningBot, stored: Database, case: Case, status: Status, reason: str | None = None
) -> None:
    await stored.move(await stored.fresh(case), status, reason)
    bot.balai.wake()
    await bot.settle()


async def test_wrong_pins_are_counted_and_then_locked(bot: RunningBot, kader: Person) -> None:
    _, card = await sent_in(kader)
    wrong = f"{(int(card.pin) + 1) % 10**6:06}"
    owner = bot.citizen(501)
    await owner.writes(f"/status {card.code}")
    await owner.taps("Ini urusan saya")
    for left in (4, 3, 2, 1):
        await owner.writes(wrong)
        assert f"dicoba {left} kali" in owner.says
    other = bot.citizen(502)
    await other.writes(f"{card.code} {wrong}")
    assert "saya kunci" in other.says
    await owner.writes(f"{card.code} {card.pin}")
    assert "saya kunci" in owner.says, "even the right one"

    await kader.taps("Gambar baru")
    again = given()
    await owner.writes(f"{again.code} {again.pin}")
    assert "sekarang terhubung" in owner.says


async def test_one_chat_cannot_try_for_ever(bot: RunningBot, kader: Person) -> None:
    await sent_in(kader)
    thief, code = bot.citizen(666), new_code("SMJ", Random(1))
    for number in range(11):
        await thief.writes(f"{code} {number:06}")
    assert "kali kode yang dicari bukan kode Bapak/Ibu" in thief.says


@pytest.mark.parametrize("when", ["used", "old"])
async def test_a_pin_works_once_and_for_a_month(bot: RunningBot, kader: Person, when: str) -> None:
    _, card = await sent_in(kader)
    if when == "used":
        await bot.citizen(501).writes(f"{card.code} {card.pin}")
    else:
        bot.clock.move(timedelta(days=31))
    late = bot.citizen(502)
    await late.writes(f"{card.code} {card.pin}")

    assert TEXTS.plain("wakil.pin.tidak_berlaku", kode=card.code) == late.says


async def test_the_case_of_ones_own_chat_is_no_secret(bot: RunningBot, kader: Person) -> None:
    _, card = await sent_in(kader)
    await kader.writes(f"{card.code} {card.pin}")

    assert "memang sudah terhubung" in kader.says
    assert isinstance(await only(bot, CaseHelper), CaseHelper)


async def test_nothing_is_handed_over_for_oneself(bot: RunningBot, kader: Person) -> None:
    await kader.taps("Ubah untuk siapa")
    await kader.taps("Saya sendiri")
    await kader.taps("Kirim")

    assert [sent for sent in kader.news if sent.file] == []
    async with bot.sessions() as session:
        assert (await session.scalars(select(CaseHelper))).all() == []


async def test_who_is_erased_is_no_helper_any_more(bot: RunningBot, kader: Person) -> None:
    await sent_in(kader)
    await kader.writes("data saya")
    await kader.taps("Hapus data saya")
    await kader.taps("Ya, hapus")

    async with bot.sessions() as session:
        assert (await session.scalars(select(CaseHelper))).all() == []

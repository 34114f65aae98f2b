"""Links, QR codes and commands that are addressed to the bot lead to what they name."""

from __future__ import annotations

import pytest

from actions.catalogue.reference import ReferenceData
from actions.domain.status import Status
from tests.support.counter import handed_in
from tests.support.database import LAMP, Database
from tests.support.nlu import ScriptedNlu
from tests.support.running_bot import RunningBot, reference_of_tests

REFERENCE: ReferenceData = reference_of_tests()
LAMP_FORM, CARD_FORM = "Lampu jalan", "KTP hilang"


def text(key: str, variant: int = 0, **params: object) -> str:
    return REFERENCE.texts.plain(key, variant, **params)


WELCOME = "Selamat datang di Balai"


@pytest.fixture
def nlu() -> ScriptedNlu:
    return ScriptedNlu(
        {
            "lapor lampu": "lapor lampu_jalan",
            "lapor": "lapor",
            "syarat ktp": "tanya_syarat ktp_baru",
        }
    )


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("/start lampu_jalan", LAMP_FORM),
        ("/start@balai_bot lampu_jalan", LAMP_FORM),
        ("/START Lampu_Jalan", LAMP_FORM),
        ("/start lampu-jalan", LAMP_FORM),
        ("/start lapor_lampu_jalan", LAMP_FORM),
        ("/start lampu_jalan_poster3", LAMP_FORM),
        ("/start lapor_lampu", LAMP_FORM),
        ("/start ktp_hilang", CARD_FORM),
        ("/start urus-ktp_hilang", CARD_FORM),
        ("/start", WELCOME),
        ("/start@balai_bot", WELCOME),
        ("/start dari_poster_7", WELCOME),
        ("/start ref=abc123", WELCOME),
        ("/start lapor", WELCOME),
        ("/start syarat_ktp", WELCOME),
        ("/start ____", WELCOME),
        ("/start lampu_jalanan", WELCOME),
    ],
)
async def test_a_link_opens_what_it_names(bot: RunningBot, said: str, heard: str) -> None:
    citizen = bot.citizen()
    await citizen.writes(said)

    assert len(citizen.news) <= 2
    assert heard in citizen.says


async def test_every_service_and_complaint_can_be_linked(bot: RunningBot) -> None:
    catalogue = REFERENCE.catalogue
    for user, slug in enumerate((*catalogue.services, *catalogue.complaints), start=600):
        citizen = bot.citizen(user)
        await citizen.writes(f"/start {slug}")
        item = catalogue.item(slug)
        elsewhere = getattr(item, "elsewhere", None)
        assert elsewhere or item.called in citizen.says, slug
        assert WELCOME not in citizen.says, slug


@pytest.mark.parametrize("event", REFERENCE.words["peristiwa"])
def test_an_event_leads_to_services_that_there_are(event: str) -> None:
    told = REFERENCE.words["peristiwa"][event]

    assert set(told["layanan"]) <= set(REFERENCE.catalogue.services)
    assert event not in {*REFERENCE.catalogue.services, *REFERENCE.catalogue.complaints}


async def test_a_link_of_an_event_shows_what_it_needs(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes("/start lahir")
    assert "kelahiran anak" in citizen.says
    await citizen.taps("Akta kelahiran")
    assert "Akta kelahiran" in citizen.says
    await citizen.writes("/start dompet-hilang")
    assert "KTP hilang" in citizen.news[0].labels


async def test_a_command_that_is_none_is_told_and_loses_nothing(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes("/start ktp_hilang")
    await citizen.writes("/cuaca")

    assert citizen.says == text("umum.perintah_lain")
    assert "Lanjutkan KTP hilang" in citizen.news[0].labels


async def test_a_link_again_and_again_never_ends_with_an_officer(bot: RunningBot) -> None:
    citizen = bot.citizen()
    for _ in range(4):
        await citizen.writes("/start brosur")
        assert WELCOME in citizen.says


async def test_a_link_does_not_throw_an_open_form_away(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes("/start ktp_hilang")
    await citizen.writes("Siti Aminah")
    await citizen.writes("/start lampu_jalan")

    assert any("Lanjutkan" in label for label in citizen.news[-1].labels)


@pytest.mark.parametrize("said", ["/start {}", "/status {}", "/start@balai_bot {}"])
@pytest.mark.parametrize("joint", ["-", "_", ""])
async def test_a_link_with_a_code_tells_of_the_case(
    bot: RunningBot, said: str, joint: str
) -> None:
    case = await Database(bot.sessions, REFERENCE, bot.clock).file("lampu_jalan", LAMP)
    code = str(case.code).replace("-", joint)
    citizen = bot.citizen(1)
    await citizen.writes(said.format(code))
    assert "Perkiraan selesai" in citizen.says
    stranger = bot.citizen(2)
    await stranger.writes(said.format(code))
    assert text("status.arti.menunggu") in stranger.says
    assert "Perkiraan selesai" not in stranger.says


@pytest.mark.parametrize("said", ["/start {}", "/start@balai_bot {}", "{}", "Kode klaim: {}"])
async def test_the_code_of_a_receipt_brings_news_to_who_typed_it(
    bot: RunningBot, said: str
) -> None:
    database = Database(bot.sessions, REFERENCE, bot.clock)
    case, code = await handed_in(database, await database.account("rina"))
    citizen = bot.citizen()
    await citizen.writes(said.format(code))
    assert f"{case.code} sekarang terhubung dengan percakapan ini" in citizen.says
    await database.move(case, Status.READY)
    bot.balai.wake()
    await bot.settle()
    assert "sudah jadi. Silakan diambil" in citizen.says


@pytest.mark.parametrize(
    "said",
    [
        "SKM-AAA-AAA",
        "skm-aaa-aaa",
        "kode saya SKM-AAA-AAA pak",
        "SKM\u2011AAA\u2011AAA",
        "/start SKM-AAA-AAA",
        "/start SKM_AAA_AAA",
        "/status SKM-AAA-AAA",
    ],
)
async def test_a_code_that_cannot_be_one_is_looked_at_again(bot: RunningBot, said: str) -> None:
    citizen = bot.citizen()
    await citizen.writes(said)

    assert citizen.says == text("status.kode_salah", contoh="SMJ-7F3-KQ9")


async def test_a_code_in_the_answers_of_a_form_is_an_answer(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes("/start lampu_jalan")
    await citizen.writes("depan pos ronda RT 03, sama dengan SKM-AAA-AAA")

    assert text("status.kode_salah", contoh="SMJ-7F3-KQ9") not in citizen.says


@pytest.mark.parametrize(
    "said", ["/menu", "/menu@balai_bot", "/MENU@Balai_Bot", "menu @balai_bot", "@balai_bot menu"]
)
async def test_a_word_may_be_addressed_to_the_bot(bot: RunningBot, said: str) -> None:
    citizen = bot.citizen()
    await citizen.writes(said)

    assert citizen.says in {text("umum.menu", variant) for variant in range(2)}


@pytest.mark.parametrize("said", ["/petugas", "/petugas@balai_bot", "/petugas tolong saya"])
async def test_a_command_with_words_behind_it_is_that_command(bot: RunningBot, said: str) -> None:
    citizen = bot.citizen()
    await citizen.writes(said)

    assert text("petugas.sambungkan") in citizen.says


async def test_an_addressed_command_takes_the_chat_back_from_an_officer(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes("petugas")
    await citizen.writes("/menu@balai_bot")

    assert text("petugas.bot_kembali") in citizen.says

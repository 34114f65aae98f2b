"""Who asks whether something is secret gets an honest yes or no, and the form goes on."""

from __future__ import annotations

import pytest

from tests.support.database import BRIBE, LAMP, Database
from tests.support.nlu import ScriptedNlu
from tests.support.running_bot import RunningBot, reference_of_tests

REFERENCE = reference_of_tests()
OF_WHAT = {"anonim", "takut"}
LOOSE = {
    "siapa saja yang tahu kalau saya lapor, tetangga gitu": "orang_lain",
    "saya minta nama saya dirahasiakan": "anonim_umum",
}


def text(key: str, **params: object) -> str:
    return REFERENCE.texts.plain(key, **params)


def answer(key: str) -> str:
    return text(f"umum.jaga_rahasia.{key}", unit="")


@pytest.fixture
def nlu() -> ScriptedNlu:
    return ScriptedNlu(
        {
            **dict.fromkeys(LOOSE, "data_saya"),
            "NIK saya aman gak, siapa yang bisa lihat?": "data_saya",
        }
    )


ASKED = [
    ("ini laporan saya rahasia kan?", "isi"),
    ("laporan ini dirahasiakan gak", "isi"),
    ("apakah laporan saya rahasia", "isi"),
    ("tidak disebar kan", "isi"),
    ("bisa anonim ga?", "anonim"),
    ("boleh tanpa nama?", "anonim"),
    ("bisa lapor tanpa nama", "anonim"),
    ("nama saya dirahasiakan kan?", "anonim"),
    ("jangan sampe suami saya tau ya", "takut"),
    ("tolong jangan sampai tetangga saya tahu", "takut"),
    ("jgn kasih tau pak rt ya, jangan sampai dia tau", "takut"),
    ("saya takut ketahuan bos", "takut"),
    ("ojo nganti bojoku weruh", "takut"),
    ("ulah nepi ka salaki terang", "takut"),
]


@pytest.mark.parametrize(("said", "kind"), ASKED)
@pytest.mark.parametrize("form", [None, "lampu_jalan", "ktp_hilang"])
async def test_yes_or_no_and_the_question_again(
    bot: RunningBot, said: str, kind: str, form: str | None
) -> None:
    citizen = bot.citizen()
    if form is not None:
        await citizen.writes(f"/start {form}")
    asked = citizen.chat.messages[-1].text.splitlines()[-1] if form else ""

    await citizen.writes(said)

    about = {None: "umum", "lampu_jalan": "laporan", "ktp_hilang": "permohonan"}[form]
    (news,) = citizen.news
    assert news.text.startswith(answer(f"{kind}_{about}" if kind in OF_WHAT else kind))
    assert news.text.endswith(asked)


@pytest.mark.parametrize(("said", "kind"), LOOSE.items())
async def test_what_the_model_takes_for_it(bot: RunningBot, said: str, kind: str) -> None:
    citizen = bot.citizen()
    await citizen.writes(said)

    assert citizen.says == answer(kind)


@pytest.mark.parametrize("sent", [False, True])
async def test_a_secret_report_is_told_to_be_one(bot: RunningBot, *, sent: bool) -> None:
    citizen = bot.citizen()
    if sent:
        database = Database(bot.sessions, REFERENCE, bot.clock)
        await database.file("lampu_jalan", LAMP, chat="tg:500")
        await database.file("pungli", BRIBE, chat="tg:500")
    else:
        await citizen.writes("/start pungli")

    await citizen.writes("ini rahasia kan?")

    unit = REFERENCE.catalogue.unit(REFERENCE.catalogue.item("pungli").unit).short
    assert citizen.says.startswith(text("umum.jaga_rahasia.khusus", unit=unit))


@pytest.mark.parametrize(
    "said",
    [
        "depan rumah pak RT, sebelah warung",
        "rumah tetangga saya dekat masjid",
        "suami saya yang lihat, lampunya mati di depan pos ronda",
        "di sekolah anak saya",
        "tidak tahu nama jalannya, depan rumah bos saya",
        "dekat pipa yang bocor, tidak jauh dari pasar",
        "identitas saya hilang, bisa bikin baru di depan kantor desa",
    ],
)
async def test_answers_that_only_speak_of_people_are_answers(bot: RunningBot, said: str) -> None:
    citizen = bot.citizen()
    await citizen.writes("/start lampu_jalan")
    await citizen.writes(said)

    shown = [answer(kind) for kind in ("isi", "orang_lain", "anonim_laporan")]
    assert not any(one in citizen.says for one in shown)


async def test_anything_else_about_the_data_is_counted(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes("NIK saya aman gak, siapa yang bisa lihat?")

    assert "Yang tersimpan sekarang" in citizen.says


@pytest.mark.parametrize(
    ("said", "thanked"),
    [
        ("SMA", False),
        ("sma", False),
        ("tq", True),
        ("mksh", True),
        ("suwun", True),
        ("sama", True),
    ],
)
async def test_a_short_word_is_thanks_only_where_it_is(
    bot: RunningBot, nlu: ScriptedNlu, said: str, *, thanked: bool
) -> None:
    nlu.script[said] = "terima_kasih"
    citizen = bot.citizen()
    await citizen.writes(said)

    thanks = {REFERENCE.texts.plain("umum.sama_sama", variant) for variant in range(2)}
    assert (citizen.says in thanks) is thanked

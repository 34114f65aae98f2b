"""Cases are found by what people say at the counter, though what is stored tells nothing of it."""

from __future__ import annotations

import pytest
from sqlalchemy import String, delete, func, select, text, type_coerce, update

from actions.casework import cases, erasure, search, search_terms
from actions.casework.cases import CITIZEN
from actions.casework.chats import NOBODY
from actions.casework.search import By, Found
from actions.casework.search_terms import TermKind
from actions.casework.staff import Role
from actions.domain.status import Status
from actions.storage.tables import Case, SearchTerm, Staff
from actions.storage.types import VAULT
from actions.storage.vault import Vault
from tests.support.database import BRIBE, CHAT, KTP, LAMP, OTHER_CHAT, Database
from tests.support.databases import SECRET

NEW_SECRET = "another secret that only the tests know"
NIK, KK = "3578014507900001", "3578010203040005"
PHONE = "+6281234567890"
NAMES = "a ce de e ef ge ha je ka el em en pe kiu er te u we eks ye"
DIGITS = "dua tiga empat lima enam tujuh delapan sembilan"
SAID = dict(zip("ACDEFGHJKLMNPQRTUWXY23456789", [*NAMES.split(), *DIGITS.split()], strict=True))


@pytest.fixture
async def chief(database: Database) -> Staff:
    """Somebody who sees everything that is no secret."""
    return await database.account("kepala", Role.OFFICER)


async def look(database: Database, staff: Staff, words: str, before: int | None = None) -> Found:
    async with database.sessions() as session:
        return await search.find(
            session, database.reference, staff, words, database.clock(), before=before
        )


async def ids(database: Database, staff: Staff, words: str) -> list[int]:
    return [match.case.id for match in (await look(database, staff, words)).matches]


async def person(database: Database, name: str, **more: str) -> Case:
    return await database.file("ktp_hilang", KTP | {"nama": name} | more)


def use_keys(database: Database, *secrets: str) -> None:
    setattr(database.sessions.kw["bind"].dialect, VAULT, Vault(*secrets))


async def index(database: Database) -> int:
    async with database.sessions.begin() as session:
        return await search_terms.write_some(session)


@pytest.mark.parametrize(
    ("words", "by"),
    [
        ("Siti Aminah", By.NAME),
        ("aminah", By.NAME),
        ("AMINAH siti", By.NAME),
        ("Ibu Hj. Siti Aminah, S.Pd.", By.NAME),
        ("sitiaminah", By.NAME),
        (NIK, By.NUMBER),
        ("3578 0145 0790 0001", By.NUMBER),
        ("nik 3578.0145.0790.0001", By.NUMBER),
        ("0812 3456 7890", By.NUMBER),
        ("+62 812-3456-7890", By.NUMBER),
        ("KTP hilang", By.ITEM),
        ("ktp ilang", By.ITEM),
    ],
)
async def test_a_case_is_found_by_what_is_said(
    database: Database, chief: Staff, words: str, by: By
) -> None:
    case = await database.file()
    await person(database, "Budi Santoso", nik="3578014507900002", hp="+6281298765432")
    (match, *others) = (await look(database, chief, words)).matches[::-1]
    assert (match.case.id, match.by) == (case.id, by)
    assert len(others) == (1 if by is By.ITEM else 0)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Soekarno Djoko", "sukarno joko"),
        ("Achmad Syarifuddin", "ahmad sarifudin"),
        ("Tjipto Wibowo", "cipto wibowo"),
        ("Aisyah Rizky", "aisya riski"),
        ("Chairul Anwar", "hairul anwar"),
    ],
)
async def test_a_name_that_is_spelt_otherwise_is_found_and_said_to_be_like(
    name: str, said: str, database: Database, chief: Staff
) -> None:
    case = await person(database, name)
    await person(database, "Budi Santoso", nik="3578014507900002", hp="+6281298765432")
    found = await look(database, chief, said)
    assert [(one.case.id, one.by) for one in found.matches] == [(case.id, By.SIMILAR_NAME)]
    await person(database, said.title(), nik="3578014507900003", hp="+6281298765433")
    (match,) = (await look(database, chief, said)).matches
    assert match.by is By.NAME, "who is called so goes before who is called nearly so"


@pytest.mark.parametrize(
    "words", ["siti rahayu", "ami", "3578014507900009", "08129999999", "", "   ", "!?", "x" * 400]
)
async def test_what_nobody_is_called_finds_nothing(
    database: Database, chief: Staff, words: str
) -> None:
    await database.file()
    found = await look(database, chief, words)
    assert (list(found.matches), found.before) == ([], None)


async def test_a_code_is_found_as_it_is_spoken(database: Database, chief: Staff) -> None:
    case = await database.file()
    await database.file(chat=OTHER_CHAT)
    assert case.code is not None
    body = case.code.partition("-")[2].replace("-", "")
    spoken = " ".join((SAID | {"S": "es"})[sign] for sign in case.code.replace("-", ""))
    for said in (case.code, case.code.lower(), body, f"kode {spoken}", f"pak, {case.code}?"):
        (match,) = (await look(database, chief, said)).matches
        assert (match.case.id, match.by) == (case.id, By.CODE)


async def test_a_kk_number_is_found(database: Database, chief: Staff) -> None:
    answers = {"nama": "Siti Aminah", "nama_anak": "Budi", "kk": KK}
    slug = next(
        slug
        for slug, item in database.reference.catalogue.services.items()
        if any(question.kind == "kk" and not question.when for question in item.questions)
    )
    key = next(
        question.key
        for question in database.reference.catalogue.services[slug].questions
        if question.kind == "kk"
    )
    case = await database.file(slug, answers | {key: KK})
    assert await ids(database, chief, KK) == [case.id]
    assert await ids(database, chief, f"kk {KK}") == [case.id]


async def test_a_village_is_found_and_narrows_a_name(database: Database, chief: Staff) -> None:
    lamp = await database.file("lampu_jalan", LAMP)
    await database.file()
    assert [
        (match.case.id, match.by)
        for match in (await look(database, chief, "desa Mekarsari")).matches
    ] == [(lamp.id, By.VILLAGE)]
    where = {"teks": "Jalan Melati 4, Mekarsari", "desa": "Mekarsari"}
    there = await database.file("domisili", {"nama": "Siti Aminah", "alamat": where})
    (match,) = (await look(database, chief, "siti mekarsari")).matches
    assert (match.case.id, match.by) == (there.id, By.NAME_AND_VILLAGE)


async def test_pages_follow_each_other_newest_first(
    database: Database, chief: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "PAGE", 2)
    filed = [(await database.file()).id for _ in range(5)]
    seen: list[int] = []
    before: int | None = None
    while True:
        found = await look(database, chief, "aminah", before)
        seen += [match.case.id for match in found.matches]
        before = found.before
        if before is None:
            break
    assert seen == filed[::-1]


async def test_nobody_finds_what_they_may_not_see(database: Database, chief: Staff) -> None:
    case = await database.file()
    secret = await database.file("pungli", BRIBE)
    assert case.code is not None
    assert secret.code is not None
    stranger = await database.account("dinsos", Role.OFFICER, "dinsos")
    for words in (case.code, "siti aminah", NIK, PHONE, "ktp hilang"):
        assert await ids(database, stranger, words) == []
    assert await ids(database, chief, secret.code) == []
    draft = await database.draft(chat=OTHER_CHAT)
    assert draft.id not in await ids(database, chief, "siti aminah")


async def test_what_is_corrected_is_found_by_what_it_says_now(
    database: Database, chief: Staff
) -> None:
    case = await database.file()
    await database.move(case, Status.INCOMPLETE, "Namanya belum lengkap")
    async with database.sessions.begin() as session:
        row = await session.get_one(Case, case.id)
        cases.save_answers(row, KTP | {"nama": "Siti Rahayu"}, database.clock())
    assert await index(database) == 1
    assert await ids(database, chief, "rahayu") == [case.id]
    assert await ids(database, chief, "aminah") == []
    async with database.sessions.begin() as session:
        row = await session.get_one(Case, case.id)
        cases.save_answers(row, KTP | {"nama": "Siti Lestari"}, database.clock())
    await database.move(case, Status.SUBMITTED, by=CITIZEN)
    assert await ids(database, chief, "lestari") == [case.id]
    assert await ids(database, chief, "rahayu") == []
    assert await index(database) == 0


async def test_what_is_erased_is_found_no_more(database: Database, chief: Staff) -> None:
    case = await database.file()
    await database.move(case, Status.CANCELLED, by=CITIZEN)
    async with database.sessions.begin() as session:
        await erasure.erase_chat(session, CHAT, database.clock())
    assert (await database.fresh(case)).chat == NOBODY
    assert await ids(database, chief, "siti aminah") == []
    assert await ids(database, chief, NIK) == []
    async with database.sessions() as session:
        assert await session.scalar(select(func.count(SearchTerm.id))) == 0


async def test_cases_of_before_are_indexed_without_a_change_to_them(
    database: Database, chief: Staff
) -> None:
    lamp, case = await database.file("lampu_jalan", LAMP), await database.file()
    async with database.sessions.begin() as session:
        await session.execute(text("DELETE FROM search_terms"))
        await session.execute(update(Case).values(indexed_with=None, village=None))
    assert await ids(database, chief, "aminah") == []
    assert (await index(database), await index(database)) == (2, 0)
    assert await ids(database, chief, "aminah") == [case.id]
    assert await ids(database, chief, "mekarsari") == [lamp.id]
    assert (await database.fresh(case)).version == case.version


async def test_everything_stays_found_while_the_key_is_changed(
    database: Database, chief: Staff
) -> None:
    old = await database.file()
    use_keys(database, NEW_SECRET, SECRET)
    new = await database.file(chat=OTHER_CHAT)
    for words in ("aminah", NIK, PHONE):
        assert await ids(database, chief, words) == [new.id, old.id]
    async with database.sessions() as session:
        assert await search_terms.count_of_other_keys(session) == 1
    assert (await index(database), await index(database)) == (1, 0)
    use_keys(database, NEW_SECRET)
    async with database.sessions() as session:
        vault = Vault(NEW_SECRET)
        found = select(SearchTerm.case_id).where(
            type_coerce(SearchTerm.term, String) == vault.fingerprint(NIK)
        )
        assert set((await session.scalars(found)).all()) == {old.id, new.id}
        assert await search_terms.count_of_other_keys(session) == 0


async def test_a_case_that_no_key_opens_does_not_hold_up_the_others(database: Database) -> None:
    lost = await database.file()
    use_keys(database, NEW_SECRET)
    async with database.sessions.begin() as session:
        await session.execute(update(Case).values(indexed_with=None))
    assert (await index(database), await index(database)) == (1, 0)
    async with database.sessions() as session:
        mine = select(func.count(SearchTerm.id)).where(SearchTerm.case_id == lost.id)
        assert await session.scalar(mine) == len(search_terms.terms_of(lost))


async def test_nothing_that_is_stored_can_be_read(database: Database) -> None:
    await database.file()
    async with database.sessions() as session:
        stored = (await session.scalars(text("SELECT term FROM search_terms"))).all()
    assert len(stored) == len(set(stored)) == 6, "a name, its words, the sound of one, two numbers"
    for word in ("siti", "aminah", "sitiaminah", NIK, PHONE):
        assert word not in "".join(stored)


async def test_terms_that_were_made_otherwise_are_made_anew(
    database: Database, chief: Staff
) -> None:
    """As after an update: a case has the terms of before, and the stamp of before."""
    case = await person(database, "Achmad Syarif")
    async with database.sessions.begin() as session:
        await session.execute(delete(SearchTerm).where(SearchTerm.kind == TermKind.SOUND))
        await session.execute(update(Case).values(indexed_with="0" * 12))
    assert await ids(database, chief, "ahmad sarif") == []
    assert (await index(database), await index(database)) == (1, 0)
    assert await ids(database, chief, "ahmad sarif") == [case.id]

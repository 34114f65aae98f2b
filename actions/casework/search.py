"""Finds cases by what somebody says at the counter, without opening any seal.

It sees by itself what was said: a code, a NIK or KK number, a phone number, a name or some words
of it, a village, a service; a village beside a name narrows it.
"""

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Select, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from actions.casework.form_context import area_of, form_context
from actions.casework.queues import case_by_code
from actions.casework.rights import visible
from actions.casework.search_terms import TermKind, is_term, whole
from actions.catalogue.names import telling_words
from actions.catalogue.reference import ReferenceData
from actions.domain.codes import read_code
from actions.domain.spelling import spelt_out
from actions.domain.text import alike
from actions.forms.context import FormContext, RawAnswer, Unreadable
from actions.forms.form import Field
from actions.forms.kinds import KINDS
from actions.forms.person_names import name_words, sound
from actions.forms.places import AREA_WORDS, find_place
from actions.storage.tables import Case, SearchTerm, Staff

PAGE = 50
MOST_WORDS, COUNTED = 6, 2000
_SAME_WORD = 85
_NUMBERS = (TermKind.NIK, TermKind.KK, TermKind.PHONE)


class By(StrEnum):
    """What a case was found by."""

    CODE = "kode"
    NUMBER = "nomor"
    NAME = "nama"
    VILLAGE = "desa"
    SIMILAR_NAME = "nama_mirip"
    NAME_AND_VILLAGE = "nama_desa"
    ITEM = "layanan"


@dataclass(frozen=True, slots=True)
class Match:
    """A case, and what it was found by."""

    case: Case
    by: By


@dataclass(frozen=True, slots=True)
class Found:
    """The newest matches, and the id before which older ones lie, where there are any."""

    matches: Sequence[Match] = ()
    before: int | None = None


Way = tuple[By, Select[int]]
Term = tuple[TermKind, str]


async def find(
    session: AsyncSession,
    reference: ReferenceData,
    staff: Staff,
    words: str,
    now: datetime,
    *,
    before: int | None = None,
) -> Found:
    """The cases of these words that an officer may see, newest first, at most `PAGE`."""
    code = _code(reference, words)
    coded = await case_by_code(session, staff, code) if code else None
    if coded is not None:
        return Found([Match(coded, By.CODE)])
    ways = _ways(session, reference, words, now)
    found = await _collect(session, staff, ways, before)
    if not found:
        found = await _collect(session, staff, _spelt_otherwise(session, words), before)
    newest = sorted(found, reverse=True)
    shown = (await session.scalars(select(Case).where(Case.id.in_(newest[:PAGE])))).all()
    matches = [Match(case, found[case.id]) for case in sorted(shown, key=lambda c: -c.id)]
    return Found(matches, newest[PAGE - 1] if len(newest) > PAGE else None)


async def _collect(
    session: AsyncSession, staff: Staff, ways: AsyncIterator[Way], before: int | None
) -> dict[int, By]:
    """What the ways lead to, each case by the surest."""
    found: dict[int, By] = {}
    async for by, ids in ways:
        mine = ids.where(visible(staff)).limit(PAGE + 1)
        if before is not None:
            mine = mine.where(Case.id < before)
        for case_id in await session.scalars(mine):
            found.setdefault(case_id, by)
    return found


def _code(reference: ReferenceData, words: str) -> str | None:
    """The code that was typed, or spelt by the names of its letters."""
    prefixes = reference.catalogue.office.code_prefixes
    spelt = spelt_out(words)
    return read_code(words, *prefixes) or (read_code(spelt, *prefixes) if spelt else None)


async def _ways(
    session: AsyncSession, reference: ReferenceData, words: str, now: datetime
) -> AsyncIterator[Way]:
    """All that the words may mean, the surest first."""
    numbers = list(_numbers(words, form_context(reference, now)))
    for kind, number in numbers:
        yield By.NUMBER, _with_terms(session, [(kind, number)])
    if numbers:
        return
    village = find_place(words, area_of(reference)).village
    if village is not None:
        yield _in_village(session, village, words)
    names = name_words(words)[:MOST_WORDS]
    if names:
        words_of_name = [(TermKind.WORD, name) for name in dict.fromkeys(names)]
        yield By.NAME, _with_terms(session, await _rarest(session, words_of_name))
        yield By.NAME, _with_terms(session, [(TermKind.NAME, whole(names))])
    for slug in _slugs(reference, words):
        yield By.ITEM, select(Case.id).where(Case.slug == slug).order_by(Case.id.desc())


async def _spelt_otherwise(session: AsyncSession, words: str) -> AsyncIterator[Way]:
    """Names that sound like these words, for when nobody is called so."""
    sounds = dict.fromkeys(sound(name) for name in name_words(words)[:MOST_WORDS])
    if sounds:
        terms = await _rarest(session, [(TermKind.SOUND, one) for one in sounds])
        yield By.SIMILAR_NAME, _with_terms(session, terms)


def _numbers(words: str, context: FormContext) -> Iterator[tuple[TermKind, str]]:
    """What the words are as a NIK, a KK number and a phone number; sixteen digits may be two."""
    for kind in _NUMBERS:
        try:
            value = KINDS[kind].read(RawAnswer(text=words), Field(kind, kind, "", ""), context)
        except Unreadable:
            continue
        yield kind, str(value)


def _in_village(session: AsyncSession, village: str, words: str) -> Way:
    """All of a village, or those of a name in it."""
    there = select(Case.id).where(Case.village == village).order_by(Case.id.desc())
    names = [*name_words(village), *AREA_WORDS]
    rest = [w for w in name_words(words) if not any(alike(w, n, _SAME_WORD) for n in names)]
    for word in rest[:MOST_WORDS]:
        there = there.where(
            exists().where(SearchTerm.case_id == Case.id, *is_term(session, TermKind.WORD, word))
        )
    return (By.NAME_AND_VILLAGE if rest else By.VILLAGE), there


async def _rarest(session: AsyncSession, terms: Sequence[Term]) -> list[Term]:
    """Parts of a name, those first that few people have."""
    spread: dict[Term, int] = {}
    for term in terms if len(terms) > 1 else ():
        some = select(SearchTerm.case_id).where(*is_term(session, *term)).limit(COUNTED)
        counted = await session.scalar(select(func.count()).select_from(some.subquery()))
        spread[term] = counted or 0
    return sorted(terms, key=lambda term: spread.get(term, 0))


def _with_terms(session: AsyncSession, terms: Sequence[Term]) -> Select[int]:
    """The ids of cases that have all of these terms; it walks along those of the first one."""
    first, *others = [(aliased(SearchTerm), term) for term in terms]
    table = first[0]
    found = select(table.case_id).join(Case, Case.id == table.case_id)
    for other, _ in others:
        found = found.join(other, other.case_id == table.case_id)
    for one, term in (first, *others):
        found = found.where(*is_term(session, *term, table=one))
    return found.order_by(table.case_id.desc())


def _slugs(reference: ReferenceData, words: str) -> Iterator[str]:
    """The services and complaints that are called so, or partly so."""
    slang = reference.words["slang"]
    said = set(telling_words(words, slang))
    catalogue = reference.catalogue
    for slug, item in (*catalogue.services.items(), *catalogue.complaints.items()):
        names = (item.name, item.called, *item.aliases)
        if said and any(said <= set(telling_words(name, slang)) for name in names):
            yield slug

"""Finds cases by what somebody says at the counter, without opening any seal.

It sees by itself what was said: a code, a NIK or KK number, a phone number, a name or some words
of it, a village, a service; a village beside a name narrows it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, String, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from actions.casework.form_context import area_of, form_context
from actions.casework.queues import case_by_code, visible
from actions.casework.search_terms import TermKind, whole
from actions.catalogue.names import telling_words
from actions.catalogue.reference import ReferenceData
from actions.domain.codes import read_code
from actions.domain.person_names import name_words
from actions.domain.spelling import spelt_out
from actions.domain.text import alike
from actions.forms.context import FormContext, RawAnswer, Unreadable
from actions.forms.form import Field
from actions.forms.kinds import KINDS
from actions.forms.places import AREA_WORDS, find_place
from actions.storage.engine import vault_of
from actions.storage.tables import Case, SearchTerm, Staff

PAGE = 50
MOST_WORDS = 6
_SAME_WORD = 85
_NUMBERS = (TermKind.NIK, TermKind.KK, TermKind.PHONE)


class By(StrEnum):
    """What a case was found by."""

    CODE = "kode"
    NUMBER = "nomor"
    NAME = "nama"
    VILLAGE = "desa"
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
    found: dict[int, By] = {}
    for by, ids in _ways(session, reference, words, now):
        mine = ids.where(visible(staff)).limit(PAGE + 1)
        if before is not None:
            mine = mine.where(Case.id < before)
        for case_id in await session.scalars(mine):
            found.setdefault(case_id, by)
    newest = sorted(found, reverse=True)
    shown = (await session.scalars(select(Case).where(Case.id.in_(newest[:PAGE])))).all()
    matches = [Match(case, found[case.id]) for case in sorted(shown, key=lambda c: -c.id)]
    return Found(matches, newest[PAGE - 1] if len(newest) > PAGE else None)


def _code(reference: ReferenceData, words: str) -> str | None:
    """The code that was typed, or spelt by the names of its letters."""
    prefix = reference.catalogue.office.code_prefix
    spelt = spelt_out(words)
    return read_code(words, prefix) or (read_code(spelt, prefix) if spelt else None)


def _ways(
    session: AsyncSession, reference: ReferenceData, words: str, now: datetime
) -> Iterator[Way]:
    """All that the words may mean, the surest first."""
    numbers = list(_numbers(words, form_context(reference, now)))
    if numbers:
        for kind, number in numbers:
            yield By.NUMBER, _with_terms(session, [(kind, number)])
        return
    village = find_place(words, area_of(reference)).village
    if village is not None:
        yield from _in_village(session, village, words)
    yield from _of_name(session, By.NAME, name_words(words))
    for slug in _slugs(reference, words):
        yield By.ITEM, select(Case.id).where(Case.slug == slug).order_by(Case.id.desc())


def _numbers(words: str, context: FormContext) -> Iterator[tuple[TermKind, str]]:
    """What the words are as a NIK, a KK number and a phone number; sixteen digits may be two."""
    for kind in _NUMBERS:
        try:
            value = KINDS[kind].read(RawAnswer(text=words), Field(kind, kind, "", ""), context)
        except Unreadable:
            continue
        yield kind, str(value)


def _in_village(session: AsyncSession, village: str, words: str) -> Iterator[Way]:
    """All of a village, or those of a name in it."""
    there = Case.village == village
    names = [*name_words(village), *AREA_WORDS]
    rest = [w for w in name_words(words) if not any(alike(w, n, _SAME_WORD) for n in names)]
    if not rest:
        yield By.VILLAGE, select(Case.id).where(there).order_by(Case.id.desc())
    else:
        yield from _of_name(session, By.NAME_AND_VILLAGE, rest, there)


def _of_name(
    session: AsyncSession, by: By, words: Sequence[str], *also: ColumnElement[bool]
) -> Iterator[Way]:
    """Cases with all these words in their names, or with the name written in one piece."""
    if words:
        terms = [(TermKind.WORD, word) for word in dict.fromkeys(words[:MOST_WORDS])]
        yield by, _with_terms(session, terms).where(*also)
        yield by, _with_terms(session, [(TermKind.NAME, whole(list(words)))]).where(*also)


def _with_terms(session: AsyncSession, terms: Sequence[tuple[TermKind, str]]) -> Select[int]:
    """The ids of cases that have all of these terms; it walks along those of the first one.

    A term is looked for with every key, so that what a change of keys has not reached is found.
    """
    vault = vault_of(session.get_bind())
    first, *others = [
        (aliased(SearchTerm), kind, vault.fingerprints(term)) for kind, term in terms
    ]
    table = first[0]
    found = select(table.case_id).join(Case, Case.id == table.case_id)
    for other, _, _ in others:
        found = found.join(other, other.case_id == table.case_id)
    for one, kind, hashes in (first, *others):
        found = found.where(one.kind == kind, type_coerce(one.term, String).in_(hashes))
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

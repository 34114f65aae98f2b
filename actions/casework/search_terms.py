"""What a case can be found by without opening its seal: keyed hashes of its names and numbers.

A case is stamped with the key and the making of its terms; where either is another one now, a job
writes them anew, and so does `keys rotate`.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import cast

from sqlalchemy import (
    ColumnElement,
    String,
    Table,
    delete,
    func,
    insert,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.places import village_of
from actions.casework.returned import form_of_case
from actions.forms import engine
from actions.forms.person_names import name_words, sound
from actions.forms.same_place import cell_of, point_of
from actions.storage.engine import vault_of
from actions.storage.tables import Case, SearchTerm
from actions.storage.vault import WrongKeyError

AT_ONCE = 100
MAKING = "g"
"""The next letter whenever terms are made otherwise; ids of keys end at f."""
_ADD = insert(cast(Table, SearchTerm.__table__))  # without objects: their ids are of no use


class TermKind(StrEnum):
    """What a term is: a name, a word of one or its sound, a number, or a square of the map."""

    NAME = "nama"
    WORD = "kata"
    SOUND = "bunyi"
    NIK = "nik"
    KK = "kk"
    PHONE = "telepon"
    CELL = "petak"


_NUMBERS = frozenset({TermKind.NIK, TermKind.KK, TermKind.PHONE})


def whole(words: list[str]) -> str:
    """A name in one piece, so that "Nur Aini" is Nuraini."""
    return "".join(words)


def cell_term(slug: str, cell: tuple[int, int]) -> str:
    """A square of the map with what was reported there."""
    return f"{slug} {cell[0]} {cell[1]}"


def is_term(
    session: AsyncSession,
    kind: TermKind,
    *terms: str,
    table: type[SearchTerm] = SearchTerm,
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """One of some terms, hashed with every key: a change of keys may not have reached them.

    A word that is written as it sounds is kept as a word alone.
    """
    kinds = (kind, TermKind.WORD) if kind is TermKind.SOUND else (kind,)
    vault = vault_of(session.get_bind())
    hashes = [one for term in terms for one in vault.fingerprints(term)]
    return table.kind.in_(kinds), type_coerce(table.term, String).in_(hashes)


def terms_of(case: Case) -> list[tuple[TermKind, str]]:
    """The terms of a case as it is answered now, each once."""
    return list(dict.fromkeys(_terms(case)))


def _terms(case: Case) -> Iterator[tuple[TermKind, str]]:
    for field in engine.visible(form_of_case(case), case.answers):
        value = case.answers.get(field.key)
        point = point_of(value)
        if point is not None:
            yield TermKind.CELL, cell_term(case.slug, cell_of(point))
        if not isinstance(value, str):
            continue
        if field.kind in _NUMBERS:
            yield TermKind(field.kind), value
        elif field.kind == TermKind.NAME:
            words = name_words(value)
            yield TermKind.NAME, whole(words)
            yield from ((TermKind.WORD, word) for word in words)
            sounds = ((word, sound(word)) for word in words)
            yield from ((TermKind.SOUND, one) for word, one in sounds if one != word)


async def write(session: AsyncSession, case: Case) -> None:
    """Put the terms of today's answers in the place of those that were there."""
    case.indexed_with = await _rewrite(session, case)


async def _rewrite(session: AsyncSession, case: Case) -> str:
    """Returns the key: the first that was current, so that a change meanwhile is made good."""
    key = _current_key(session)
    await session.execute(delete(SearchTerm).where(SearchTerm.case_id == case.id))
    terms = [{"case_id": case.id, "kind": kind, "term": term} for kind, term in terms_of(case)]
    if terms:
        await session.execute(_ADD, terms)
    return key


def _current_key(session: AsyncSession) -> str:
    return stamp(vault_of(session.get_bind()).current.id)


def stamp(key_id: str) -> str:
    """What a case is marked with whose terms are of today: key and making, in 12 letters."""
    return f"{key_id[:-1]}{MAKING}"


async def write_some(session: AsyncSession) -> int:
    """Write the terms of some cases that have none, or those of another key; returns of how many.

    To the officers who work on them these cases do not change: their version stays.
    """
    found = await _outdated(session)
    for case_id in found:
        key, values = _current_key(session), {}
        try:
            case = await session.get_one(Case, case_id)
            key = await _rewrite(session, case)
            values = {"village": case.village or village_of(case.answers)}
        except WrongKeyError:
            pass  # Nobody can read it, so it has no terms; a key that comes back begins anew.
        mine = update(Case).where(Case.id == case_id)
        await session.execute(
            mine.values(indexed_with=key, **values),
            execution_options={"synchronize_session": False},
        )
    return len(found)


async def _outdated(session: AsyncSession) -> list[int]:
    """Some cases that were sent and whose terms are not of the current key, held."""
    key, found = _current_key(session), list[int]()
    # Three looks into the index: "is another one" in a single question would walk through it all.
    for older in (Case.indexed_with.is_(None), Case.indexed_with < key, Case.indexed_with > key):
        rest = AT_ONCE - len(found)
        some = select(Case.id).where(Case.code.is_not(None), older).limit(rest)
        if rest > 0:
            found += (await session.scalars(some.with_for_update(skip_locked=True))).all()
    return found


async def count_of_other_keys(session: AsyncSession) -> int:
    """How many cases are found by the hashes of an older key alone."""
    key = _current_key(session)
    others: ColumnElement[bool] = or_(Case.indexed_with < key, Case.indexed_with > key)
    counted = select(func.count(Case.id)).where(Case.code.is_not(None), others)
    return await session.scalar(counted) or 0

"""Where a case stands: by its code, or of all that the chat has handed in."""

from collections.abc import Sequence

from actions.casework import cases, claims, lateness, publishing
from actions.dialogue import targets
from actions.dialogue.braking import hour_in_words, one_more
from actions.dialogue.context import Rows, TurnContext, make_button, rows
from actions.dialogue.handlers.form import questions
from actions.dialogue.registry import Replies, aside, on_awaited, on_button, on_intent, on_word
from actions.domain.brakes import Brake, Braked
from actions.domain.codes import looks_like_code, read_code
from actions.domain.messages import Reply
from actions.domain.status import Meaning, Status, is_open, status_of
from actions.storage.tables import Case

SHOWN = 8


async def own_case(turn: TurnContext, case_id: str) -> Case | None:
    """The case of a button, when it is this chat's."""
    case = await turn.session.get(Case, int(case_id))
    return case if case is not None and turn.owns(case) else None


async def own_cases(turn: TurnContext) -> list[Case]:
    """What this citizen has handed in, under the chat and under its pseudonym, newest first."""
    found = [one for chat in turn.chats for one in await cases.of_chat(turn.session, chat)]
    return sorted(filter(turn.owns, found), key=lambda case: -case.id)


def meant_among(turn: TurnContext, candidates: Sequence[Case]) -> Sequence[Case]:
    """The case whose code the words name; all where they name none of them."""
    code = read_code(turn.text, *turn.office.code_prefixes)
    return [case for case in candidates if case.code == code] or candidates


def case_buttons(turn: TurnContext, verb: str, shown: Sequence[Case]) -> Rows:
    """A button for each case, with its code and what it is about."""
    return rows(
        [
            make_button(f"{case.code} {turn.called(case.slug)}"[:40], verb, case.id)
            for case in shown[:SHOWN]
        ]
    )


@on_intent("cek_status")
async def by_words(turn: TurnContext) -> Replies:
    """Answer a question about a code in the text, else about the chat's own cases."""
    told = await code_is_told(turn)
    if told is not None:
        return told
    return await mine(turn, targets.item(turn))


async def _none_of(turn: TurnContext, slug: str) -> Reply:
    """That nothing was filed here for it, and every way on; a form of it may have been begun."""
    turn.memory.topic, at = slug, turn.memory.heard_at
    draft = await questions.open_case(turn)
    if draft is not None and draft.slug == slug:
        return await _nothing_sent(turn)
    ways = [
        [turn.button("punya_kode", "code"), turn.button("permohonan_saya", "mine")],
        [turn.button("mulai_ini", "begin", slug, at, hal=turn.called(slug))],
        [turn.button("petugas", "human"), turn.button("bukan_itu", "not", slug, at)],
    ]
    return turn.say("status.kosong_hal", ways, hal=turn.called(slug))


@on_button("code")
async def ask_code(turn: TurnContext, key: str = "status.tanya_kode") -> Replies:
    """Wait for a code."""
    turn.wait_for("kode")
    example = f"{turn.office.code_prefix}-7F3-KQ9"
    return [turn.say(key, [[turn.button("menu", "menu")]], contoh=example)]


@on_awaited("kode")
async def code_is_told(turn: TurnContext) -> Replies | None:
    """The case of the code; None when something else was written instead."""
    prefixes = turn.office.code_prefixes
    code = read_code(turn.text, *prefixes)
    if code is not None:
        return await by_code(turn, code)
    mistyped = looks_like_code(turn.text, *prefixes)
    return await ask_code(turn, "status.kode_salah") if mistyped else None


@on_button("status")
async def by_code(turn: TurnContext, code: str) -> Replies:
    """Details for the owner; for anybody else the status alone."""
    case = await cases.by_code(turn.session, code)
    if case is None or not turn.owns(case):
        over = await one_more(turn, Braked.GUESSES)
        if over is not None:
            return [enough(turn, over)]
    if case is None:
        return await ask_code(turn, "status.tidak_ada")
    if not turn.owns(case):
        return [await _to_others(turn, case)]
    return [await details(turn, case)]


async def _to_others(turn: TurnContext, case: Case) -> Reply:
    """The status alone; whose case it is may take it over with the PIN on the receipt."""
    waits = await claims.waits(turn.session, case, turn.now)
    ways = [[turn.button("ini_milik_saya", "pin", case.code)]] if waits else []
    return turn.say("status.orang_lain", ways, kode=case.code, status=_meaning(turn, case))


def enough(turn: TurnContext, over: Brake) -> Reply:
    """That no more codes of others are looked up for now; it says of none whether it exists."""
    ways = [[turn.button("permohonan_saya", "mine"), turn.button("menu", "menu")]]
    limit = turn.reference.limits.of(Braked.GUESSES)
    return turn.say("rem.kode", ways, jumlah=limit, jam=hour_in_words(turn, over.until))


def _meaning(turn: TurnContext, case: Case) -> str:
    return turn.word(f"status.arti.{status_of(case.status).meaning}")


async def _worked_on(turn: TurnContext, case: Case) -> Case:
    """The case by which one stands: a duplicate by the one that it is handled together with."""
    if case.status != Status.DUPLICATE or case.parent_id is None:
        return case
    return await turn.session.get(Case, case.parent_id) or case


async def details(turn: TurnContext, case: Case) -> Reply:
    """Status, what it means, promised date, and what the citizen can do now."""
    main = await _worked_on(turn, case)
    line = turn.word(
        "status.baris",
        kode=case.code,
        hal=turn.called(case.slug),
        arti=_meaning(turn, main),
        status=turn.word("status.bersama" if main is not case else f"status.nama.{case.status}"),
    )
    told = "\n".join(part for part in (line, _promise(turn, case)) if part)
    return turn.say("status.rinci", _ways(turn, case), isi=told)


def _promise(turn: TurnContext, case: Case) -> str:
    """The promised date in words; late ones are said first; nothing once it is closed."""
    status = status_of(case.status)
    if not is_open(status) or case.due_on is None or status is Status.READY:
        return ""
    if case.paused_on is not None:
        ours = status.meaning is Meaning.WAITING
        return turn.word("status.jeda" if ours else "status.jeda_lapor")
    unit = turn.reference.catalogue.unit(case.unit).short
    told = lateness.words_of(turn.reference, case, turn.now)
    late = lateness.is_late(turn.reference, case, turn.now)
    key = "status.terlambat" if late else "status.janji"
    return turn.word(key, janji=told, unit=unit)


def way_to_public(turn: TurnContext, case: Case) -> Rows:
    """The button that lets anybody see it, or takes that back; none where it may never be."""
    if case.public_allowed_at is not None:
        return [[turn.button("jangan_diumumkan", "public", case.id, publishing.NO)]]
    if not publishing.may_ever(turn.reference, case):
        return []
    return [[turn.button("boleh_diumumkan", "public", case.id, publishing.YES)]]


def _ways(turn: TurnContext, case: Case) -> Rows:
    possible = {
        ("lengkapi", "complete"): cases.takes_answers(case),
        ("belum_beres", "reopen"): cases.may_reopen(case),
        ("cabut", "withdraw"): cases.withdrawal(case) is not None,
    }
    ways = [[turn.button(*names, case.id)] for names, possibly in possible.items() if possibly]
    public = way_to_public(turn, case)
    return [*ways, *public, [turn.button("petugas", "human"), turn.button("menu", "menu")]]


async def _nothing_sent(turn: TurnContext) -> Reply:
    """Nothing was handed in, but a form may have been begun; a button leads back to that."""
    ways = [
        [turn.button("punya_kode", "code")],
        [turn.button("petugas", "human"), turn.button("menu", "menu")],
    ]
    draft = await questions.open_case(turn)
    if draft is None:
        return turn.say("status.kosong", ways)
    return turn.say("status.belum_dikirim", ways, hal=turn.called(draft.slug))


@on_intent("permohonan_saya")
@on_word("status")
@on_button("mine")
@aside
async def mine(turn: TurnContext, slug: str | None = None) -> Replies:
    """Everything this chat has handed in, or all of one kind: one in detail, several listed."""
    found = await own_cases(turn)
    if slug is not None:
        about = [case for case in found if case.slug == slug]
        return await _listed(turn, about) if about else [await _none_of(turn, slug)]
    return await _listed(turn, found) if found else [await _nothing_sent(turn)]


async def _line(turn: TurnContext, case: Case) -> str:
    meaning = _meaning(turn, await _worked_on(turn, case))
    return turn.word("status.satu", kode=case.code, hal=turn.called(case.slug), arti=meaning)


async def _listed(turn: TurnContext, found: Sequence[Case]) -> Replies:
    if len(found) == 1:
        return [await details(turn, found[0])]
    shown = found[:SHOWN]
    lines = [await _line(turn, case) for case in shown]
    if len(found) > len(shown):
        lines.append(turn.word("status.lainnya", jumlah=len(found) - len(shown)))
    buttons = [make_button(case.code or "", "status", case.code) for case in shown]
    return [turn.say("status.daftar", rows(buttons, 2), isi="\n".join(lines))]

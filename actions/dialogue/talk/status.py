"""Where a request stands, what else is open, and how to withdraw or reopen."""

from __future__ import annotations

from actions.casework import cases as casework
from actions.casework import surveys
from actions.dialogue.context import Rows, TurnContext, press, rows
from actions.dialogue.registry import Replies, on_button
from actions.domain.codes import looks_like_code, read_code
from actions.domain.messages import Button, Reply
from actions.domain.status import Actor, CaseKind, Meaning, Status, is_open, may_move, status_of
from actions.forms.show import show_day
from actions.storage.tables import Case

SHOWN = 8


async def by_words(turn: TurnContext) -> Replies:
    """Answer a question about a code in the text, else about the chat's own requests."""
    return await expected_code(turn) or await mine(turn)


def ask_code(turn: TurnContext, key: str = "status.tanya_kode") -> Replies:
    """Wait for a code."""
    turn.memory.expects = "kode"
    return [
        turn.say(
            key,
            [[turn.button("menu", "menu")]],
            contoh=f"{turn.reference.catalogue.office.code_prefix}-7F3-KQ9",
        )
    ]


@on_button("code")
async def _code(turn: TurnContext, _: list[str]) -> Replies:
    return ask_code(turn)


async def expected_code(turn: TurnContext) -> Replies | None:
    """The code that was asked for; None when something else was written instead."""
    prefix = turn.reference.catalogue.office.code_prefix
    code = read_code(turn.text, prefix)
    if code is not None:
        return await by_code(turn, code)
    return ask_code(turn, "status.kode_salah") if looks_like_code(turn.text, prefix) else None


async def by_code(turn: TurnContext, code: str) -> Replies:
    """Details for the owner; for anybody else the status alone."""
    case = await casework.by_code(turn.session, code)
    if case is None:
        return ask_code(turn, "status.tidak_ada")
    if case.chat != turn.chat:
        return [turn.say("status.orang_lain", kode=code, status=_meaning(turn, case))]
    return [details(turn, case)]


@on_button("status")
async def _status(turn: TurnContext, args: list[str]) -> Replies:
    return await by_code(turn, args[0])


def _meaning(turn: TurnContext, case: Case) -> str:
    return turn.word(f"status.arti.{status_of(case.status).meaning}")


def details(turn: TurnContext, case: Case) -> Reply:
    """Status, what it means, promised date, and what the citizen can do now."""
    status = status_of(case.status)
    lines = [
        turn.word(
            "status.baris",
            kode=case.code,
            hal=turn.reference.catalogue.item(case.slug).called,
            arti=_meaning(turn, case),
            status=turn.word(f"status.nama.{status}"),
        ),
        promise(turn, case),
    ]
    text = "\n".join(line for line in lines if line)
    return turn.say("status.rinci", _ways(turn, case), isi=text)


def promise(turn: TurnContext, case: Case) -> str:
    """The promised date in words; late ones are said first; nothing once it is closed."""
    status = status_of(case.status)
    if not is_open(status) or case.due_on is None or status is Status.READY:
        return ""
    if case.paused_on is not None:
        ours = status.meaning is Meaning.WAITING
        return turn.word("status.jeda" if ours else "status.jeda_lapor")
    late = (turn.today - case.due_on).days
    unit = turn.reference.catalogue.unit(case.unit).short
    if late > 0:
        return turn.word("status.terlambat", hari=late, unit=unit)
    return turn.word("status.janji", tanggal=show_day(case.due_on), unit=unit)


def _ways(turn: TurnContext, case: Case) -> Rows:
    ways: list[list[Button]] = []
    if casework.takes_answers(case):
        ways.append([turn.button("lengkapi", "complete", case.id)])
    if can_reopen(case):
        ways.append([turn.button("belum_beres", "reopen", case.id)])
    if casework.withdrawal(case) is not None:
        ways.append([turn.button("cabut", "withdraw", case.id)])
    return [*ways, [turn.button("petugas", "human"), turn.button("menu", "menu")]]


def can_reopen(case: Case) -> bool:
    """Whether its citizen may reopen a closed complaint."""
    kind, status = CaseKind(case.kind), status_of(case.status)
    return may_move(kind, status, Status.REOPENED, actor=Actor.CITIZEN)


async def mine(turn: TurnContext) -> Replies:
    """Everything this chat has handed in: one in detail, several as a list."""
    cases = await casework.of_chat(turn.session, turn.chat)
    if not cases:
        ways = [
            [turn.button("punya_kode", "code")],
            [turn.button("petugas", "human"), turn.button("menu", "menu")],
        ]
        return [turn.say("status.kosong", ways)]
    if len(cases) == 1:
        return [details(turn, cases[0])]
    shown = cases[:SHOWN]
    lines = [_line(turn, case) for case in shown]
    more = len(cases) - len(shown)
    if more:
        lines.append(turn.word("status.lainnya", jumlah=more))
    buttons = [press(case.code or "", "status", case.code) for case in shown]
    return [turn.say("status.daftar", rows(buttons, 2), isi="\n".join(lines))]


def _line(turn: TurnContext, case: Case) -> str:
    called = turn.reference.catalogue.item(case.slug).called
    return turn.word("status.satu", kode=case.code, hal=called, arti=_meaning(turn, case))


@on_button("mine")
async def _mine(turn: TurnContext, _: list[str]) -> Replies:
    return await mine(turn)


async def _own(turn: TurnContext, case_id: str) -> Case | None:
    case = await turn.session.get(Case, int(case_id))
    return case if case is not None and case.chat == turn.chat else None


async def offer_withdrawal(turn: TurnContext) -> Replies:
    """Let the citizen choose what to withdraw; nothing is withdrawn by words alone."""
    cases = await casework.of_chat(turn.session, turn.chat)
    open_ones = [case for case in cases if casework.withdrawal(case)]
    code = read_code(turn.text, turn.reference.catalogue.office.code_prefix)
    chosen = [case for case in open_ones if case.code == code] or open_ones
    if not chosen:
        return [turn.say("status.tidak_ada_yang_batal", [[turn.button("menu", "menu")]])]
    if len(chosen) == 1:
        return [_sure(turn, chosen[0])]
    buttons = [
        press(
            f"{case.code} {turn.reference.catalogue.item(case.slug).called}"[:40],
            "withdraw",
            case.id,
        )
        for case in chosen[:SHOWN]
    ]
    ways = [*rows(buttons), [turn.button("tidak_jadi_batal", "menu")]]
    return [turn.say("status.cabut_yang_mana", ways)]


@on_button("withdraw")
async def _withdraw(turn: TurnContext, args: list[str]) -> Replies:
    case = await _own(turn, args[0])
    if case is None or casework.withdrawal(case) is None:
        return [turn.say("status.tidak_bisa_cabut")]
    return [_sure(turn, case)]


def _sure(turn: TurnContext, case: Case) -> Reply:
    """Ask once more before something is withdrawn."""
    ways = [
        [turn.button("ya_cabut", "withdrawn", case.id)],
        [turn.button("tidak_jadi_batal", "status", case.code)],
    ]
    called = turn.reference.catalogue.item(case.slug).called
    return turn.say("status.yakin_cabut", ways, kode=case.code, hal=called)


@on_button("withdrawn")
async def _withdrawn(turn: TurnContext, args: list[str]) -> Replies:
    case = await _own(turn, args[0])
    target = casework.withdrawal(case) if case is not None else None
    if case is None or target is None:
        return [turn.say("status.tidak_bisa_cabut")]
    await casework.move(
        turn.session, turn.reference, case, target, by=casework.CITIZEN, now=turn.now
    )
    if turn.memory.draft == case.id:
        turn.memory.leave_form()
    return [turn.say("status.sudah_dicabut", [[turn.button("menu", "menu")]], kode=case.code)]


async def offer_reopening(turn: TurnContext) -> Replies:
    """Let the citizen choose the closed complaint that is not settled."""
    cases = [r for r in await casework.of_chat(turn.session, turn.chat) if can_reopen(r)]
    code = read_code(turn.text, turn.reference.catalogue.office.code_prefix)
    chosen = [case for case in cases if case.code == code] or cases
    if not chosen:
        return [*ask_code(turn, "status.buka_yang_mana_kode")]
    if len(chosen) == 1:
        return [_why(turn, chosen[0])]
    buttons = [
        press(
            f"{case.code} {turn.reference.catalogue.item(case.slug).called}"[:40],
            "reopen",
            case.id,
        )
        for case in chosen[:SHOWN]
    ]
    return [turn.say("status.buka_yang_mana", [*rows(buttons), [turn.button("menu", "menu")]])]


@on_button("reopen")
async def _reopen(turn: TurnContext, args: list[str]) -> Replies:
    case = await _own(turn, args[0])
    if case is None or not can_reopen(case):
        return [turn.say("status.tidak_bisa_buka")]
    return [_why(turn, case)]


def _why(turn: TurnContext, case: Case) -> Reply:
    """Wait for the reason to open a report again."""
    turn.memory.expects, turn.memory.expects_id = "alasan_buka", case.id
    return turn.say("status.kenapa_buka", kode=case.code)


async def reopen(turn: TurnContext) -> Replies:
    """Reopen a complaint with the citizen's reason."""
    case = await _own(turn, str(turn.memory.expects_id))
    turn.memory.expects = turn.memory.expects_id = None
    if case is None or not can_reopen(case):
        return [turn.say("status.tidak_bisa_buka")]
    await casework.move(
        turn.session,
        turn.reference,
        case,
        Status.REOPENED,
        by=casework.CITIZEN,
        now=turn.now,
        reason=turn.text,
    )
    return [turn.say("status.dibuka", kode=case.code)]


@on_button("settled")
async def _settled(turn: TurnContext, args: list[str]) -> Replies:
    case = await _own(turn, args[0])
    if case is None or case.status != Status.AWAITING_REPLY:
        return [turn.say("status.tidak_bisa_buka")]
    return await _settle(turn, case)


async def settled_by_words(turn: TurnContext) -> Replies:
    """Close the one report that waits for its citizen's word; else show what there is."""
    cases = await casework.of_chat(turn.session, turn.chat)
    waiting = [case for case in cases if case.status == Status.AWAITING_REPLY]
    return await _settle(turn, waiting[0]) if len(waiting) == 1 else await mine(turn)


async def _settle(turn: TurnContext, case: Case) -> Replies:
    await casework.move(
        turn.session, turn.reference, case, Status.RESOLVED, by=casework.CITIZEN, now=turn.now
    )
    rating = await surveys.begin(turn.session, turn.reference, case, turn.now)
    return [turn.say("status.beres", kode=case.code), *([rating] if rating else [])]

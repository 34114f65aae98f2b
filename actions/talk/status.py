"""Where a request stands, what else is open, and how to withdraw or reopen."""

from __future__ import annotations

from actions.casework import requests as casework
from actions.casework import surveys
from actions.domain.codes import looks_like_code, read_code
from actions.domain.status import Actor, CaseKind, Meaning, Status, is_open, may_move, status_of
from actions.flow.show import show_day
from actions.registry import Replies, presses
from actions.scene import Rows, Scene, press, rows
from actions.storage.tables import Request
from actions.turn import Button, Reply

SHOWN = 8


async def by_words(scene: Scene) -> Replies:
    """Answer a question about a code in the text, else about the chat's own requests."""
    return await expected_code(scene) or await mine(scene)


def ask_code(scene: Scene, key: str = "status.tanya_kode") -> Replies:
    """Wait for a code."""
    scene.memory.expects = "kode"
    return [scene.say(key, [[scene.button("menu", "menu")]],
                      contoh=f"{scene.hall.catalogue.office.code_prefix}-7F3-KQ9")]  # fmt: skip


@presses("code")
async def _code(scene: Scene, _: list[str]) -> Replies:
    return ask_code(scene)


async def expected_code(scene: Scene) -> Replies | None:
    """The code that was asked for; None when something else was written instead."""
    prefix = scene.hall.catalogue.office.code_prefix
    code = read_code(scene.text, prefix)
    if code is not None:
        return await by_code(scene, code)
    return ask_code(scene, "status.kode_salah") if looks_like_code(scene.text, prefix) else None


async def by_code(scene: Scene, code: str) -> Replies:
    """Details for the owner; for anybody else the status alone."""
    request = await casework.by_code(scene.session, code)
    if request is None:
        return ask_code(scene, "status.tidak_ada")
    if request.chat != scene.chat:
        return [scene.say("status.orang_lain", kode=code, status=_meaning(scene, request))]
    return [details(scene, request)]


@presses("status")
async def _status(scene: Scene, args: list[str]) -> Replies:
    return await by_code(scene, args[0])


def _meaning(scene: Scene, request: Request) -> str:
    return scene.word(f"status.arti.{status_of(request.status).meaning}")


def details(scene: Scene, request: Request) -> Reply:
    """Status, what it means, promised date, and what the citizen can do now."""
    status = status_of(request.status)
    lines = [
        scene.word("status.baris", kode=request.code,
                   hal=scene.hall.catalogue.item(request.slug).called,
                   arti=_meaning(scene, request), status=scene.word(f"status.nama.{status}")),
        promise(scene, request),
    ]  # fmt: skip
    text = "\n".join(line for line in lines if line)
    return scene.say("status.rinci", _ways(scene, request), isi=text)


def promise(scene: Scene, request: Request) -> str:
    """The promised date in words; late ones are said first; nothing once it is closed."""
    status = status_of(request.status)
    if not is_open(status) or request.due_on is None or status is Status.READY:
        return ""
    if request.paused_on is not None:
        ours = status.meaning is Meaning.WAITING
        return scene.word("status.jeda" if ours else "status.jeda_lapor")
    late = (scene.today - request.due_on).days
    unit = scene.hall.catalogue.unit(request.unit).short
    if late > 0:
        return scene.word("status.terlambat", hari=late, unit=unit)
    return scene.word("status.janji", tanggal=show_day(request.due_on), unit=unit)


def _ways(scene: Scene, request: Request) -> Rows:
    ways: list[list[Button]] = []
    if casework.takes_answers(request):
        ways.append([scene.button("lengkapi", "complete", request.id)])
    if can_reopen(request):
        ways.append([scene.button("belum_beres", "reopen", request.id)])
    if casework.withdrawal(request) is not None:
        ways.append([scene.button("cabut", "withdraw", request.id)])
    return [*ways, [scene.button("petugas", "human"), scene.button("menu", "menu")]]


def can_reopen(request: Request) -> bool:
    """Whether its citizen may reopen a closed complaint."""
    kind, status = CaseKind(request.kind), status_of(request.status)
    return may_move(kind, status, Status.REOPENED, actor=Actor.CITIZEN)


async def mine(scene: Scene) -> Replies:
    """Everything this chat has handed in: one in detail, several as a list."""
    requests = await casework.of_chat(scene.session, scene.chat)
    if not requests:
        ways = [[scene.button("punya_kode", "code")],
                [scene.button("petugas", "human"), scene.button("menu", "menu")]]  # fmt: skip
        return [scene.say("status.kosong", ways)]
    if len(requests) == 1:
        return [details(scene, requests[0])]
    shown = requests[:SHOWN]
    lines = [_line(scene, request) for request in shown]
    more = len(requests) - len(shown)
    if more:
        lines.append(scene.word("status.lainnya", jumlah=more))
    buttons = [press(request.code or "", "status", request.code) for request in shown]
    return [scene.say("status.daftar", rows(buttons, 2), isi="\n".join(lines))]


def _line(scene: Scene, request: Request) -> str:
    called = scene.hall.catalogue.item(request.slug).called
    return scene.word("status.satu", kode=request.code, hal=called, arti=_meaning(scene, request))


@presses("mine")
async def _mine(scene: Scene, _: list[str]) -> Replies:
    return await mine(scene)


async def _own(scene: Scene, request_id: str) -> Request | None:
    request = await scene.session.get(Request, int(request_id))
    return request if request is not None and request.chat == scene.chat else None


async def offer_withdrawal(scene: Scene) -> Replies:
    """Let the citizen choose what to withdraw; nothing is withdrawn by words alone."""
    requests = await casework.of_chat(scene.session, scene.chat)
    open_ones = [request for request in requests if casework.withdrawal(request)]
    code = read_code(scene.text, scene.hall.catalogue.office.code_prefix)
    chosen = [request for request in open_ones if request.code == code] or open_ones
    if not chosen:
        return [scene.say("status.tidak_ada_yang_batal", [[scene.button("menu", "menu")]])]
    if len(chosen) == 1:
        return [_sure(scene, chosen[0])]
    buttons = [
        press(f"{request.code} {scene.hall.catalogue.item(request.slug).called}"[:40],
              "withdraw", request.id)
        for request in chosen[:SHOWN]
    ]  # fmt: skip
    ways = [*rows(buttons), [scene.button("tidak_jadi_batal", "menu")]]
    return [scene.say("status.cabut_yang_mana", ways)]


@presses("withdraw")
async def _withdraw(scene: Scene, args: list[str]) -> Replies:
    request = await _own(scene, args[0])
    if request is None or casework.withdrawal(request) is None:
        return [scene.say("status.tidak_bisa_cabut")]
    return [_sure(scene, request)]


def _sure(scene: Scene, request: Request) -> Reply:
    """Ask once more before something is withdrawn."""
    ways = [[scene.button("ya_cabut", "withdrawn", request.id)],
            [scene.button("tidak_jadi_batal", "status", request.code)]]  # fmt: skip
    called = scene.hall.catalogue.item(request.slug).called
    return scene.say("status.yakin_cabut", ways, kode=request.code, hal=called)


@presses("withdrawn")
async def _withdrawn(scene: Scene, args: list[str]) -> Replies:
    request = await _own(scene, args[0])
    target = casework.withdrawal(request) if request is not None else None
    if request is None or target is None:
        return [scene.say("status.tidak_bisa_cabut")]
    await casework.move(
        scene.session, scene.hall, request, target, by=casework.CITIZEN, now=scene.now
    )
    if scene.memory.draft == request.id:
        scene.memory.leave_form()
    return [scene.say("status.sudah_dicabut", [[scene.button("menu", "menu")]], kode=request.code)]


async def offer_reopening(scene: Scene) -> Replies:
    """Let the citizen choose the closed complaint that is not settled."""
    requests = [r for r in await casework.of_chat(scene.session, scene.chat) if can_reopen(r)]
    code = read_code(scene.text, scene.hall.catalogue.office.code_prefix)
    chosen = [request for request in requests if request.code == code] or requests
    if not chosen:
        return [*ask_code(scene, "status.buka_yang_mana_kode")]
    if len(chosen) == 1:
        return [_why(scene, chosen[0])]
    buttons = [
        press(f"{request.code} {scene.hall.catalogue.item(request.slug).called}"[:40],
              "reopen", request.id)
        for request in chosen[:SHOWN]
    ]  # fmt: skip
    return [scene.say("status.buka_yang_mana", [*rows(buttons), [scene.button("menu", "menu")]])]


@presses("reopen")
async def _reopen(scene: Scene, args: list[str]) -> Replies:
    request = await _own(scene, args[0])
    if request is None or not can_reopen(request):
        return [scene.say("status.tidak_bisa_buka")]
    return [_why(scene, request)]


def _why(scene: Scene, request: Request) -> Reply:
    """Wait for the reason to open a report again."""
    scene.memory.expects, scene.memory.expects_id = "alasan_buka", request.id
    return scene.say("status.kenapa_buka", kode=request.code)


async def reopen(scene: Scene) -> Replies:
    """Reopen a complaint with the citizen's reason."""
    request = await _own(scene, str(scene.memory.expects_id))
    scene.memory.expects = scene.memory.expects_id = None
    if request is None or not can_reopen(request):
        return [scene.say("status.tidak_bisa_buka")]
    await casework.move(
        scene.session, scene.hall, request, Status.REOPENED, by=casework.CITIZEN,
        now=scene.now, reason=scene.text,
    )  # fmt: skip
    return [scene.say("status.dibuka", kode=request.code)]


@presses("settled")
async def _settled(scene: Scene, args: list[str]) -> Replies:
    request = await _own(scene, args[0])
    if request is None or request.status != Status.AWAITING_REPLY:
        return [scene.say("status.tidak_bisa_buka")]
    return await _settle(scene, request)


async def settled_by_words(scene: Scene) -> Replies:
    """Close the one report that waits for its citizen's word; else show what there is."""
    requests = await casework.of_chat(scene.session, scene.chat)
    waiting = [request for request in requests if request.status == Status.AWAITING_REPLY]
    return await _settle(scene, waiting[0]) if len(waiting) == 1 else await mine(scene)


async def _settle(scene: Scene, request: Request) -> Replies:
    await casework.move(
        scene.session, scene.hall, request, Status.RESOLVED, by=casework.CITIZEN, now=scene.now
    )
    rating = await surveys.begin(scene.session, scene.hall, request, scene.now)
    return [scene.say("status.beres", kode=request.code), *([rating] if rating else [])]

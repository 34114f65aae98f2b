"""Taking, handing over, other units, notes, requirements, and cases that belong together."""

from aiohttp import web

from actions.casework import (
    landmarks,
    linked,
    notes,
    ownership,
    publishing,
    queues,
    requirements,
    splitting,
    transfers,
)
from actions.casework.office_settings import Hand
from actions.casework.transfers import Sending
from actions.catalogue.sheets import FieldsError
from actions.dialogue.handlers.form.build import form_of
from actions.domain.codes import read_code
from actions.domain.work import TransferKind
from actions.storage.tables import Staff
from bot.console.context import console_of
from bot.console.pages.case_work import FormError, Work, work
from bot.http import forms
from bot.live_settings import refresh

ACCEPT, ANSWER, SEND_BACK, TAKE_BACK = "terima", "jawab", "kembalikan", "tarik"
NOTICES = {
    ACCEPT: "unit_terima",
    ANSWER: "unit_jawab",
    SEND_BACK: "unit_kembalikan",
    TAKE_BACK: "unit_tarik",
}
MOST_TICKS = 60


async def take(request: web.Request) -> web.StreamResponse:
    """Take the case for oneself."""

    async def act(told: Work) -> str:
        await ownership.take(told.session, told.case, told.staff, told.now)
        return "perkara_diambil"

    return await work(request, act)


async def let_go(request: web.Request) -> web.StreamResponse:
    """Put it back for everybody."""

    async def act(told: Work) -> str:
        await ownership.let_go(told.session, told.case, told.staff, told.now, note=told.text)
        return "perkara_dilepas"

    return await work(request, act, form="lepas")


async def pass_on(request: web.Request) -> web.StreamResponse:
    """Hand it to a colleague."""

    async def act(told: Work) -> str:
        to = await told.session.get(Staff, told.number)
        if to is None:
            raise FormError("rekan")
        await ownership.pass_on(
            told.session,
            told.case,
            to,
            by=told.staff,
            now=told.now,
            note=told.text,
            seen_version=told.version,
        )
        return "perkara_diserahkan"

    return await work(request, act, form="serahkan")


async def send(request: web.Request) -> web.StreamResponse:
    """Send it to another unit."""
    return await _send(request, TransferKind.HANDING_OVER, "kirim-unit", "dikirim_unit")


async def ask(request: web.Request) -> web.StreamResponse:
    """Ask another unit, and stay responsible."""
    return await _send(request, TransferKind.ASKING, "tanya-unit", "ditanya_unit")


async def _send(
    request: web.Request, kind: TransferKind, form: str, notice: str
) -> web.StreamResponse:
    async def act(told: Work) -> str:
        await transfers.send(
            told.session,
            told.console.reference,
            told.case,
            Sending(told.choice, kind, told.text),
            by=told.staff,
            now=told.now,
            seen_version=told.version,
        )
        return notice

    return await work(request, act, form=form)


async def answer_unit(request: web.Request) -> web.StreamResponse:
    """Accept, answer or send back as the other unit; or take back as the sender."""
    sent = await forms.read_form(request)
    way = forms.words(sent, "hasil", longest=20)

    async def act(told: Work) -> str:
        await _check_side(told, way)
        session, case, now, by = told.session, told.case, told.now, told.staff
        if way == ACCEPT:
            reference = told.console.reference
            await transfers.accept(session, reference, case, told.number, by=by, now=now)
        elif way == ANSWER:
            await transfers.answer(session, case, told.number, by=by, text=told.text, now=now)
        elif way == SEND_BACK:
            await transfers.send_back(session, case, told.number, by=by, reason=told.text, now=now)
        else:
            await transfers.take_back(session, case, told.number, by=by, now=now)
        return NOTICES[way]

    return await work(request, act, form=f"unit-{way}", asked=True)


async def _check_side(told: Work, way: str) -> None:
    """The unit that is asked answers; the one that has the case may take it back."""
    if way not in NOTICES:
        raise web.HTTPBadRequest
    waiting = await transfers.open_of(told.session, told.case)
    mine = {one.id for one in waiting if told.staff.unit in {None, one.to_unit}}
    if way == TAKE_BACK:
        if not await queues.works_on(told.session, told.staff, told.case):
            raise web.HTTPForbidden
    elif told.number in {one.id for one in waiting} - mine:
        raise web.HTTPForbidden


async def note(request: web.Request) -> web.StreamResponse:
    """Write something for colleagues; the citizen never sees it."""

    async def act(told: Work) -> str:
        if not told.text:
            raise FormError("catatan_kosong")
        await notes.add(told.session, told.case, told.staff, told.text, told.now)
        return "dicatat"

    return await work(request, act, form="catatan")


async def tick(request: web.Request) -> web.StreamResponse:
    """Keep which requirements are in order."""

    async def act(told: Work) -> str:
        wanted = requirements.of_case(told.console.reference, told.case)
        known = {requirements.key_of(one) for one in wanted}
        await requirements.tick(
            told.session,
            told.case,
            seen=known & _all(told.sent, "tadi"),
            wanted=known & _all(told.sent, "cocok"),
            by=told.staff,
            now=told.now,
        )
        return "syarat_disimpan"

    return await work(request, act)


def _all(sent: forms.Sent, name: str) -> set[str]:
    return {value for value in sent.getall(name, [])[:MOST_TICKS] if isinstance(value, str)}


async def link(request: web.Request) -> web.StreamResponse:
    """Handle it together with another case."""

    async def act(told: Work) -> str:
        code = read_code(told.text, *told.console.reference.catalogue.office.code_prefixes)
        parent = await queues.case_by_code(told.session, told.staff, code) if code else None
        if parent is None:
            raise FormError("kode_induk")
        await linked.link(
            told.session,
            told.case,
            parent,
            by=told.staff,
            now=told.now,
            seen_version=told.version,
        )
        return "digabung"

    return await work(request, act, form="gabung")


async def unlink(request: web.Request) -> web.StreamResponse:
    """Let it go its own way again."""

    async def act(told: Work) -> str:
        await linked.unlink(told.session, told.case, by=told.staff, now=told.now)
        return "dipisah"

    return await work(request, act)


async def split(request: web.Request) -> web.StreamResponse:
    """File a part of it as a case of its own."""

    async def act(told: Work) -> str:
        reference = told.console.reference
        item = reference.catalogue.find(told.choice)
        if item is None:
            raise FormError("pilih_hal")
        await splitting.split(
            told.session,
            reference,
            told.case,
            form_of(told.choice, item, reference.texts),
            by=told.staff,
            now=told.now,
            random=told.console.deps.random,
            seen_version=told.version,
        )
        return "dipecah"

    return await work(request, act, form="pecah")


async def publish(request: web.Request) -> web.StreamResponse:
    """Let anybody see what the page shows of it, or take that off the public list."""

    async def act(told: Work) -> str:
        reference, shows = told.console.reference, told.choice == publishing.YES
        do = publishing.show if shows else publishing.hide
        was_seen = told.case.public_at is not None
        try:
            do(told.session, reference, told.case, by=told.staff, now=told.now)
        except publishing.NotAllowedError:
            raise FormError("tidak_boleh_umum") from None
        return "diumumkan" if shows else "diturunkan" if was_seen else "tidak_diumumkan"

    return await work(request, act, form="umumkan")


async def keep_place(request: web.Request) -> web.StreamResponse:
    """Let the place of a confirmed complaint be a landmark that the chat knows."""
    deps = console_of(request).deps

    async def act(told: Work) -> str:
        hand, reference = Hand(told.staff, told.now), told.console.reference
        try:
            await landmarks.learn(
                told.session, deps.shipped, reference, told.case, told.text, hand
            )
        except landmarks.NothingToLearnError:
            raise FormError("patokan_tidak_ada") from None
        except FieldsError:
            raise FormError("patokan_kabur") from None
        return "patokan_disimpan"

    answer = await work(request, act, form="patokan")
    await refresh(deps)
    return answer

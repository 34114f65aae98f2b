"""Accounts of officers: only admins come here."""

import re
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import absence, second_factor, staff_sessions, telegram_link
from actions.casework import staff as accounts
from actions.casework.absence import BadAbsenceError
from actions.casework.passwords import SHORTEST, WeakPasswordError
from actions.casework.staff import Rights, Role, UsernameTakenError
from actions.storage.tables import Staff
from bot.console.client import origin_of
from bot.console.context import Console, console_of, make_hash, staff_of
from bot.console.pages.absence import stand_ins, take
from bot.console.password_queue import BusyError
from bot.console.presenters import unit_name, unit_names
from bot.console.render import page, redirect
from bot.http import forms
from bot.http.forms import Sent

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Typed:
    """The form for a new account, without its password."""

    username: str = ""
    name: str = ""
    role: str = Role.OFFICER
    unit: str = ""
    village: str = ""
    sees_secret: bool = False

    @property
    def rights(self) -> Rights:
        """What was chosen; only for what has no fault."""
        return Rights(Role(self.role), self.unit or None, self.village or None, self.sees_secret)


NEW = Typed()
FAULTS = {
    UsernameTakenError: "nama_dipakai",
    BusyError: "sandi_sibuk",
}


async def show_all(
    request: web.Request, *, typed: Typed = NEW, fault: str = ""
) -> web.StreamResponse:
    """All accounts, and the form for a new one."""
    console = console_of(request)
    async with console.reading() as session:
        everybody = await accounts.everybody(session)
        blind = await accounts.units_without_secret(session, _units_with_secrets(console))
    rows = [(account, unit_name(console, account.unit)) for account in everybody]
    return await page(
        request,
        "accounts.html",
        status=422 if fault else 200,
        rows=rows,
        typed=typed,
        fault=fault,
        blind=", ".join(unit_name(console, unit) for unit in blind),
        least=SHORTEST,
        **_choices(console),
    )


def _choices(console: Console) -> dict[str, Any]:
    """What rights are chosen from; villages by the name of their district."""
    area = console.reference.catalogue.office.area
    return {
        "roles": list(Role),
        "units": unit_names(console),
        "area": {one.district: one.villages for one in area},
    }


def _units_with_secrets(console: Console) -> set[str]:
    """The units to which secret complaints go."""
    complaints = console.reference.catalogue.complaints.values()
    return {complaint.unit for complaint in complaints if complaint.secret}


async def add(request: web.Request) -> web.StreamResponse:
    """Make an account."""
    console, sent = console_of(request), await forms.read_form(request)
    typed = _typed(sent)
    fault = _fault(console, typed)
    if fault:
        return await show_all(request, typed=typed, fault=fault)
    try:
        new = await make_hash(request, forms.secret(sent, "sandi"), typed.username, typed.name)
        async with console.writing() as session:
            await accounts.add(
                session,
                username=typed.username,
                name=typed.name,
                rights=typed.rights,
                password_hash=new,
                origin=origin_of(request),
            )
    except WeakPasswordError as error:
        return await show_all(request, typed=typed, fault=f"lemah.{error.weakness}")
    except tuple(FAULTS) as error:
        return await show_all(request, typed=typed, fault=FAULTS[type(error)])
    return redirect(request, "akun", notice="akun_dibuat")


def _typed(sent: Sent) -> Typed:
    return Typed(
        username=forms.words(sent, "pengguna", longest=LONGEST_NAME).lower(),
        name=forms.words(sent, "nama", longest=LONGEST_NAME),
        role=forms.words(sent, "peran", longest=20),
        unit=forms.words(sent, "unit", longest=40),
        village=forms.words(sent, "desa", longest=80),
        sees_secret=forms.words(sent, "rahasia", longest=5) == "ya",
    )


def _fault(console: Console, typed: Typed) -> str:
    if not USERNAME.fullmatch(typed.username):
        return "nama_pengguna"
    if not typed.name:
        return "nama_kosong"
    return _rights_fault(console, typed)


def _rights_fault(console: Console, typed: Typed) -> str:
    office = console.reference.catalogue.office
    if typed.role not in set(Role):
        return "peran"
    if typed.unit and typed.unit not in office.units:
        return "unit"
    if not typed.village:
        return ""
    if typed.village not in office.villages:
        return "desa"
    narrow = typed.unit and typed.role != Role.ADMIN
    return "" if narrow else "desa_tanpa_unit"


async def _account(request: web.Request, session: AsyncSession, *, locked: bool = False) -> Staff:
    found = await session.get(Staff, int(request.match_info["id"]), with_for_update=locked)
    if found is None:
        raise web.HTTPNotFound
    return found


async def show(request: web.Request, fault: str = "") -> web.StreamResponse:
    """One account."""
    console = console_of(request)
    async with console.reading() as session:
        account = await _account(request, session)
        factor_since = await second_factor.since(session, account.id)
        others = await stand_ins(session, account)
    return await page(
        request,
        "account.html",
        status=422 if fault else 200,
        account=account,
        factor_since=factor_since,
        fault=fault,
        unit=unit_name(console, account.unit),
        least=SHORTEST,
        own=account.id == staff_of(request).id,
        absence=absence.of(console.reference, account, console.clock()),
        stand_ins=others,
        **_choices(console),
    )


async def set_password(request: web.Request) -> web.StreamResponse:
    """Give an account a new password; its sessions end."""
    console, sent = console_of(request), await forms.read_form(request)
    async with console.reading() as session:
        owner = await _account(request, session)
    try:
        new = await make_hash(request, forms.secret(sent, "sandi"), owner.username, owner.name)
    except WeakPasswordError as error:
        return await show(request, f"lemah.{error.weakness}")
    except BusyError:
        return await show(request, FAULTS[BusyError])
    async with console.writing() as session:
        account = await _account(request, session, locked=True)
        await accounts.set_password(session, account, new, origin_of(request))
    if account.id == staff_of(request).id:
        return redirect(request, "masuk", notice="sandi_sendiri")
    return redirect(request, "akun", notice="sandi_diganti")


async def reset_factor(request: web.Request) -> web.StreamResponse:
    """Take the second factor of somebody who lost it; the account's sessions end."""
    if int(request.match_info["id"]) == staff_of(request).id:
        return await show(request, "verifikasi_sendiri")
    async with console_of(request).writing() as session:
        account = await _account(request, session, locked=True)
        await second_factor.remove(session, account, origin_of(request))
        await staff_sessions.end_all(session, account)
    return redirect(request, "akun", notice="verifikasi_dihapus")


async def set_rights(request: web.Request) -> web.StreamResponse:
    """Change what an account may do, but never one's own: an office without admin is stuck."""
    console, typed = console_of(request), _typed(await forms.read_form(request))
    fault = _rights_fault(console, typed)
    if int(request.match_info["id"]) == staff_of(request).id:
        fault = "peran_sendiri"
    if fault:
        return await show(request, fault)
    async with console.writing() as session:
        account = await _account(request, session, locked=True)
        accounts.set_rights(session, account, typed.rights, origin_of(request))
    return redirect(request, "akun", notice="peran_diubah")


async def plan_absence(request: web.Request) -> web.StreamResponse:
    """Keep when somebody is away, say of one who has fallen ill."""
    console, sent = console_of(request), await forms.read_form(request)
    try:
        async with console.writing() as session:
            account = await _account(request, session, locked=True)
            await take(session, console, account, sent, origin_of(request))
    except BadAbsenceError:
        return await show(request, "absen")
    return redirect(request, "akun", notice="absen_disimpan")


async def deactivate(request: web.Request) -> web.StreamResponse:
    """Close an account, but never one's own: somebody must be able to open it again."""
    if int(request.match_info["id"]) == staff_of(request).id:
        return await show(request, "akun_sendiri")
    async with console_of(request).writing() as session:
        account = await _account(request, session, locked=True)
        await accounts.deactivate(session, account, origin_of(request))
    return redirect(request, "akun", notice="akun_ditutup")


async def activate(request: web.Request) -> web.StreamResponse:
    """Open a closed account again."""
    async with console_of(request).writing() as session:
        account = await _account(request, session, locked=True)
        accounts.activate(session, account, origin_of(request))
    return redirect(request, "akun", notice="akun_dibuka")


async def unlink_telegram(request: web.Request) -> web.StreamResponse:
    """Take the link of an account to Telegram, say of somebody who lost their phone."""
    console = console_of(request)
    async with console.writing() as session:
        account = await _account(request, session, locked=True)
        await telegram_link.unlink(session, console.reference, account, origin_of(request))
    console.wake()
    return redirect(request, "akun", notice="telegram_diputus")

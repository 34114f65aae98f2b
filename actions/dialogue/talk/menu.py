"""The main menu, and lists of services and complaints to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from actions.catalogue import Item
from actions.dialogue.context import TurnContext, press, rows
from actions.dialogue.registry import Replies, on_button
from actions.domain.messages import Button, Reply

PAGE = 7


def main_menu(turn: TurnContext, key: str = "umum.menu") -> Reply:
    """What Balai can do, by button."""
    buttons = [
        turn.button("ajukan", "units"),
        turn.button("lapor", "complaints", 0),
        turn.button("permohonan_saya", "mine"),
        turn.button("cek_kode", "code"),
        turn.button("petugas", "human"),
        turn.button("bantuan", "help"),
    ]
    return turn.say(key, rows(buttons, 2), kantor=turn.reference.catalogue.office.called)


@on_button("menu")
async def _menu(turn: TurnContext, _: list[str]) -> Replies:
    return [main_menu(turn)]


def units_menu(turn: TurnContext) -> Reply:
    """The offices that offer services."""
    services = turn.reference.catalogue.services.values()
    units = dict.fromkeys(service.unit for service in services)
    buttons = [
        press(turn.reference.catalogue.unit(key).short, "services", key, 0) for key in units
    ]
    return turn.say("umum.pilih_kantor", [*rows(buttons, 2), [turn.button("menu", "menu")]])


@on_button("units")
async def _units(turn: TurnContext, _: list[str]) -> Replies:
    return [units_menu(turn)]


def services_menu(turn: TurnContext, unit: str, page: int) -> Reply:
    """The services of one office, a page at a time."""
    offered = {k: s for k, s in turn.reference.catalogue.services.items() if s.unit == unit}
    buttons = _page(turn, offered, page, "services", unit)
    name = turn.reference.catalogue.unit(unit).short
    return turn.say("umum.pilih_layanan", [*buttons, [turn.button("menu", "menu")]], unit=name)


@on_button("services")
async def _services(turn: TurnContext, args: list[str]) -> Replies:
    unit, page = args
    return [services_menu(turn, unit, int(page))]


def complaints_menu(turn: TurnContext, page: int) -> Reply:
    """The kinds of complaints, a page at a time."""
    buttons = _page(turn, turn.reference.catalogue.complaints, page, "complaints")
    return turn.say("umum.pilih_keluhan", [*buttons, [turn.button("menu", "menu")]])


@on_button("complaints")
async def _complaints(turn: TurnContext, args: list[str]) -> Replies:
    return [complaints_menu(turn, int(args[0]))]


def _page(
    turn: TurnContext, items: Mapping[str, Item], page: int, *data: object
) -> Sequence[Sequence[Button]]:
    """One page of items; two to a row, with the ways to the other pages."""
    slugs = sorted(items, key=lambda slug: items[slug].called)
    shown = slugs[page * PAGE : (page + 1) * PAGE]
    buttons = [press(items[slug].called, "start", slug) for slug in shown]
    turning = []
    if page > 0:
        turning.append(turn.button("sebelumnya", *data, page - 1))
    if len(slugs) > (page + 1) * PAGE:
        turning.append(turn.button("berikutnya", *data, page + 1))
    return [*rows(buttons), *([turning] if turning else [])]


def offices_menu(turn: TurnContext) -> Reply:
    """The offices whose place and hours can be asked for."""
    units = turn.reference.catalogue.office.units
    buttons = [press(unit.short, "place", key) for key, unit in units.items()]
    return turn.say("umum.kantor_mana", rows(buttons, 2))

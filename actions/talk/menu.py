"""The main menu, and lists of services and complaints to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from actions.catalogue import Item
from actions.registry import Replies, presses
from actions.scene import Scene, press, rows
from actions.turn import Button, Reply

PAGE = 7


def main_menu(scene: Scene, key: str = "umum.menu") -> Reply:
    """What Balai can do, by button."""
    buttons = [
        scene.button("ajukan", "units"),
        scene.button("lapor", "complaints", 0),
        scene.button("permohonan_saya", "mine"),
        scene.button("cek_kode", "code"),
        scene.button("petugas", "human"),
        scene.button("bantuan", "help"),
    ]
    return scene.say(key, rows(buttons, 2), kantor=scene.hall.catalogue.office.called)


@presses("menu")
async def _menu(scene: Scene, _: list[str]) -> Replies:
    return [main_menu(scene)]


def units_menu(scene: Scene) -> Reply:
    """The offices that offer services."""
    services = scene.hall.catalogue.services.values()
    units = dict.fromkeys(service.unit for service in services)
    buttons = [press(scene.hall.catalogue.unit(key).short, "services", key, 0) for key in units]
    return scene.say("umum.pilih_kantor", [*rows(buttons, 2), [scene.button("menu", "menu")]])


@presses("units")
async def _units(scene: Scene, _: list[str]) -> Replies:
    return [units_menu(scene)]


def services_menu(scene: Scene, unit: str, page: int) -> Reply:
    """The services of one office, a page at a time."""
    offered = {k: s for k, s in scene.hall.catalogue.services.items() if s.unit == unit}
    buttons = _page(scene, offered, page, "services", unit)
    name = scene.hall.catalogue.unit(unit).short
    return scene.say("umum.pilih_layanan", [*buttons, [scene.button("menu", "menu")]], unit=name)


@presses("services")
async def _services(scene: Scene, args: list[str]) -> Replies:
    unit, page = args
    return [services_menu(scene, unit, int(page))]


def complaints_menu(scene: Scene, page: int) -> Reply:
    """The kinds of complaints, a page at a time."""
    buttons = _page(scene, scene.hall.catalogue.complaints, page, "complaints")
    return scene.say("umum.pilih_keluhan", [*buttons, [scene.button("menu", "menu")]])


@presses("complaints")
async def _complaints(scene: Scene, args: list[str]) -> Replies:
    return [complaints_menu(scene, int(args[0]))]


def _page(
    scene: Scene, items: Mapping[str, Item], page: int, *turn: object
) -> Sequence[Sequence[Button]]:
    """One page of items; two to a row, with the ways to the other pages."""
    slugs = sorted(items, key=lambda slug: items[slug].called)
    shown = slugs[page * PAGE : (page + 1) * PAGE]
    buttons = [press(items[slug].called, "start", slug) for slug in shown]
    turning = []
    if page > 0:
        turning.append(scene.button("sebelumnya", *turn, page - 1))
    if len(slugs) > (page + 1) * PAGE:
        turning.append(scene.button("berikutnya", *turn, page + 1))
    return [*rows(buttons), *([turning] if turning else [])]


def offices_menu(scene: Scene) -> Reply:
    """The offices whose place and hours can be asked for."""
    units = scene.hall.catalogue.office.units
    buttons = [press(unit.short, "place", key) for key, unit in units.items()]
    return scene.say("umum.kantor_mana", rows(buttons, 2))

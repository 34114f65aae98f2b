"""What Balai says about a service: requirements, fee, duration, office, what it is."""

from __future__ import annotations

from actions.catalogue import Service, Unit
from actions.domain.calendar import DAY_KEYS, closing, next_opening
from actions.domain.calendar import is_open as is_open_now
from actions.flow.show import show_rupiah
from actions.registry import Replies, presses
from actions.scene import Rows, Scene
from actions.talk.days import near_day
from actions.turn import Reply


def start_rows(scene: Scene, slug: str) -> Rows:
    """The way from a piece of information to the service itself."""
    if scene.memory.draft is not None:
        return ()
    return [[scene.button("ajukan_ini", "start", slug)], [scene.button("menu", "menu")]]


def requirements(scene: Scene, slug: str) -> Reply:
    """What to bring, one line each, conditions in words."""
    item = scene.hall.catalogue.item(slug)
    if not isinstance(item, Service) or not item.requirements:
        return scene.say("layanan.tanpa_syarat", start_rows(scene, slug), hal=item.called)
    lines = [f"• {requirement.text}" for requirement in item.requirements]
    return scene.say(
        "layanan.syarat", start_rows(scene, slug), hal=item.called, daftar="\n".join(lines)
    )


def fee(scene: Scene, slug: str) -> Reply:
    """What it costs, and that nobody may ask for more."""
    item = scene.hall.catalogue.item(slug)
    if not isinstance(item, Service) or (item.fee.rupiah == 0 and not item.fee.note):
        return scene.say("layanan.gratis", start_rows(scene, slug), hal=item.called)
    words = [show_rupiah(item.fee.rupiah)] if item.fee.rupiah is not None else []
    words += [item.fee.note] if item.fee.note else []
    return scene.say(
        "layanan.biaya", start_rows(scene, slug), hal=item.called, biaya=". ".join(words)
    )


def duration(scene: Scene, slug: str) -> Reply:
    """How long it usually takes, marked as an estimate until the office has reviewed it."""
    item = scene.hall.catalogue.item(slug)
    days = item.duration.working_days
    key = "layanan.lama" if days else "layanan.lama_langsung"
    return scene.say(key, start_rows(scene, slug), hal=item.called, hari=days)


def about(scene: Scene, slug: str) -> Reply:
    """What it is for, with buttons for the other questions."""
    item = scene.hall.catalogue.item(slug)
    ways: Rows = [[scene.button("syarat", "about", slug, "need"),
                   scene.button("biaya", "about", slug, "fee")],
                  [scene.button("lama", "about", slug, "time"),
                   scene.button("kantornya", "place", item.unit)],
                  *start_rows(scene, slug)]  # fmt: skip
    summary = " ".join(part for part in (item.summary, item.difference) if part)
    return scene.say("layanan.tentang", ways, nama=item.name, ringkas=summary)


ASPECTS = {"need": requirements, "fee": fee, "time": duration, "what": about}


@presses("about")
async def _about(scene: Scene, args: list[str]) -> Replies:
    slug, aspect = args
    scene.memory.topic = slug
    return [ASPECTS[aspect](scene, slug)]


def place(scene: Scene, key: str) -> Reply:
    """Where an office is, when it is open, and whether it is open now."""
    unit = scene.hall.catalogue.unit(key)
    ours = key in scene.hall.catalogue.office.units
    return scene.say(
        "layanan.kantor" if ours else "layanan.kantor_lain",
        nama=unit.name,
        alamat=unit.address,
        urusan=unit.tasks,
        telepon=unit.phone or scene.word("layanan.tanpa_telepon"),
        jam=week_in_words(scene, unit),
        sekarang=open_in_words(scene, unit),
    )


@presses("place")
async def _place(scene: Scene, args: list[str]) -> Replies:
    return [place(scene, args[0])]


def week_in_words(scene: Scene, unit: Unit) -> str:
    """The hours of a week, days with equal hours in one line."""
    if not unit.hours:
        return scene.word("layanan.jam_tak_tentu")
    groups: list[tuple[list[str], tuple[str, ...]]] = []
    for day in DAY_KEYS:
        hours = unit.hours.get(day, ())
        if not hours:
            continue
        if groups and groups[-1][1] == hours:
            groups[-1][0].append(day)
        else:
            groups.append(([day], hours))
    return "\n".join(f"{_days(days)}: {', '.join(hours)}" for days, hours in groups)


def _days(days: list[str]) -> str:
    first, last = days[0].capitalize(), days[-1].capitalize()
    return first if first == last else f"{first}-{last}"


def open_in_words(scene: Scene, unit: Unit) -> str:
    """Whether an office is open at this moment, and until when or from when."""
    hours, now = scene.hall.hours(unit), scene.hall.local(scene.now)
    zone = now.tzname() or ""
    if is_open_now(now, hours, scene.hall.holidays):
        until = closing(now, hours, scene.hall.holidays)
        return scene.word("layanan.buka", sampai=f"{until:%H.%M} {zone}")
    opening = next_opening(now, hours, scene.hall.holidays)
    if opening is None:
        return scene.word("layanan.jam_tak_tentu")
    return scene.word(
        "layanan.tutup", hari=near_day(scene, opening.date()), mulai=f"{opening:%H.%M} {zone}"
    )


def name_of(scene: Scene, slug: str) -> str:
    """How people call an item or an office; the slug itself when it is gone."""
    catalogue = scene.hall.catalogue
    item = catalogue.find(slug)
    if item is not None:
        return item.called
    unit = catalogue.office.units.get(slug) or catalogue.office.others.get(slug)
    return unit.short if unit else slug

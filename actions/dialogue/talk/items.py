"""What Balai says about a service: requirements, fee, duration, office, what it is."""

from __future__ import annotations

from actions.catalogue import Service, Unit
from actions.dialogue.context import Rows, TurnContext
from actions.dialogue.registry import Replies, on_button
from actions.dialogue.talk.days import near_day
from actions.domain.calendar import DAY_KEYS, closing, next_opening
from actions.domain.calendar import is_open as is_open_now
from actions.domain.messages import Reply
from actions.forms.show import show_rupiah


def start_rows(turn: TurnContext, slug: str) -> Rows:
    """The way from a piece of information to the service itself."""
    if turn.memory.draft is not None:
        return ()
    return [[turn.button("ajukan_ini", "start", slug)], [turn.button("menu", "menu")]]


def requirements(turn: TurnContext, slug: str) -> Reply:
    """What to bring, one line each, conditions in words."""
    item = turn.reference.catalogue.item(slug)
    if not isinstance(item, Service) or not item.requirements:
        return turn.say("layanan.tanpa_syarat", start_rows(turn, slug), hal=item.called)
    lines = [f"• {requirement.text}" for requirement in item.requirements]
    return turn.say(
        "layanan.syarat", start_rows(turn, slug), hal=item.called, daftar="\n".join(lines)
    )


def fee(turn: TurnContext, slug: str) -> Reply:
    """What it costs, and that nobody may ask for more."""
    item = turn.reference.catalogue.item(slug)
    if not isinstance(item, Service) or (item.fee.rupiah == 0 and not item.fee.note):
        return turn.say("layanan.gratis", start_rows(turn, slug), hal=item.called)
    words = [show_rupiah(item.fee.rupiah)] if item.fee.rupiah is not None else []
    words += [item.fee.note] if item.fee.note else []
    return turn.say(
        "layanan.biaya", start_rows(turn, slug), hal=item.called, biaya=". ".join(words)
    )


def duration(turn: TurnContext, slug: str) -> Reply:
    """How long it usually takes, marked as an estimate until the office has reviewed it."""
    item = turn.reference.catalogue.item(slug)
    days = item.duration.working_days
    key = "layanan.lama" if days else "layanan.lama_langsung"
    return turn.say(key, start_rows(turn, slug), hal=item.called, hari=days)


def about(turn: TurnContext, slug: str) -> Reply:
    """What it is for, with buttons for the other questions."""
    item = turn.reference.catalogue.item(slug)
    ways: Rows = [
        [turn.button("syarat", "about", slug, "need"), turn.button("biaya", "about", slug, "fee")],
        [turn.button("lama", "about", slug, "time"), turn.button("kantornya", "place", item.unit)],
        *start_rows(turn, slug),
    ]
    summary = " ".join(part for part in (item.summary, item.difference) if part)
    return turn.say("layanan.tentang", ways, nama=item.name, ringkas=summary)


ASPECTS = {"need": requirements, "fee": fee, "time": duration, "what": about}


@on_button("about")
async def _about(turn: TurnContext, args: list[str]) -> Replies:
    slug, aspect = args
    turn.memory.topic = slug
    return [ASPECTS[aspect](turn, slug)]


def place(turn: TurnContext, key: str) -> Reply:
    """Where an office is, when it is open, and whether it is open now."""
    unit = turn.reference.catalogue.unit(key)
    ours = key in turn.reference.catalogue.office.units
    return turn.say(
        "layanan.kantor" if ours else "layanan.kantor_lain",
        nama=unit.name,
        alamat=unit.address,
        urusan=unit.tasks,
        telepon=unit.phone or turn.word("layanan.tanpa_telepon"),
        jam=week_in_words(turn, unit),
        sekarang=open_in_words(turn, unit),
    )


@on_button("place")
async def _place(turn: TurnContext, args: list[str]) -> Replies:
    return [place(turn, args[0])]


def week_in_words(turn: TurnContext, unit: Unit) -> str:
    """The hours of a week, days with equal hours in one line."""
    if not unit.hours:
        return turn.word("layanan.jam_tak_tentu")
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


def open_in_words(turn: TurnContext, unit: Unit) -> str:
    """Whether an office is open at this moment, and until when or from when."""
    hours, now = turn.reference.hours(unit), turn.reference.local(turn.now)
    zone = now.tzname() or ""
    if is_open_now(now, hours, turn.reference.holidays):
        until = closing(now, hours, turn.reference.holidays)
        return turn.word("layanan.buka", sampai=f"{until:%H.%M} {zone}")
    opening = next_opening(now, hours, turn.reference.holidays)
    if opening is None:
        return turn.word("layanan.jam_tak_tentu")
    return turn.word(
        "layanan.tutup", hari=near_day(turn, opening.date()), mulai=f"{opening:%H.%M} {zone}"
    )


def name_of(turn: TurnContext, slug: str) -> str:
    """How people call an item or an office; the slug itself when it is gone."""
    catalogue = turn.reference.catalogue
    item = catalogue.find(slug)
    if item is not None:
        return item.called
    unit = catalogue.office.units.get(slug) or catalogue.office.others.get(slug)
    return unit.short if unit else slug

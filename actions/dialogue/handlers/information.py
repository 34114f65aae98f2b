"""What Balai says about a service or an office: requirements, fee, duration, what it is, where."""

from collections.abc import Callable

from actions.catalogue import Service
from actions.dialogue import targets
from actions.dialogue.context import Rows, TurnContext
from actions.dialogue.handlers.clarify import which
from actions.dialogue.handlers.menu import offices_menu
from actions.dialogue.registry import ON_INTENT, Replies, on_awaited, on_button, on_intent
from actions.dialogue.wording import opening_in_words, week_in_words
from actions.domain.messages import Reply
from actions.forms.show import show_rupiah

OPEN_WORDS = ("layanan.buka", "layanan.tutup", "layanan.jam_tak_tentu")
Answer = Callable[[TurnContext, str], Reply]


def start_rows(turn: TurnContext, slug: str) -> Rows:
    """The way from a piece of information to the service itself."""
    if turn.memory.draft is not None:
        return ()
    return [[turn.button("ajukan_ini", "start", slug)], [turn.button("menu", "menu")]]


def requirements(turn: TurnContext, slug: str) -> Reply:
    """What to bring, one line each, conditions in words."""
    item, ways = turn.reference.catalogue.item(slug), start_rows(turn, slug)
    if not isinstance(item, Service) or not item.requirements:
        return turn.say("layanan.tanpa_syarat", ways, hal=item.called)
    lines = "\n".join(f"• {requirement.text}" for requirement in item.requirements)
    return turn.say("layanan.syarat", ways, hal=item.called, daftar=lines)


def fee(turn: TurnContext, slug: str) -> Reply:
    """What it costs, and that nobody may ask for more."""
    item, ways = turn.reference.catalogue.item(slug), start_rows(turn, slug)
    if not isinstance(item, Service) or (item.fee.rupiah == 0 and not item.fee.note):
        return turn.say("layanan.gratis", ways, hal=item.called)
    words = [show_rupiah(item.fee.rupiah)] if item.fee.rupiah is not None else []
    words += [item.fee.note] if item.fee.note else []
    return turn.say("layanan.biaya", ways, hal=item.called, biaya=". ".join(words))


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


def place(turn: TurnContext, key: str) -> Reply:
    """Where an office is, when it is open, and whether it is open now."""
    unit = turn.reference.catalogue.unit(key)
    return turn.say(
        "layanan.kantor" if key in turn.office.units else "layanan.kantor_lain",
        nama=unit.name,
        alamat=unit.address,
        urusan=unit.tasks,
        telepon=unit.phone or turn.word("layanan.tanpa_telepon"),
        jam=week_in_words(turn, unit),
        sekarang=opening_in_words(turn, unit, OPEN_WORDS),
    )


ASPECTS: dict[str, Answer] = {"need": requirements, "fee": fee, "time": duration, "what": about}


@on_button("about")
async def about_by_button(turn: TurnContext, slug: str, aspect: str) -> Replies:
    """One aspect of a service."""
    turn.memory.topic = slug
    return [ASPECTS[aspect](turn, slug)]


@on_button("place")
async def place_by_button(turn: TurnContext, key: str) -> Replies:
    """One office."""
    return [place(turn, key)]


@on_intent("tanya_syarat")
async def asks_requirements(turn: TurnContext) -> Replies:
    """What must be brought."""
    return _about_service(turn, "tanya_syarat", requirements)


@on_intent("tanya_biaya")
async def asks_fee(turn: TurnContext) -> Replies:
    """What it costs."""
    return _about_service(turn, "tanya_biaya", fee)


@on_intent("tanya_lama")
async def asks_duration(turn: TurnContext) -> Replies:
    """How long it takes."""
    return _about_service(turn, "tanya_lama", duration)


@on_intent("tanya_info")
async def asks_what_it_is(turn: TurnContext) -> Replies:
    """What a service is and for whom."""
    return _about_service(turn, "tanya_info", about)


@on_intent("tanya_jam_lokasi")
async def asks_where(turn: TurnContext) -> Replies:
    """Opening hours, address or phone of the office named, or of the service spoken of."""
    office = targets.clear(targets.offices(turn))
    if office is not None:
        return [place(turn, office)]
    slug = targets.clear(targets.services(turn)) or turn.memory.topic
    if slug is not None:
        return [place(turn, turn.reference.catalogue.item(slug).unit)]
    return [offices_menu(turn)]


def _about_service(turn: TurnContext, intent: str, answer: Answer) -> Replies:
    """Answer for the service that is spoken of, or ask which one."""
    slug = targets.topic(turn)
    if slug is not None:
        turn.memory.topic = slug
        return [answer(turn, slug)]
    candidates = targets.services(turn)
    if candidates:
        return [which(turn, candidates, intent, "umum.layanan_mana")]
    turn.wait_for("hal", intent)
    return [turn.say("umum.tentang_apa", [[turn.button("menu", "menu")]])]


@on_awaited("hal")
async def service_is_named(turn: TurnContext, intent: str) -> Replies | None:
    """The service that was asked for; None when something else was written instead."""
    name = turn.understanding.intent.name
    naming = name == intent or turn.reference.catalogue.intent(name).names_only
    return await ON_INTENT[intent](turn) if naming and targets.services(turn) else None

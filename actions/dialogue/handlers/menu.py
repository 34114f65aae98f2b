"""The main menu, the first words, help, and lists of services and complaints to choose from."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from actions.catalogue import Item
from actions.dialogue.context import TurnContext, make_button, rows
from actions.dialogue.registry import Replies, aside, on_button, on_intent, on_word
from actions.domain.messages import Button, Reply
from actions.domain.text import words_of

PAGE = 7
SHORT = 4


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
    return with_notices(turn, turn.say(key, rows(buttons, 2), kantor=turn.office.called))


def with_notices(turn: TurnContext, reply: Reply, unit: str | None = None) -> Reply:
    """The same below what the office tells everybody these days, or who asks for that unit."""
    told = turn.reference.notices_on(turn.today, unit)
    lines = [turn.reference.texts.html("umum.pengumuman", isi=notice) for notice in told]
    return replace(reply, text="\n\n".join([*lines, reply.text]))


@on_word("menu")
@on_button("menu")
@aside
async def menu(turn: TurnContext) -> Replies:
    """The main menu."""
    return [main_menu(turn)]


@on_word("mulai")
@aside
async def welcome(turn: TurnContext) -> Replies:
    """The first words of a chat."""
    fictional = turn.office.fictional
    return [main_menu(turn, "umum.selamat_datang_contoh" if fictional else "umum.selamat_datang")]


@on_intent("bantuan")
@on_word("bantuan")
@on_button("help")
@aside
async def help_(turn: TurnContext) -> Replies:
    """Examples to copy, and the words that always work."""
    ways = [turn.button("menu", "menu"), turn.button("petugas", "human")]
    return [turn.say("umum.bantuan", rows(ways, 2), kantor=turn.office.called)]


@on_intent("sapa")
async def greet(turn: TurnContext) -> Replies:
    """Greet; newcomers are told what this is."""
    if turn.memory.draft is not None:
        return [turn.say("umum.sapa_isian")]
    return await welcome(turn) if turn.memory.turns == 1 else [main_menu(turn, "umum.sapa")]


@on_intent("terima_kasih")
async def answer_thanks(turn: TurnContext) -> Replies:
    """Answer in kind, unless a short word is only like a word of thanks: "SMA"."""
    if _is_chance(turn):
        ways = [[turn.button("menu", "menu"), turn.button("petugas", "human")]]
        return [turn.say("umum.tidak_paham", ways)]
    return [turn.say("umum.sama_sama")]


def _is_chance(turn: TurnContext) -> bool:
    """Whether a single short word is thanks only because its slang is like a word of thanks."""
    said = words_of(turn.text)
    spelt = turn.reference.words["slang"].get(said[0]) if len(said) == 1 else None
    if spelt is None or len(said[0]) > SHORT:
        return False
    intent = turn.reference.catalogue.intent(turn.understanding.intent.name)
    thanks = {" ".join(words_of(phrase)) for phrase in (*intent.keywords, *intent.examples)}
    return thanks.isdisjoint({said[0], spelt})


@on_intent("setuju")
async def agreed_to_nothing(turn: TurnContext) -> Replies:
    """Ask what to do next after a yes where nothing was asked."""
    return [main_menu(turn, "umum.baik_lalu_apa")]


@on_intent("tolak")
async def declined_nothing(turn: TurnContext) -> Replies:
    """Leave it after a no where nothing was asked, and ask what else there is."""
    return [main_menu(turn, "umum.tidak_lalu_apa")]


def units_menu(turn: TurnContext) -> Reply:
    """The offices that offer services."""
    catalogue = turn.reference.catalogue
    units = dict.fromkeys(service.unit for service in catalogue.services.values())
    buttons = [make_button(catalogue.unit(key).short, "services", key, 0) for key in units]
    return turn.say("umum.pilih_kantor", [*rows(buttons, 2), [turn.button("menu", "menu")]])


@on_button("units")
@on_word("layanan")
@aside
async def choose_unit(turn: TurnContext) -> Replies:
    """The offices that offer services."""
    return [units_menu(turn)]


@on_button("services")
@aside
async def choose_service(turn: TurnContext, unit: str, page: str) -> Replies:
    """The services of one office, a page at a time."""
    catalogue = turn.reference.catalogue
    offered = {key: item for key, item in catalogue.services.items() if item.unit == unit}
    ways = [*_page(turn, offered, int(page), "services", unit), [turn.button("menu", "menu")]]
    return [turn.say("umum.pilih_layanan", ways, unit=catalogue.unit(unit).short)]


def complaints_menu(turn: TurnContext, page: int = 0) -> Reply:
    """The kinds of complaints, a page at a time."""
    ways = _page(turn, turn.reference.catalogue.complaints, page, "complaints")
    return turn.say("umum.pilih_keluhan", [*ways, [turn.button("menu", "menu")]])


@on_button("complaints")
@on_word("lapor")
@aside
async def choose_complaint(turn: TurnContext, page: str = "0") -> Replies:
    """The kinds of complaints, a page at a time."""
    return [complaints_menu(turn, int(page))]


def _page(
    turn: TurnContext, items: Mapping[str, Item], page: int, *data: object
) -> Sequence[Sequence[Button]]:
    """One page of items, with the ways to the other pages."""
    slugs = sorted(items, key=lambda slug: items[slug].called)
    shown = slugs[page * PAGE : (page + 1) * PAGE]
    told = ("begin", turn.memory.heard_at) if turn.text else ("start",)
    buttons = [make_button(items[slug].called, told[0], slug, *told[1:]) for slug in shown]
    turning = []
    if page > 0:
        turning.append(turn.button("sebelumnya", *data, page - 1))
    if len(slugs) > (page + 1) * PAGE:
        turning.append(turn.button("berikutnya", *data, page + 1))
    return [*rows(buttons), *([turning] if turning else [])]


def offices_menu(turn: TurnContext) -> Reply:
    """The offices whose place and hours can be asked for."""
    units = turn.office.units
    buttons = [make_button(unit.short, "place", key) for key, unit in units.items()]
    return turn.say("umum.kantor_mana", rows(buttons, 2))

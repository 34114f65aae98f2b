"""What Balai says about a service or an office: requirements, fee, duration, what it is, where."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape

from actions.catalogue import Item, Service
from actions.catalogue.models import Requirement
from actions.dialogue import targets
from actions.dialogue.context import Rows, TurnContext, rows
from actions.dialogue.handlers.clarify import which
from actions.dialogue.handlers.form import questions
from actions.dialogue.handlers.menu import offices_menu, with_notices
from actions.dialogue.registry import ON_INTENT, Replies, on_awaited, on_button, on_intent
from actions.dialogue.wording import opening_in_words, week_in_words
from actions.domain.messages import Reply
from actions.domain.text import words_of
from actions.forms import engine
from actions.forms.show import show_date, show_rupiah
from actions.storage.tables import Case

OPEN_WORDS = ("layanan.buka", "layanan.tutup", "layanan.jam_tak_tentu")
PAPERS = 3
FEW_WORDS = 10
Answer = Callable[[TurnContext, str], Reply]


def ways_on(turn: TurnContext, slug: str, *aspects: str) -> Rows:
    """Below every answer about a service: do it, the aspects, what was filed, something else."""
    at = turn.memory.heard_at
    asked = [turn.button(ASPECTS[name][1], "about", slug, name) for name in aspects]
    return [
        [turn.button("ajukan_ini", "begin", slug, at)],
        *rows(asked, 2),
        [turn.button("cek_ini", "mine", slug), turn.button("bukan_itu", "not", slug, at)],
    ]


def requirements(turn: TurnContext, slug: str, sent: Case | None = None) -> Reply:
    """What to bring, one line each, conditions in words; for what was `sent` only what holds.

    Of two lines that begin alike, the one that says more stands for both.
    """
    item = turn.reference.catalogue.item(slug)
    ways = ways_on(turn, slug, "fee", "time", "proxy")
    if sent is not None:
        ways = [[turn.button("status_ini", "status", sent.code)], [turn.button("menu", "menu")]]
    if not isinstance(item, Service) or not item.requirements:
        return with_doubt(turn, turn.say("layanan.tanpa_syarat", ways, hal=item.called), slug)
    needed = item.requirements
    if sent is not None:
        needed = tuple(paper for paper in needed if engine.holds(paper.when, sent.answers))
    lines = "\n".join(f"• {paper.text}" for paper in _told_once(needed))
    said = turn.say("layanan.syarat", ways, hal=item.called, daftar=lines)
    besides = (("formulir", item.forms), ("tidak_perlu", item.needless))
    for key, listed in besides:
        if listed:
            said = _below(turn, said, f"layanan.{key}", daftar="; ".join(listed))
    return with_doubt(turn, said, slug)


def _below(turn: TurnContext, said: Reply, key: str, **params: object) -> Reply:
    """The same with one more line."""
    line = turn.reference.texts.html(key, turn.memory.turns, **params)
    return replace(said, text=f"{said.text}\n{line}")


def with_doubt(turn: TurnContext, said: Reply, slug: str) -> Reply:
    """The same, called an estimate where nobody vouches for the facts of a service today."""
    item = turn.reference.catalogue.item(slug)
    if not isinstance(item, Service) or item.is_vouched_for(turn.today):
        return said
    if item.checked is None or item.checked > turn.today:
        return _below(turn, said, "layanan.perkiraan")
    return _below(turn, said, "layanan.perkiraan_lama", tanggal=show_date(item.checked))


def fee(turn: TurnContext, slug: str) -> Reply:
    """What it costs, and that nobody may ask for more."""
    item, ways = turn.reference.catalogue.item(slug), ways_on(turn, slug, "need", "time")
    if not isinstance(item, Service):
        return turn.say("layanan.gratis", ways, hal=item.called)
    said = _fee(turn, item, ways)
    if item.penalty:
        said = _below(turn, said, "layanan.denda", denda=item.penalty)
    return with_doubt(turn, said, slug)


def _fee(turn: TurnContext, item: Service, ways: Rows) -> Reply:
    if item.fee.rupiah == 0 and not item.fee.note:
        return turn.say("layanan.gratis", ways, hal=item.called)
    words = [show_rupiah(item.fee.rupiah)] if item.fee.rupiah is not None else []
    words += [item.fee.note] if item.fee.note else []
    return turn.say("layanan.biaya", ways, hal=item.called, biaya=". ".join(words))


def duration(turn: TurnContext, slug: str) -> Reply:
    """How long it usually takes, marked as an estimate until the office has reviewed it."""
    item = turn.reference.catalogue.item(slug)
    term = turn.reference.promised(slug, turn.today)
    key = "layanan.lama" if term.length else "layanan.lama_langsung"
    lasts = turn.reference.in_words(term)
    said = turn.say(key, ways_on(turn, slug, "need", "fee"), hal=item.called, lama=lasts)
    return with_doubt(turn, said, slug)


def proxy(turn: TurnContext, slug: str) -> Reply:
    """Whether somebody else may see to it, and what they bring; anybody may report a fault."""
    item, ways = turn.reference.catalogue.item(slug), ways_on(turn, slug, "need", "where")
    if not isinstance(item, Service):
        return turn.say("layanan.wakil.keluhan", ways)
    allowed, how = item.proxy.allowed, item.proxy.text
    said = turn.say(f"layanan.wakil.{allowed}", ways, hal=item.called, cara=how)
    return with_doubt(turn, said, slug)


def card(turn: TurnContext, slug: str) -> Reply:
    """The thing itself: what it is for, fee, days, the papers that matter, and the ways on."""
    turn.memory.topic = slug
    item = turn.reference.catalogue.item(slug)
    opening = f"{item.opening}\n" if isinstance(item, Service) and item.opening else ""
    papers = "; ".join(_papers(item))
    lines = [
        item.summary,
        turn.word(
            "layanan.kartu_biaya_lama", biaya=_short_fee(turn, item), lama=_days(turn, slug)
        ),
        *([turn.word("layanan.kartu_syarat", daftar=papers)] if papers else []),
    ]
    ways = ways_on(turn, slug, "need", "where")
    said = turn.say("layanan.kartu", ways, pembuka=opening, nama=item.name, isi="\n".join(lines))
    return with_doubt(turn, said, slug)


def _told_once(papers: Sequence[Requirement]) -> list[Requirement]:
    """Papers without those that another one names with more words."""
    texts = {paper.text for paper in papers}
    return [p for p in papers if not any(t != p.text and t.startswith(p.text) for t in texts)]


def _papers(item: Item) -> list[str]:
    """The first papers that are needed, those that everybody needs before others."""
    needed = item.requirements if isinstance(item, Service) else ()
    return [
        paper.text for paper in sorted(_told_once(needed), key=lambda p: bool(p.when))[:PAPERS]
    ]


def _short_fee(turn: TurnContext, item: Item) -> str:
    fee = item.fee if isinstance(item, Service) else None
    if fee is None or fee.rupiah == 0:
        return turn.word("layanan.kartu_gratis")
    return show_rupiah(fee.rupiah) if fee.rupiah is not None else str(fee.note)


def _days(turn: TurnContext, slug: str) -> str:
    term = turn.reference.promised(slug, turn.today)
    lasts = turn.reference.in_words(term)
    return turn.word("layanan.kartu_lama" if term.length else "layanan.kartu_hari_itu", lama=lasts)


def whereabouts(turn: TurnContext, slug: str) -> Reply:
    """The office that does it."""
    return place(turn, turn.reference.catalogue.item(slug).unit)


def place(turn: TurnContext, key: str) -> Reply:
    """Where an office is, when it is open, and whether it is open now."""
    unit = turn.reference.catalogue.unit(key)
    said = turn.say(
        "layanan.kantor" if key in turn.office.units else "layanan.kantor_lain",
        nama=unit.name,
        alamat=unit.address,
        urusan=unit.tasks,
        telepon=unit.phone or turn.word("layanan.tanpa_telepon"),
        jam=week_in_words(turn, unit),
        sekarang=opening_in_words(turn, unit, OPEN_WORDS),
    )
    return with_notices(turn, said, key)


ASPECTS: dict[str, tuple[Answer, str]] = {
    "need": (requirements, "syarat"),
    "fee": (fee, "biaya"),
    "time": (duration, "lama"),
    "where": (whereabouts, "kantornya"),
    "proxy": (proxy, "wakil"),
}
"""What can be asked of a service by button, and the text of the button."""


NAMED: dict[str, Answer] = {"syarat": requirements, "biaya": fee, "lama": duration}
"""What is asked of a service by a word of its own, as data/language/words/tanya.yml has them."""


@on_button("about")
async def about_by_button(turn: TurnContext, slug: str, aspect: str) -> Replies:
    """One aspect of a service."""
    turn.memory.topic = slug
    answer, _ = ASPECTS[aspect]
    return [answer(turn, slug)]


@on_button("place")
async def place_by_button(turn: TurnContext, key: str) -> Replies:
    """One office."""
    return [place(turn, key)]


@on_intent("tanya_syarat")
async def asks_requirements(turn: TurnContext) -> Replies:
    """What must be brought."""
    return _about_service(turn, "tanya_syarat", _asked_aspect(turn, requirements))


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
    return _about_service(turn, "tanya_info", _asked_aspect(turn, card))


def _asked_aspect(turn: TurnContext, usual: Answer) -> Answer:
    """Who may go is asked in the words of questions about papers, and about anything."""
    return proxy if turn.reference.proxy.says(turn.text) else usual


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


async def surely_asked(turn: TurnContext) -> Replies | None:
    """The answer to a few words that ask who may go; an open form goes on after it."""
    few = len(turn.text.split()) <= FEW_WORDS and turn.memory.awaited is None
    if not few or turn.names_in(turn.text) or not turn.reference.proxy.says(turn.text):
        return None
    case = await questions.open_case(turn)
    slug = case.slug if case is not None else turn.memory.topic
    if slug is None or turn.reference.catalogue.find(slug) is None:
        return None
    said = proxy(turn, slug)
    if case is None:
        return [said]
    return [Reply(said.key, said.text), questions.next_step(turn, case)]


def _about_service(turn: TurnContext, intent: str, answer: Answer) -> Replies:
    """Answer for the service that is spoken of, or ask which one."""
    slug = targets.topic(turn)
    if slug is not None:
        first, turn.memory.topic = turn.memory.topic != slug, slug
        said = answer(turn, slug)
        opened = _opened(turn, slug, said) if first and answer is requirements else said
        return [*_asked_besides(turn, slug, answer), opened]
    candidates = targets.services(turn)
    if candidates:
        return [which(turn, [candidate.name for candidate in candidates], intent)]
    turn.wait_for("hal", intent)
    return [turn.say("umum.tentang_apa", [[turn.button("menu", "menu")]])]


def _opened(turn: TurnContext, slug: str, said: Reply) -> Reply:
    """What must be brought, after a word to whom something happened: first a person."""
    opening = getattr(turn.reference.catalogue.item(slug), "opening", None)
    return replace(said, text=f"{escape(opening)}\n{said.text}") if opening else said


def _asked_besides(turn: TurnContext, slug: str, answer: Answer) -> Replies:
    """What is asked of the service in the same breath: "persyaratan dan biaya legalisir"."""
    said, known = set(words_of(turn.text)), turn.reference.words["tanya"]
    others = [other for name, other in NAMED.items() if said & set(known[name])]
    told = [other(turn, slug) for other in others if other is not answer]
    return [Reply(reply.key, reply.text) for reply in told]


@on_awaited("hal")
async def service_is_named(turn: TurnContext, intent: str) -> Replies | None:
    """The service that was asked for; None when something else was written instead."""
    name = turn.understanding.intent.name
    naming = name == intent or turn.reference.catalogue.intent(name).names_only
    return await ON_INTENT[intent](turn) if naming and targets.services(turn) else None

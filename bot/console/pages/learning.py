"""What the bot did not understand or got wrong: officers say what it meant, admins accept."""

from dataclasses import dataclass
from datetime import datetime

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.exc import StaleDataError

from actions.casework import learning
from actions.casework.learning import PAGE, DecidedError, LabelError
from actions.casework.staff import Role
from actions.domain.learning import LONGEST, SampleState, Source
from actions.storage.tables import LearningSample
from bot.console.context import Console, console_of, staff_of
from bot.console.render import page, redirect
from bot.http import forms

TABS = (SampleState.NEW, SampleState.LABELLED, SampleState.ACCEPTED)
FAULTS = learning.FAULTS


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence with what the bot made of it and what an officer says, in words."""

    id: int
    text: str
    source: str
    at: datetime
    state: str
    guess: str
    sure: int | None
    label: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What is in the form: the sentence, what it means, and what it is about."""

    text: str
    intent: str
    target: str


async def show_all(request: web.Request) -> web.StreamResponse:
    """The sentences of one state, newest first."""
    console, state = console_of(request), _tab(request)
    before = forms.number(request.query.get("sebelum", ""), 0, most=10**15) or None
    source = _source(request)
    async with console.reading() as session:
        found = await learning.samples(session, state, source=source, before=before)
        counts = await learning.counts(session)
    last = found[PAGE - 1].id if len(found) > PAGE else None
    return await page(
        request,
        "learning.html",
        rows=[_row(console, sample) for sample in found[:PAGE]],
        tabs=[(tab, counts[tab]) for tab in TABS],
        state=state,
        sources=list(Source),
        source=source,
        older=_address(request, state, source, last) if last else None,
        newest=_address(request, state, source, None) if before else None,
    )


def _tab(request: web.Request) -> SampleState:
    wanted = request.query.get("tab")
    return next((tab for tab in TABS if tab == wanted), SampleState.NEW)


def _source(request: web.Request) -> Source | None:
    wanted = request.query.get("sumber")
    return next((source for source in Source if source == wanted), None)


def _address(
    request: web.Request, state: SampleState, source: Source | None, before: int | None
) -> str:
    query = {"tab": str(state)}
    if source:
        query["sumber"] = str(source)
    if before:
        query["sebelum"] = str(before)
    return str(request.app.router["belajar"].url_for().with_query(query))


def _row(console: Console, sample: LearningSample) -> Row:
    return Row(
        id=sample.id,
        text=sample.text,
        source=sample.source,
        at=sample.at,
        state=sample.state,
        guess=meaning(console, sample.intent, sample.target),
        sure=None if sample.confidence is None else round(sample.confidence * 100),
        label=meaning(console, sample.label_intent, sample.label_target),
    )


def meaning(console: Console, intent: str | None, target: str | None) -> str:
    """What an intent and its target are, in words; nothing without one."""
    if not intent:
        return ""
    catalogue = console.reference.catalogue
    if intent not in catalogue.intents:
        return console.word("belajar.arti_hilang")
    said = catalogue.intents[intent].description.rstrip(".")
    about = target if target in learning.targets_of(catalogue, intent) else None
    return f"{said}: {catalogue.called(about)}" if about else said


async def show(
    request: web.Request, *, typed: Typed | None = None, fault: LabelError | None = None
) -> web.StreamResponse:
    """One sentence, and the form for what it means."""
    console = console_of(request)
    async with console.reading() as session:
        sample = await _sample(request, session)
    usual = Typed(
        sample.text,
        sample.label_intent or sample.intent or "",
        sample.label_target or _likely_target(console, sample),
    )
    return await page(
        request,
        "learning_one.html",
        status=422 if fault else 200,
        row=_row(console, sample),
        typed=typed or usual,
        fault=fault,
        meanings=_meanings(console),
        groups=_groups(console),
        longest=LONGEST,
    )


def _likely_target(console: Console, sample: LearningSample) -> str:
    known = learning.targets_of(console.reference.catalogue, sample.intent or "")
    return sample.target if sample.target and sample.target in known else ""


def _meanings(console: Console) -> list[tuple[str, str]]:
    intents = console.reference.catalogue.intents.items()
    return sorted(
        ((name, intent.description) for name, intent in intents),
        key=lambda entry: entry[1].casefold(),
    )


def _groups(console: Console) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a sentence may be about: the kind, and of each the slug with how people call it."""
    catalogue = console.reference.catalogue
    kinds = {
        "layanan": list(catalogue.services),
        "keluhan": list(catalogue.complaints),
        "kantor": [*catalogue.office.units, *catalogue.office.others],
    }
    return [
        (kind, sorted(((s, catalogue.called(s)) for s in slugs), key=lambda e: e[1].casefold()))
        for kind, slugs in kinds.items()
    ]


async def _sample(request: web.Request, session: AsyncSession) -> LearningSample:
    found = await session.get(LearningSample, int(request.match_info["id"]))
    if found is None or found.state == SampleState.DROPPED:
        raise web.HTTPNotFound
    return found


async def label(request: web.Request) -> web.StreamResponse:
    """Keep what an officer says that a sentence means, and go on to the next."""
    console, sent = console_of(request), await forms.read_form(request)
    typed = Typed(
        forms.words(sent, "isi", longest=LONGEST),
        forms.words(sent, "niat", longest=60),
        forms.words(sent, "tentang", longest=60),
    )
    catalogue = console.reference.catalogue
    try:
        async with console.writing() as session:
            sample = await _sample(request, session)
            meant = learning.check(catalogue, typed.intent, typed.target or None)
            learning.label(sample, catalogue, typed.text, meant, staff_of(request))
    except LabelError as fault:
        return await show(request, typed=typed, fault=fault)
    except (DecidedError, StaleDataError):
        return await _next(request, SampleState.NEW, "sudah_diputuskan")
    return await _next(request, SampleState.NEW, "arti_disimpan")


async def drop(request: web.Request) -> web.StreamResponse:
    """Set a sentence aside: nobody can learn from it."""
    async with console_of(request).writing() as session:
        sample = await _sample(request, session)
        was = SampleState(sample.state)
        if was is not SampleState.NEW and not _is_admin(request):
            raise web.HTTPForbidden
        learning.drop(sample, staff_of(request))
    return await _next(request, was, "kalimat_dibuang")


def _is_admin(request: web.Request) -> bool:
    return staff_of(request).role == Role.ADMIN


async def accept(request: web.Request) -> web.StreamResponse:
    """Let the model learn a sentence with the next training."""
    try:
        async with console_of(request).writing() as session:
            learning.accept(await _sample(request, session), staff_of(request))
    except (DecidedError, StaleDataError):
        return await _next(request, SampleState.LABELLED, "sudah_diputuskan")
    return await _next(request, SampleState.LABELLED, "kalimat_diterima")


async def give_back(request: web.Request) -> web.StreamResponse:
    """Let officers look at it again."""
    try:
        async with console_of(request).writing() as session:
            learning.give_back(await _sample(request, session))
    except (DecidedError, StaleDataError):
        return await _next(request, SampleState.LABELLED, "sudah_diputuskan")
    return await _next(request, SampleState.LABELLED, "kalimat_dikembalikan")


async def _next(request: web.Request, state: SampleState, notice: str) -> web.StreamResponse:
    """Go on with the next sentence of the list that this one stood in."""
    async with console_of(request).reading() as session:
        further = await learning.following(session, state, int(request.match_info["id"]))
    if further is None:
        return redirect(request, "belajar", notice=notice)
    return redirect(request, "belajar_satu", notice=notice, id=str(further.id))

"""The model: trained with what was accepted, compared with the one at work, put to work."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from actions.casework import learning, settings_log
from actions.domain.learning import SampleState
from bot.console.context import Console, console_of, staff_of
from bot.console.pages.learning import meaning
from bot.console.render import fragment, page, redirect
from bot.http import forms
from bot.nlu.learnt_files import Taught
from bot.nlu.process import TrainingError
from bot.nlu.workshop import (
    RUNNING,
    BusyError,
    NotReadyError,
    Phase,
    Training,
    UnknownModelError,
    Workshop,
)

FIGURES = ("intent", "service", "complaint", "office")
WORSE, BETTER, OTHER = "memburuk", "membaik", "lain"
GROUPS = (WORSE, BETTER, OTHER)
PHASES = tuple(Phase)
SHOWN = 60
SHEET = "model"
"""Under which name the history of settings tells of models."""


@dataclass(frozen=True, slots=True)
class Change:
    """A held-out sentence that the new model takes for something else, in words."""

    text: str
    right: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The figures of both models, in per cent, and what they answer otherwise."""

    sentences: int
    figures: tuple[tuple[str, float, float], ...]
    taught: int
    taught_old: int
    taught_new: int
    groups: tuple[tuple[str, int, tuple[Change, ...]], ...]


async def show(request: web.Request) -> web.StreamResponse:
    """How far the training is, what came of it, and which model is at work."""
    console = console_of(request)
    workshop = console.workshop
    async with console.reading() as session:
        counts = await learning.counts(session)
    training = workshop.training() if workshop else Training()
    found = workshop.changes(training.new) if workshop and training.phase == Phase.DONE else None
    return await page(
        request,
        "model.html",
        ready=workshop is not None and bool(workshop.at_work),
        available=workshop is not None,
        at_work=workshop.at_work if workshop else "",
        taught=workshop.taught_to(workshop.at_work) if workshop else 0,
        accepted=counts[SampleState.ACCEPTED],
        training=training,
        running=training.phase in RUNNING,
        comparison=_comparison(console, found) if found else None,
        may_use=workshop is not None and workshop.may_use(training.new),
        past=workshop.past() if workshop else None,
    )


async def progress(request: web.Request) -> web.StreamResponse:
    """How far the training is, for the page to show by itself."""
    workshop = console_of(request).workshop
    training = workshop.training() if workshop else Training()
    return fragment(request, "progress.html", training=training, running=training.phase in RUNNING)


def _comparison(console: Console, found: dict[str, Any]) -> Comparison:
    taught = found["learnt"]
    kinds = [(_kind(row), row) for row in found["changed"]]
    return Comparison(
        sentences=found["sentences"],
        figures=tuple((n, found["old"][n] * 100, found["new"][n] * 100) for n in FIGURES),
        taught=taught["sentences"],
        taught_old=taught["old"],
        taught_new=taught["new"],
        groups=tuple(
            _group(console, g, [row for kind, row in kinds if kind == g]) for g in GROUPS
        ),
    )


def _kind(row: dict[str, Any]) -> str:
    old, new = row["old"]["right"], row["new"]["right"]
    return OTHER if old == new else BETTER if new else WORSE


def _group(
    console: Console, group: str, rows: Sequence[dict[str, Any]]
) -> tuple[str, int, tuple[Change, ...]]:
    return group, len(rows), tuple(_change(console, row) for row in rows[:SHOWN])


def _change(console: Console, row: dict[str, Any]) -> Change:
    def said(answer: dict[str, Any]) -> str:
        return meaning(console, answer["intent"], answer["target"])

    return Change(row["text"], said(row), said(row["old"]), said(row["new"]))


def _workshop(request: web.Request) -> Workshop:
    workshop = console_of(request).workshop
    if workshop is None:
        raise web.HTTPNotFound
    return workshop


async def train(request: web.Request) -> web.StreamResponse:
    """Begin to train with all that was accepted."""
    console, workshop = console_of(request), _workshop(request)
    async with console.reading() as session:
        accepted = await learning.accepted(session)
    sentences = [Taught(s.text, s.label_intent or "", s.label_target) for s in accepted]
    try:
        workshop.start(sentences, console.clock())
    except BusyError:
        return redirect(request, "belajar_model", notice="latihan_berjalan")
    except NotReadyError:
        return redirect(request, "belajar_model", notice="model_belum_siap")
    return redirect(request, "belajar_model", notice="latihan_mulai")


async def use(request: web.Request) -> web.StreamResponse:
    """Put the model that was trained to work."""
    sent = await forms.read_form(request)
    return await _change_to(request, forms.words(sent, "model", longest=80), "model_dipakai")


async def go_back(request: web.Request) -> web.StreamResponse:
    """Put the model of before to work again."""
    return await _change_to(request, _workshop(request).past() or "", "model_kembali")


async def _change_to(request: web.Request, model: str, notice: str) -> web.StreamResponse:
    console, workshop = console_of(request), _workshop(request)
    before = workshop.at_work
    try:
        await workshop.use(model, console.clock())
    except UnknownModelError:
        return redirect(request, "belajar_model", notice="model_tidak_ada")
    except (TrainingError, OSError, TimeoutError):
        return redirect(request, "belajar_model", notice="model_gagal")
    async with console.writing() as session:
        settings_log.note(
            session,
            staff_of(request),
            console.clock(),
            SHEET,
            model,
            before={"model": before},
            after={"model": model},
        )
    return redirect(request, "belajar_model", notice=notice)

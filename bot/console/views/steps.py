"""Where a case can go from here: one or two likely steps, and the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions.casework import templates
from actions.catalogue.texts import placeholders
from actions.domain.next_steps import next_steps
from actions.domain.status import CaseKind, Status, status_of
from actions.forms.show import show_day
from actions.storage.tables import Case, Template
from bot.console.context import Console
from bot.console.presenters import called
from bot.console.views.answers import name_of


@dataclass(frozen=True, slots=True)
class Reply:
    """A ready reply, filled with what is known of the case."""

    id: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """A move that the officer may choose, and what has to be written with it.

    `told` says whether the citizen gets to read what is written; a step that takes no words is
    one click.
    """

    status: Status
    label: str
    needs: str
    told: bool
    replies: list[Reply]
    example: str

    @property
    def takes_words(self) -> bool:
        """Whether there is something to write."""
        return bool(self.needs) or self.told


def steps_of(
    console: Console, case: Case, ready: Sequence[Template]
) -> tuple[list[Step], list[Step]]:
    """The likely steps and the others."""
    values = values_of(console, case)
    likely, others = next_steps(CaseKind(case.kind), status_of(case.status))
    return [_step(console, one, ready, values) for one in likely], [
        _step(console, one, ready, values) for one in others
    ]


def _step(
    console: Console, status: Status, ready: Sequence[Template], values: Mapping[str, str]
) -> Step:
    texts, example = console.reference.texts, f"konsol.contoh.{status}"
    return Step(
        status=status,
        label=console.word(f"langkah.{status}"),
        needs=console.word(f"rincian.{status.needs}") if status.needs else "",
        told="alasan" in placeholders(texts.variants[f"kabar.{status}"][0]),
        replies=_filled([one for one in ready if one.status == status], values),
        example=texts.plain(example) if example in texts else "",
    )


def replies_of(console: Console, case: Case, ready: Sequence[Template]) -> list[Reply]:
    """The ready replies for a message to the citizen."""
    fit = [one for one in ready if one.status in {None, case.status}]
    return _filled(fit, values_of(console, case))


def values_of(console: Console, case: Case) -> dict[str, str]:
    """What the names in braces of a ready reply stand for."""
    return {
        "nama": name_of(case) or console.word("balasan.tanpa_nama"),
        "kode": case.code or "",
        "hal": called(console, case.slug),
        "tanggal": show_day(case.due_on) if case.due_on else console.word("balasan.tanpa_tanggal"),
    }


def _filled(ready: Sequence[Template], values: Mapping[str, str]) -> list[Reply]:
    return [Reply(one.id, one.title, templates.fill(one.text, values)) for one in ready]

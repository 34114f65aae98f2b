"""Where a case can go from here: one or two likely steps, and the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions.casework import lateness, promises, proof, templates
from actions.catalogue.texts import placeholders
from actions.domain.next_steps import next_steps
from actions.domain.status import CaseKind, Status, status_of
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
    brings_file: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A move that the officer may choose, and what has to be written with it.

    `told` says whether the citizen gets to read what is written; a step that takes nothing is
    one click. `proof` asks for a photo, `causes` why it was late.
    """

    status: Status
    label: str
    needs: str
    told: bool
    replies: list[Reply]
    example: str
    proof: bool
    causes: Mapping[str, str]

    @property
    def takes_words(self) -> bool:
        """Whether there is something to write."""
        return bool(self.needs) or self.told

    @property
    def takes_something(self) -> bool:
        """Whether there is something to fill in."""
        return self.takes_words or self.proof or bool(self.causes)


def steps_of(
    console: Console, case: Case, ready: Sequence[Template]
) -> tuple[list[Step], list[Step]]:
    """The likely steps and the others."""
    values = values_of(console, case)
    likely, others = next_steps(CaseKind(case.kind), status_of(case.status))
    return (
        [_step(console, case, one, ready, values) for one in likely],
        [_step(console, case, one, ready, values) for one in others],
    )


def _step(
    console: Console,
    case: Case,
    status: Status,
    ready: Sequence[Template],
    values: Mapping[str, str],
) -> Step:
    reference, texts = console.reference, console.reference.texts
    example = f"konsol.contoh.{status}"
    late = lateness.asks_cause(reference, case, status, console.clock())
    return Step(
        status=status,
        label=console.word(f"langkah.{status}"),
        needs=console.word(f"rincian.{status.needs}") if status.needs else "",
        told="alasan" in placeholders(texts.variants[f"kabar.{status}"][0]),
        replies=_filled([one for one in ready if one.status == status], values),
        example=texts.plain(example) if example in texts else "",
        proof=proof.is_asked(reference, case, status),
        causes=reference.catalogue.office.late_causes if late else {},
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
        "tanggal": promises.first_in_words(console.reference, case)
        or console.word("balasan.tanpa_tanggal"),
    }


def _filled(ready: Sequence[Template], values: Mapping[str, str]) -> list[Reply]:
    return [
        Reply(one.id, one.title, templates.fill(one.text, values), one.file is not None)
        for one in ready
    ]

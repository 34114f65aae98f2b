"""`bot nlu report --dialogue`: what citizens get, in every state."""

import json
import platform
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from actions.catalogue.reading import read_yaml
from actions.catalogue.reference import ReferenceData, read_reference
from bot.nlu.bringup import NluBringup
from bot.nlu.client import RasaClient
from bot.nlu.felt import questions
from bot.nlu.felt.judging import FURTHER, TAPS, Judge, Outcome, Wanted
from bot.nlu.felt.rehearsal import Rehearsal, State, read_list, rehearsal
from bot.nlu.keywords import Keywords
from bot.nlu.process import ROOT
from bot.settings import Settings

LONG = 150
FORMATS = {"n": "d", "taps": ".2f"}
PATIENCE = 10.0
BLIND, HELD_OUT = "blind", "held out before"
OTHER_SETS = frozenset({"darurat", "gabungan"})
SETS = ROOT / "tests" / "nlu"


@dataclass(frozen=True, slots=True)
class Row:
    """One message and what came of it."""

    source: str
    entry: Mapping[str, Any]
    outcome: Outcome

    @property
    def taps(self) -> int:
        """To the right thing."""
        return TAPS.get(self.outcome, FURTHER)

    @property
    def group(self) -> str:
        """Long or short, for the table."""
        return "long" if len(self.entry["teks"]) > LONG else "short"


async def dialogue_report(settings: Settings, console: Console, sets: Path = SETS) -> int:
    """Measure the dialogue with the model of today; the figures also go into a JSON file."""
    reference = read_reference(settings.data_dir)
    bringup = NluBringup(settings)
    bringup.start()
    await bringup.ready()
    words = Keywords(reference.catalogue, reference.matcher, reference.words["slang"])
    client = RasaClient(bringup.address, words, timeout=PATIENCE)
    try:
        async with rehearsal(reference, client) as stage:
            figures = await _measured(stage, reference, console, sets)
    finally:
        await client.close()
        await bringup.stop()
    path = settings.var_dir / "nlu" / "report" / "dialogue.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    console.print(f"{platform.processor() or platform.machine()}; figures in {path}", markup=False)
    return 0


async def _measured(
    stage: Rehearsal, reference: ReferenceData, console: Console, sets: Path
) -> dict[str, Any]:
    judge = Judge(sets / "first_answers.yml", reference.catalogue)
    messages = [*_messages(sets)]
    rows = await _played(stage, judge, messages, None, console, "first answers")
    first = {name: _shares(chosen) for name, chosen in _groups(rows).items()}
    console.print(_table("First answer in a fresh chat", first))
    states: dict[str, dict[str, float]] = {}
    blind = [(source, entry) for source, entry in messages if source == BLIND]
    known = read_yaml(sets / "states.yml")
    for name, entered in known["keadaan"].items():
        state = State.of(entered)
        states[name] = _shares(await _played(stage, judge, blind, state, console, name))
    console.print(_table("Blind messages in other states", states))
    twice = {BLIND: [e for _, e in messages if "lalu" in e], "ganda.yml": [*_of_two(sets)]}
    doubles = {name: await _doubles(stage, judge, entries) for name, entries in twice.items()}
    for name, (both, count) in doubles.items():
        console.print(f"both of two wishes, {name}: {both} of {count}")
    asking = {kind: State.of(entered) for kind, entered in known["pertanyaan"].items()}
    counts = await questions.measure(stage, asking, sets / "questions.yml")
    console.print(questions.table(asking, counts))
    return {"first": first, "states": states, "doubles": doubles, "questions": counts}


def _messages(sets: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The blind messages by voice, and the older held-out ones."""
    for path in sorted((sets / "blind").glob("*.yml")):
        yield from ((BLIND, entry) for entry in read_list(path))
    for path in sorted((sets / "held_out").glob("*.yml")):
        if path.stem not in OTHER_SETS:
            yield from ((HELD_OUT, _older(entry)) for entry in read_list(path))


def _of_two(sets: Path) -> Iterator[dict[str, Any]]:
    """The messages with two wishes that the rules were fitted on."""
    for entry in read_list(sets / "several" / "ganda.yml"):
        if len(entry["harap"]) == 2:  # noqa: PLR2004
            first, second = entry["harap"]
            yield {"teks": entry["teks"], **first, "lalu": second}


def _older(entry: dict[str, Any]) -> dict[str, Any]:
    """The older sentences in the shape of the blind ones; `juga` is "act" or "act:target"."""
    also = [other.partition(":") for other in entry.get("juga", ())]
    acts = [entry["niat"], *(act for act, _, _ in also)]
    targets = [entry.get("target"), *(target for _, _, target in also)]
    return {**entry, "niat": acts, "target": [target for target in targets if target]}


async def _played(
    stage: Rehearsal,
    judge: Judge,
    messages: Sequence[tuple[str, dict[str, Any]]],
    state: State | None,
    console: Console,
    name: str,
) -> list[Row]:
    rows = []
    for source, entry in track(messages, name, console=console, transient=True):
        chat = stage.chat()
        if state is not None:
            await chat.enter(state)
        outcome = judge.outcome(await chat.say(entry["teks"]), Wanted.of(entry))
        rows.append(Row(source, entry, outcome))
    return rows


async def _doubles(
    stage: Rehearsal, judge: Judge, entries: Sequence[Mapping[str, Any]]
) -> tuple[int, int]:
    """How many messages with two wishes have both served or one tap away, and of how many."""
    good = {Outcome.SERVED, Outcome.ONE_TAP}
    both = 0
    for entry in entries:
        happened = await stage.chat().say(entry["teks"])
        first = judge.outcome(happened, Wanted.of(entry)) in good
        both += first and judge.second(happened, Wanted.of(entry["lalu"]))
    return both, len(entries)


def _groups(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """All rows of a set, and the blind ones by length and voice."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.source, []).append(row)
        if row.source == BLIND:
            groups.setdefault(f"  {row.group}", []).append(row)
            groups.setdefault(f"  {row.entry['suara']}", []).append(row)
            groups.setdefault(f"  {Wanted.of(row.entry).acts[0]}", []).append(row)
    return groups


def _shares(rows: Sequence[Row]) -> dict[str, float]:
    counts = Counter(row.outcome for row in rows)
    total = len(rows) or 1
    near = counts[Outcome.SERVED] + counts[Outcome.ONE_TAP]
    shares = {
        "n": len(rows),
        "once": counts[Outcome.SERVED] / total,
        "one tap": near / total,
        "asked": counts[Outcome.ASKED] / total,
        "wrong": counts[Outcome.WRONG] / total,
        "refused": counts[Outcome.REFUSED] / total,
        "taps": sum(row.taps for row in rows) / total,
    }
    return {name: round(share, 4) for name, share in shares.items()}


def _table(title: str, figures: Mapping[str, Mapping[str, float]]) -> Table:
    table = Table("", title=title, title_justify="left")
    for column in next(iter(figures.values()), {}):
        table.add_column(column, justify="right")
    for name, shares in figures.items():
        cells = (
            str(v) if k == "n" else f"{v:.2f}" if k == "taps" else f"{v:.1%}"
            for k, v in shares.items()
        )
        table.add_row(name, *cells)
    return table

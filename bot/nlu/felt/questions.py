"""Answers and wishes told apart: what is said while a question is open, by kind of question."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from rich.table import Table

from bot.nlu.felt.rehearsal import Happened, Rehearsal, State, read_list

STORED, WAITED, PASSED, ASKED, SERVED = "stored", "waited", "passed", "asked", "served"
MORE = "asked for more"
"""Taken for an answer, but one by which nobody would find the place."""
TOO_LITTLE = ("salah.alamat.pendek", "salah.lokasi.pendek", "salah.lokasi.patokan")
RIGHT = {
    "tunggu": {WAITED},
    "tidak_tahu": {PASSED, WAITED},
}


async def measure(stage: Rehearsal, asking: Mapping[str, State], path: Path) -> Counter[str]:
    """What became of each message of the file, counted as "kind/meant/became"."""
    counts: Counter[str] = Counter()
    for entry in read_list(path):
        state, chat = asking[entry["jenis"]], stage.chat()
        await chat.enter(state)
        became = _became(await chat.say(entry["teks"]), state)
        counts[f"{entry['jenis']}/{entry['maksud']}/{became}"] += 1
    return counts


def _became(happened: Happened, state: State) -> str:
    slug, key = state.slug, state.key or ""
    if happened.slug == slug and happened.answers.get(key) is not None:
        return STORED
    keys = set(happened.keys)
    if "formulir.silakan" in keys:
        return WAITED
    if "formulir.jawaban_atau" in keys:
        return ASKED
    if happened.slug == slug and keys & {*TOO_LITTLE}:
        return MORE
    if happened.slug == slug and (key in happened.answers or key in happened.memory.attempts):
        return PASSED
    return SERVED


def table(asking: Iterable[str], counts: Counter[str]) -> Table:
    """Both errors by kind: an answer taken for something else, and the other way round."""
    shown = Table("question", title="Answer or wish", title_justify="left")
    answered = ("answers", "lost", "asked", "for more")
    for column in (*answered, "wishes", "stored", "asked", "waits", "unknown"):
        shown.add_column(column, justify="right")
    for kind in asking:
        answers, wishes = _of(counts, kind, "jawaban"), _of(counts, kind, "keinginan")
        more = answers[MORE]
        lost = answers.total() - answers[STORED] - answers[ASKED] - more
        told = (answers.total(), lost, answers[ASKED], more)
        cells = (*told, wishes.total(), wishes[STORED])
        few = (_rightly(_of(counts, kind, meant), meant) for meant in ("tunggu", "tidak_tahu"))
        shown.add_row(kind, *map(str, cells), str(wishes[ASKED]), *few)
    return shown


def _of(counts: Counter[str], kind: str, meant: str) -> Counter[str]:
    begin = f"{kind}/{meant}/"
    return Counter({k.removeprefix(begin): n for k, n in counts.items() if k.startswith(begin)})


def _rightly(became: Counter[str], meant: str) -> str:
    return f"{sum(became[outcome] for outcome in RIGHT[meant])} of {became.total()}"

"""Reports as plain tables, for files: a title, columns, and rows of words and numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import figures, report_cases, survey_index
from actions.casework.figures import Work
from actions.casework.report_cases import Wanted
from actions.domain.figures import FigureKind
from bot.console.presenters import called, unit_name
from bot.console.render import show_short_date
from bot.console.reports.figure_cases import Line, rows_of
from bot.console.reports.frame import Frame
from bot.console.reports.late import causes_of
from bot.console.reports.villages import MEASURES
from bot.console.reports.villages import lines_of as village_lines

Cell = str | int | Decimal | None
WORK = (
    "laporan.masuk",
    "laporan.keluar",
    "laporan.tepat",
    "laporan.median",
    "laporan.lambat",
    "laporan.dibuka_lagi",
    "laporan.terbuka",
    "laporan.lewat",
)
SURVEY = (
    "survei.ikm",
    "survei.mutu_kolom",
    "survei.dilayani_kolom",
    "survei.responden",
    "survei.sampel_kolom",
)
CASES = (
    "laporan.kode_kolom",
    "laporan.hal",
    "laporan.unit",
    "laporan.desa",
    "laporan.keadaan",
    "laporan.masuk",
    "laporan.janji_kolom",
    "laporan.tercatat",
)
AT_ONCE, MOST_CASES = 500, 20_000


@dataclass(frozen=True, slots=True)
class Table:
    """What one sheet holds. A cell of words is never a formula, whatever it begins with."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    @property
    def lines(self) -> Iterator[Sequence[Cell]]:
        """The columns, then the rows."""
        yield self.columns
        yield from self.rows


async def work_table(frame: Frame, session: AsyncSession, by: str) -> Table:
    """What came, what became of it and how long that took, by "unit" or "slug"."""
    name = unit_name if by == "unit" else called
    found = await figures.work(session, frame.period, frame.scope, by=by)
    word, heading = frame.console.word, "unit" if by == "unit" else "layanan"
    rows = [
        [name(frame.console, key), *_figures(work)]
        for key, work in sorted(found.items(), key=lambda entry: -entry[1].came)
        if key
    ]
    columns = [word(f"laporan.{heading}"), *(word(column) for column in WORK)]
    return Table(word(f"laporan.per_{heading}"), columns, rows)


def _figures(work: Work) -> list[int | None]:
    """In the order of `WORK`."""
    took = work.took
    first = [work.came, work.ended, work.on_time, took.median, took.slow]
    return [*first, work.reopened, work.open, work.overdue]


async def village_table(frame: Frame, session: AsyncSession) -> Table:
    """What came from each village, was late, and is open."""
    kinds = [FigureKind.CAME_BY_VILLAGE, FigureKind.LATE_BY_VILLAGE]
    found = await figures.totals(session, kinds, frame.period, frame.scope)
    found += await figures.standing(session, [FigureKind.OPEN_BY_VILLAGE], frame.scope)
    word = frame.console.word
    rows: list[list[Cell]] = [
        [line.name, *(line.counts[measure] for measure in MEASURES)]
        for line in village_lines(frame, found)
    ]
    columns = [word("laporan.desa"), *(word(f"laporan.ukur.{m}") for m in MEASURES)]
    return Table(word("laporan.tab.wilayah"), columns, rows)


async def cause_table(frame: Frame, session: AsyncSession) -> Table:
    """Why promises were broken."""
    causes = await figures.split(session, FigureKind.LATE_BY_CAUSE, frame.period, frame.scope)
    word = frame.console.word
    rows = [[name, count, share] for _, name, count, share in causes_of(frame, causes)]
    columns = [word("laporan.sebab"), word("laporan.jumlah"), word("laporan.bagian_persen")]
    return Table(word("laporan.sebab_judul"), columns, rows)


async def survey_table(frame: Frame, session: AsyncSession, by: str) -> Table:
    """The index by "unit" or "slug"; neither index nor grade where the sample is too small."""
    name = unit_name if by == "unit" else called
    found = await survey_index.answers(session, frame.period, frame.scope, by=by)
    word, heading = frame.console.word, "unit" if by == "unit" else "layanan"
    rows: list[list[Cell]] = []
    for key, said in sorted(found.items(), key=lambda entry: -entry[1].invited):
        index = said.index
        shown = (index.ikm, str(index.grade)) if index.grade else (None, None)
        rows.append([name(frame.console, key), *shown, said.invited, index.n, index.needed])
    columns = [word(f"laporan.{heading}"), *(word(column) for column in SURVEY)]
    return Table(f"{word('laporan.tab.kepuasan')} {word(f'laporan.{heading}')}", columns, rows)


async def case_table(frame: Frame, session: AsyncSession, wanted: Wanted) -> Table:
    """The cases behind a figure; the last row says so where there are more than fit."""
    rows, after = list[list[Cell]](), ""
    while len(rows) < MOST_CASES:
        page = await report_cases.page(
            session,
            frame.console.reference,
            frame.staff,
            wanted,
            frame.console.clock(),
            after=after,
            size=AT_ONCE,
        )
        rows += [_case_row(line) for line in rows_of(frame, page.rows)]
        session.expunge_all()
        after = page.next
        if not after:
            break
    word = frame.console.word
    if after:
        rows.append([word("laporan.terpotong", jumlah=MOST_CASES)])
    columns = [word(column) for column in (*CASES, "laporan.sebab")]
    return Table(word(f"laporan.angka.{wanted.kind}"), columns, rows)


def _case_row(line: Line) -> list[Cell]:
    row = line.row
    days = [row.submitted_at.date(), line.due_on, line.day]
    shown = [show_short_date(day) if day else "" for day in days]
    return [row.code, row.called, row.unit, line.village, row.label, *shown, line.cause]


async def all_tables(frame: Frame, session: AsyncSession) -> Sequence[Table]:
    """What the workbook of a report holds, a sheet each."""
    return [
        await work_table(frame, session, "unit"),
        await work_table(frame, session, "slug"),
        await village_table(frame, session),
        await cause_table(frame, session),
        await survey_table(frame, session, "unit"),
        await survey_table(frame, session, "slug"),
    ]

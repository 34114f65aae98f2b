"""The two documents that an office hands in: the report of a period, and that of its survey."""

from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import figures, survey_index, survey_plans
from actions.casework.figures import Work
from actions.casework.survey_index import Answers
from actions.domain.figures import FigureKind, Histogram
from actions.domain.period import Period
from actions.domain.survey import Element
from actions.storage.tables import SurveyPlan
from bot.console.render import show_decimal, show_number, show_short_date
from bot.console.reports.frame import Frame, period_name, scope_name
from bot.console.reports.paper import Paper
from bot.console.reports.parts import channel_name
from bot.console.reports.satisfaction import TREND, WORST, elements
from bot.console.reports.tables import Table, cause_table, survey_table, work_table

Draw = Callable[[], bytes]
"""Makes the file; slow, so not where others wait."""


async def month_report(frame: Frame, session: AsyncSession) -> Draw:
    """The report of a period: figures, causes of lateness, units and services."""
    now = await figures.work(session, frame.period, frame.scope)
    before = await figures.work(session, frame.period.before, frame.scope)
    causes = await cause_table(frame, session)
    tables = [causes, *[await work_table(frame, session, by) for by in ("unit", "slug")]]
    summary = _summary(frame, now.get("", Work()), before.get("", Work()))

    def draw() -> bytes:
        paper = _begin(frame, "laporan.pdf.laporan")
        paper.grid(summary, (3, 2, 2))
        paper.words(frame.console.word("laporan.lama_bantu"))
        paper.words(frame.console.word("laporan.terbuka_bantu"))
        for table in tables:
            if table.rows:
                paper.section(table.title)
                paper.grid(table)
        _sign(frame, paper)
        return paper.file()

    return draw


def _summary(frame: Frame, now: Work, before: Work) -> Table:
    """The figures that stand first, beside those of the period before."""
    word = frame.console.word
    names = ("masuk", "keluar", "tepat", "lama", "jawaban_pertama", "dibuka_lagi")
    rows = [
        [word(f"laporan.{name}"), new, old]
        for name, new, old in zip(names, _shown(frame, now), _shown(frame, before), strict=True)
    ]
    kept = [word("laporan.janji_judul"), _promises(frame, now), _promises(frame, before)]
    still = [
        [word("laporan.terbuka"), show_number(now.open), "-"],
        [word("laporan.lewat"), show_number(now.overdue), "-"],
    ]
    periods = [period_name(frame.console, each) for each in (frame.period, frame.period.before)]
    return Table("", [word("laporan.angka_kolom"), *periods], [*rows, kept, *still])


def _shown(frame: Frame, work: Work) -> list[str]:
    share = "-" if work.on_time is None else f"{work.on_time}%"
    days = [_days(frame, work.took), _days(frame, work.waited)]
    plain = [show_number(work.came), show_number(work.ended)]
    return [*plain, share, *days, show_number(work.reopened)]


def _promises(frame: Frame, work: Work) -> str:
    word = frame.console.word
    kept, broken = show_number(work.kept), show_number(work.broken)
    return word("laporan.pdf.janji", ditepati=kept, dilanggar=broken)


def _days(frame: Frame, days: Histogram) -> str:
    if not days.total:
        return "-"
    word = frame.console.word
    return word("laporan.median_nilai", median=days.median, lambat=days.slow)


async def survey_report(frame: Frame, session: AsyncSession) -> Draw:
    """The report of the survey, in the order in which PermenPANRB 14/2017 wants it."""
    found = await survey_index.together(session, frame.period, frame.scope)
    trend = await survey_index.trend(session, frame.period, frame.scope, TREND)
    by = "slug" if frame.scope.unit else "unit"
    parts = await survey_table(frame, session, by)
    who = await figures.split(session, FigureKind.RESPONDED_BY_CHANNEL, frame.period, frame.scope)
    unit = frame.scope.unit
    plans = await survey_plans.plans(session, unit, frame.period) if unit else {}
    respondents = [(channel_name(frame, part), count) for part, count in who.most_common()]

    def draw() -> bytes:
        paper = _begin(frame, "laporan.pdf.kepuasan")
        _method(frame, paper, found)
        _result(frame, paper, found)
        if found.index.sufficient:
            _worst(frame, paper, found, plans)
        _later(frame, paper, trend, parts, respondents)
        _sign(frame, paper)
        return paper.file()

    return draw


def _method(frame: Frame, paper: Paper, found: Answers) -> None:
    word, index = frame.console.word, found.index
    paper.section(word("laporan.pdf.dasar_judul"))
    paper.words(word("laporan.pdf.dasar"))
    paper.section(word("laporan.pdf.cara_judul"))
    served, needed, answered = map(show_number, (found.invited, index.needed, index.n))
    said = word("laporan.pdf.cara", populasi=served, sampel=needed, responden=answered)
    paper.words(said)


def _result(frame: Frame, paper: Paper, found: Answers) -> None:
    """The index with its grade and elements, or that the sample does not suffice."""
    word, index = frame.console.word, found.index
    paper.section(word("laporan.pdf.hasil_judul"))
    if index.grade is None or index.ikm is None:
        lacking = "survei.unsur_kurang" if index.sufficient else "survei.tunggu"
        filled = {} if index.sufficient else {"n": index.n, "s": index.needed}
        paper.words(word(lacking, **filled))
        return
    mark, shown = word(f"survei.mutu.{index.grade}"), show_decimal(index.ikm)
    paper.words(word("laporan.pdf.hasil", ikm=shown, mutu=mark))
    means = [(name, mean) for _, name, mean in elements(frame, index) if mean is not None]
    paper.bars([(name, int(mean * 100), show_decimal(mean)) for name, mean in means])
    columns = [word("survei.unsur"), word("survei.nrr")]
    paper.grid(Table("", columns, [[name, mean] for name, mean in means]), (3, 1))


def _worst(frame: Frame, paper: Paper, found: Answers, plans: dict[Element, SurveyPlan]) -> None:
    """The three lowest elements, each with what is done, until when, and by whom."""
    word = frame.console.word
    paper.section(word("survei.rencana"))
    none = word("survei.tanpa_rencana")
    rows = []
    for element in found.index.lowest(WORST):
        plan, name = plans.get(element), word(f"unsur.{element}")
        done = plan.done_on if plan else None
        said = show_short_date(done) if done else word("survei.belum_selesai")
        rows.append(
            [name, plan.action, show_short_date(plan.due_on), plan.who, said]
            if plan
            else [name, none, "-", "-", "-"]
        )
    heads = ("unsur", "apa", "kapan", "siapa", "selesai")
    paper.grid(Table("", [word(f"survei.{head}") for head in heads], rows), (3, 5, 3, 3, 3))


def _later(
    frame: Frame,
    paper: Paper,
    trend: list[tuple[Period, Answers]],
    parts: Table,
    respondents: list[tuple[str, int]],
) -> None:
    """Trend, parts, and who answered."""
    word = frame.console.word
    paper.section(word("survei.tren"))
    rows = [
        [
            period_name(frame.console, period),
            said.index.ikm if said.index.grade else None,
            said.index.n,
            said.index.needed,
        ]
        for period, said in trend
    ]
    columns = [word("laporan.periode"), word("survei.ikm")]
    columns += [word("survei.responden"), word("survei.sampel_kolom")]
    paper.grid(Table("", columns, rows))
    if parts.rows:
        paper.section(parts.title)
        paper.grid(parts)
    paper.section(word("survei.profil"))
    paper.words(word("survei.profil_bantu"))
    heads = [word("survei.profil_kolom.kanal"), word("survei.responden")]
    paper.grid(Table("", heads, [[name, count] for name, count in respondents]), (3, 1))


def _begin(frame: Frame, title: str) -> Paper:
    word, office = frame.console.word, frame.console.reference.catalogue.office
    period = period_name(frame.console, frame.period)
    paper = Paper(office.name, f"{word(title)}, {period}")
    paper.set_title(f"{word(title)} {period}")
    paper.set_creation_date(frame.console.clock())
    paper.title_line(word(title))
    paper.words(f"{period}. {scope_name(frame)}.")
    if office.fictional:
        paper.words(word("umum.contoh", kantor=office.called))
    return paper


def _sign(frame: Frame, paper: Paper) -> None:
    word, office = frame.console.word, frame.console.reference.catalogue.office
    today = show_short_date(frame.today)
    where = word("laporan.pdf.tempat", kantor=office.called, tanggal=today)
    paper.signature(where, word("laporan.pdf.jabatan"))

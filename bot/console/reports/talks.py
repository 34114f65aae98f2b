"""What the bot does without an officer, where it fails, and why people are called."""

from collections import Counter
from collections.abc import Mapping

from aiohttp import web

from actions.casework import figures
from actions.casework.figures import Scope
from actions.casework.talks import PAUSE
from actions.domain.figures import FigureKind, TalkPart, percent
from bot.console.reports.charts import columns
from bot.console.reports.frame import counted_at, frame_of, period_name, report
from bot.console.reports.overview import bars_of, months_to
from bot.console.reports.parts import reason_name

SHARES = {
    TalkPart.HUMAN: TalkPart.ALL,
    TalkPart.RESOLVED: TalkPart.ALL,
    TalkPart.MISSED: TalkPart.ALL,
    TalkPart.MISSED_TURNS: TalkPart.TURNS,
    TalkPart.CORRECTED: TalkPart.TURNS,
}
"""Of what each part is a share."""


async def show(request: web.Request) -> web.StreamResponse:
    """Talks of the whole office: the bot has no unit. Escalations are those of the scope."""
    frame = frame_of(request)
    months = months_to(frame.period)
    async with frame.console.reading() as session:
        talks = await figures.split(session, FigureKind.TALK, frame.period, Scope())
        reasons = await figures.split(
            session, FigureKind.ESCALATED, frame.period, Scope(frame.scope.unit)
        )
        trend = await figures.split_by_month(session, FigureKind.TALK, months, Scope())
        counted = await counted_at(frame, session)
    lines = [(part, reason_name(frame, part), count) for part, count in reasons.most_common()]
    alone = [trend[month][TalkPart.ALL] - trend[month][TalkPart.HUMAN] for month in months]
    return await report(
        frame,
        "report_talks.html",
        counted=counted,
        talks=talks,
        shares=shares(talks),
        alone=percent(talks[TalkPart.ALL] - talks[TalkPart.HUMAN], talks[TalkPart.ALL]),
        reasons=lines,
        reason_bars=bars_of(lines),
        months=[(period_name(frame.console, month), trend[month]) for month in months],
        chart=columns(
            [f"{month.start:%m}" for month in months],
            [[trend[month][TalkPart.ALL] for month in months], alone],
        ),
        parts=TalkPart,
        pause=int(PAUSE.total_seconds()) // 3600,
        kind=FigureKind,
    )


def shares(talks: Counter[str]) -> Mapping[str, int | None]:
    """What each part is of its whole, in percent."""
    return {part: percent(talks[part], talks[whole]) for part, whole in SHARES.items()}

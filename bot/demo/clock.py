"""The clock of an invented case, and the ledger of what its citizen was promised."""

from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Any

from actions.domain.calendar import count_working_days
from actions.domain.status import keeps_promise, pauses_clock, stops_clock
from actions.domain.work import PromiseOutcome
from actions.storage.tables import Case, Promise
from bot.demo.paths import Move
from bot.demo.scribe import Scribe

CAUSE_GIVEN = 0.8
"""How many late cases have a cause: who closes one is asked, and older ones were not."""


@dataclass
class Clock:
    """Does to an invented case what casework's clock and its ledger of promises do."""

    scribe: Scribe
    case: Case
    random: Random
    ledger: list[dict[str, Any]] = field(default_factory=list)

    def promise(self, due_on: date, at: datetime) -> None:
        """Promise a date."""
        self.case.promised_on = self.case.promised_on or due_on
        self.case.due_on = due_on
        self.ledger.append({"made_at": at, "due_on": due_on, "outcome": None, "settled_on": None})

    def run(self, move: Move) -> None:
        """What the move does to the promised date; before the case is moved."""
        case, today = self.case, move.at.date()
        self._pause(move, today)
        if case.submitted_at is None or case.promised_on is None:
            return
        if stops_clock(move.target) and case.met_on is None:
            case.met_on = today
            self._settle(today, void=not keeps_promise(move.target))
        elif not stops_clock(move.target) and case.met_on is not None:
            case.met_on = None
            days = self._working_days(case.submitted_at.date(), case.promised_on)
            self.promise(self.scribe.reference.due(today, days), move.at)

    def _pause(self, move: Move, today: date) -> None:
        """It stands still while the citizen is waited for."""
        case = self.case
        if pauses_clock(move.target):
            case.paused_on = case.paused_on or today
        elif case.paused_on is not None and case.due_on is not None:
            lost = self._working_days(case.paused_on, today)
            if lost:
                case.due_on = self.scribe.reference.due(case.due_on, lost)
                self.ledger[-1]["due_on"] = case.due_on
            case.paused_on = None

    def _settle(self, today: date, *, void: bool) -> None:
        standing = self.ledger[-1]
        late = today > standing["due_on"]
        kept = PromiseOutcome.VOID if void else PromiseOutcome.KEPT
        standing |= {"outcome": PromiseOutcome.BROKEN if late else kept, "settled_on": today}
        if late and self.random.random() < CAUSE_GIVEN:
            causes = self.scribe.words.paths["sebab_terlambat"]["semua"]
            (self.case.late_cause,) = self.random.choices([*causes], [*causes.values()])

    def _working_days(self, start: date, end: date) -> int:
        reference = self.scribe.reference
        week = reference.catalogue.office.week
        return count_working_days(start, end, week, reference.holidays)

    def write(self) -> None:
        """Keep the rows of the ledger."""
        for row in self.ledger:
            self.scribe.add(Promise, case_id=self.case.id, **row)

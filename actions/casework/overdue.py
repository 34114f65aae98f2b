"""What a list or a count asks the database for: cases whose promised date is over."""

from datetime import date

from sqlalchemy import ColumnElement, and_, or_

from actions.casework.reminders import Step
from actions.storage.tables import Case


def past(today: date) -> ColumnElement[bool]:
    """Promises that are over on a day; goes with RUNNING, and walks along its index.

    Where hours are counted, the job that reminds officers has noted within a minute that they are
    over, so that lists go by the day alone.
    """
    hours_over = and_(Case.due_at.is_not(None), Case.reminded >= Step.OVER)
    return and_(Case.due_on <= today, or_(Case.due_on < today, hours_over))

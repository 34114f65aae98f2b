"""By what cases are found: each list that officers read walks along one of these."""

from sqlalchemy import Index, text

OPEN = text("closed_at IS NULL AND code IS NOT NULL")
URGENT = text("closed_at IS NULL AND urgent AND awaits = 'petugas'")
UNOWNED = text("closed_at IS NULL AND owner_id IS NULL AND awaits = 'petugas'")
OWNED = text("closed_at IS NULL AND owner_id IS NOT NULL")
ANSWERED = text("answered_at IS NOT NULL")
REOPENED = text("to_status = 'dibuka_kembali'")
RUNNING = text("closed_at IS NULL AND met_on IS NULL AND paused_on IS NULL AND code IS NOT NULL")


def _partial(name: str, *columns: str, where: object) -> Index:
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)


def case_indexes() -> tuple[Index, ...]:
    """The indexes of the table of cases; those of lists hold open cases alone."""
    return (
        Index("ix_cases_chat", "chat", "status"),
        Index("ix_cases_unit", "unit", "status"),
        _partial("ix_cases_awaits", "awaits", "due_on", "id", where=OPEN),
        _partial("ix_cases_unit_awaits", "unit", "awaits", "due_on", "id", where=OPEN),
        _partial("ix_cases_urgent", "unit", "due_on", "id", where=URGENT),
        _partial("ix_cases_unowned", "unit", "due_on", "id", where=UNOWNED),
        _partial("ix_cases_owner", "owner_id", "due_on", "id", where=OWNED),
        _partial("ix_cases_answered", "unit", "answered_at", "id", where=ANSWERED),
        _partial("ix_cases_running", "due_on", "id", where=RUNNING),
        _partial("ix_cases_unit_running", "unit", "due_on", "id", where=RUNNING),
        Index("ix_cases_submitted", "submitted_at", "id"),
        _partial("ix_cases_open", "submitted_at", "id", where=OPEN),
        _partial("ix_cases_unit_open", "unit", "submitted_at", "id", where=OPEN),
        Index("ix_cases_unit_submitted", "unit", "submitted_at", "id"),
        Index("ix_cases_met", "met_on", "id"),
        Index("ix_cases_closed", "closed_at", "id"),
        Index("ix_cases_village", "village", "id"),
    )


def event_indexes() -> tuple[Index, ...]:
    """The indexes of the history by time: all of it, that of an officer, what was reopened."""
    return (
        Index("ix_case_events_at", "at", "id"),
        Index("ix_case_events_staff", "staff_id", "at", "id"),
        _partial("ix_case_events_reopened", "at", "id", where=REOPENED),
    )

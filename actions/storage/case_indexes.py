"""By what cases are found: each list that officers read walks along one of these.

A list repeats the condition of its index word for word, or the database cannot use it.
"""

from sqlalchemy import Index, TextClause, text

# As a whole ("IS TRUE"), so that no other index serves a part of the condition.
OPEN = text("(cases.closed_at IS NULL AND cases.code IS NOT NULL) IS TRUE")
URGENT = text("(cases.closed_at IS NULL AND cases.urgent AND cases.awaits = 'petugas') IS TRUE")
UNOWNED = text(
    "(cases.closed_at IS NULL AND cases.owner_id IS NULL AND cases.awaits = 'petugas') IS TRUE"
)
RUNNING = text(
    "(cases.closed_at IS NULL AND cases.met_on IS NULL"
    " AND cases.paused_on IS NULL AND cases.code IS NOT NULL) IS TRUE"
)
LADDER = text(
    "(cases.closed_at IS NULL AND cases.met_on IS NULL AND cases.paused_on IS NULL"
    " AND cases.code IS NOT NULL AND cases.reminded >= 110) IS TRUE"
)
"""What is so late that those above its owner were told (`reminders.Step.UNIT`)."""
DRAFTS = text("(cases.closed_at IS NULL AND cases.code IS NULL) IS TRUE")
PAUSED = text("(cases.closed_at IS NULL AND cases.paused_on IS NOT NULL) IS TRUE")
SILENT = text(
    "(cases.closed_at IS NULL AND cases.owner_id IS NOT NULL AND cases.code IS NOT NULL"
    " AND cases.awaits = 'petugas' AND cases.paused_on IS NULL) IS TRUE"
)
"""What somebody has, and may have forgotten."""
ANSWERED = text("cases.answered_at IS NOT NULL")
SENT = text("cases.code IS NOT NULL")
LATE = text("cases.late_cause IS NOT NULL")
REMINDED = text("cases.remind_at IS NOT NULL")
RULED = text("cases.clock_rule_id IS NOT NULL")
ANSWER_RULED = text("cases.answer_rule_id IS NOT NULL")
ANSWER_DUE = text("cases.answer_due_at IS NOT NULL")
PUBLIC = text(
    "(cases.public_at IS NOT NULL AND cases.parent_id IS NULL"
    " AND NOT cases.secret AND NOT cases.anonymous AND NOT cases.discreet) IS TRUE"
)
TO_PUBLISH = text(
    "(cases.public_allowed_at IS NOT NULL AND cases.public_at IS NULL"
    " AND cases.public_refused_at IS NULL AND cases.parent_id IS NULL"
    " AND NOT cases.secret AND NOT cases.anonymous AND NOT cases.discreet) IS TRUE"
)
"""What its citizen lets anybody see, and no officer has decided on."""
REOPENED = text("case_events.to_status = 'dibuka_kembali'")
MET = text("cases.met_on IS NOT NULL")


def _partial(name: str, *columns: str, where: TextClause) -> Index:
    condition = text(where.text.replace("cases.", "").replace("case_events.", ""))
    return Index(name, *columns, sqlite_where=condition, postgresql_where=condition)


def _both(name: str, *columns: str, where: TextClause) -> tuple[Index, Index]:
    """One for whoever sees a unit, one for whoever sees all."""
    return (
        _partial(f"ix_cases_{name}", *columns, where=where),
        _partial(f"ix_cases_unit_{name}", "unit", *columns, where=where),
    )


def case_indexes() -> tuple[Index, ...]:
    """The indexes of the table of cases; those of lists hold open cases alone."""
    return (
        Index("ix_cases_chat", "chat", "status"),
        Index("ix_cases_unit", "unit", "status"),
        *_both("awaits", "awaits", "due_on", "id", where=OPEN),
        *_both("urgent", "due_on", "id", where=URGENT),
        *_both("unowned", "due_on", "id", where=UNOWNED),
        *_both("answered", "answered_at", "id", where=ANSWERED),
        *_both("running", "due_on", "id", where=RUNNING),
        *_both("ladder", "due_on", "id", where=LADDER),
        *_both("owner", "owner_id", "due_on", "id", where=OPEN),
        _partial("ix_cases_drafts", "updated_at", "id", where=DRAFTS),
        _partial("ix_cases_paused", "status", "paused_on", "id", where=PAUSED),
        _partial("ix_cases_silent", "updated_at", "id", where=SILENT),
        _partial("ix_cases_late_cause", "closed_at", "unit", "late_cause", where=LATE),
        _partial("ix_cases_remind_at", "remind_at", "id", where=REMINDED),
        Index("ix_cases_submitted", "submitted_at", "id"),
        *_both("open", "submitted_at", "id", where=OPEN),
        Index("ix_cases_unit_submitted", "unit", "submitted_at", "id"),
        _partial("ix_cases_met", "met_on", "id", where=MET),
        Index("ix_cases_unit_met", "unit", "met_on", "id"),
        Index("ix_cases_closed", "closed_at", "id"),
        Index("ix_cases_unit_closed", "unit", "closed_at", "id"),
        Index("ix_cases_village", "village", "id"),
        _partial("ix_cases_nearby", "village", "slug", "id", where=OPEN),
        Index("ix_cases_slug", "slug", "id"),
        Index("ix_cases_unit_slug", "unit", "slug", "id"),
        _partial("ix_cases_indexed_with", "indexed_with", where=SENT),
        _partial("ix_cases_clock_rule", "clock_rule_id", where=RULED),
        _partial("ix_cases_public", "public_at", "id", where=PUBLIC),
        _partial("ix_cases_public_village", "village", "public_at", "id", where=PUBLIC),
        *_both("to_publish", "public_allowed_at", "id", where=TO_PUBLISH),
        _partial("ix_cases_answer_rule", "answer_rule_id", where=ANSWER_RULED),
        *_both("first_answer", "first_answer_at", "id", where=ANSWER_DUE),
    )


def event_indexes() -> tuple[Index, ...]:
    """The indexes of the history by time: all of it, that of an officer, what was reopened."""
    return (
        Index("ix_case_events_at", "at", "id"),
        Index("ix_case_events_staff", "staff_id", "at", "id"),
        _partial("ix_case_events_reopened", "at", "id", where=REOPENED),
    )

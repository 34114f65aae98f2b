"""What reports are read from: figures by day and month, talks with the bot, plans."""

import sqlalchemy as sa
from alembic import op

from actions.storage.types import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAMES = (("unit", 40), ("slug", 60), ("part", 80))
OPEN = "(closed_at IS NULL AND code IS NOT NULL) IS TRUE"
INDEXES = (
    ("ix_cases_open", "cases", ["submitted_at", "id"], OPEN),
    ("ix_cases_unit_open", "cases", ["unit", "submitted_at", "id"], OPEN),
    ("ix_cases_met", "cases", ["met_on", "id"], "met_on IS NOT NULL"),
    ("ix_cases_unit_met", "cases", ["unit", "met_on", "id"], None),
    ("ix_cases_unit_submitted", "cases", ["unit", "submitted_at", "id"], None),
    ("ix_case_events_at", "case_events", ["at", "id"], None),
    ("ix_case_events_staff", "case_events", ["staff_id", "at", "id"], None),
    ("ix_case_events_reopened", "case_events", ["at", "id"], "to_status = 'dibuka_kembali'"),
    ("ix_promises_outcome", "promises", ["outcome", "settled_on", "id"], None),
    ("ix_surveys_invited", "surveys", ["invited_at", "id"], None),
    ("ix_escalations_opened", "escalations", ["opened_at", "id"], None),
)


def upgrade() -> None:
    """Apply."""
    _make_figures()
    _make_talks()
    _make_plans()
    for name, table, columns, where in INDEXES:
        partial = None if where is None else sa.text(where)
        op.create_index(name, table, columns, sqlite_where=partial, postgresql_where=partial)


def _make_figures() -> None:
    key = ["grain", "kind", "start", "unit", "slug", "part"]
    op.create_table(
        "figures",
        sa.Column("grain", sa.String(length=5), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        *(sa.Column(name, sa.String(length=size), nullable=False) for name, size in NAMES),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(*key, name=op.f("pk_figures")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "figure_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_figure_days")),
    )
    op.create_index("ix_figure_days_made_at", "figure_days", ["made_at"])


def _make_talks() -> None:
    op.create_table(
        "talks",
        sa.Column("id", KEY, nullable=False),
        sa.Column("chat", sa.String(length=80), nullable=False),
        sa.Column("begun_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("corrected", sa.Integer(), nullable=False),
        sa.Column("human", sa.Boolean(), nullable=False),
        sa.Column("stuck", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talks")),
    )
    op.create_index("ix_talks_chat", "talks", ["chat"])
    op.create_index("ix_talks_begun", "talks", ["begun_at", "id"])


def _make_plans() -> None:
    op.create_table(
        "survey_plans",
        sa.Column("id", KEY, nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("period", sa.String(length=24), nullable=False),
        sa.Column("element", sa.String(length=20), nullable=False),
        sa.Column("action", sa.String(length=400), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("who", sa.String(length=120), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_by", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["updated_by"], ["staff.id"], name=op.f("fk_survey_plans_updated_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_plans")),
        sa.UniqueConstraint("unit", "period", "element", name=op.f("uq_survey_plans_unit")),
    )


def downgrade() -> None:
    """Take back."""
    for name, table, _, _ in reversed(INDEXES):
        op.drop_index(name, table_name=table)
    for table in ("survey_plans", "talks", "figure_days", "figures"):
        op.drop_table(table)

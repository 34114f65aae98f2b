"""Clocks in days and hours, one for the first answer; who is away; alerts that were lost."""

import sqlalchemy as sa
from alembic import op

from actions.storage.types import UtcDateTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENTS = ("due_at", "paused_at", "answer_due_at", "first_answer_at")
INDEXES = (
    ("ix_cases_answer_rule", "answer_rule_id", "answer_rule_id IS NOT NULL"),
    ("ix_cases_first_answer", "first_answer_at id", "answer_due_at IS NOT NULL"),
    ("ix_cases_unit_first_answer", "unit first_answer_at id", "answer_due_at IS NOT NULL"),
)


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, UtcDateTime(timezone=True), nullable=True)


def upgrade() -> None:
    """Apply."""
    for name in MOMENTS:
        op.add_column("cases", _moment(name))
    op.add_column("cases", sa.Column("answer_rule_id", KEY, nullable=True))
    op.add_column("cases", sa.Column("answer_reminded", sa.Integer(), nullable=True))
    op.add_column("promises", _moment("due_at"))
    op.add_column("staff_alerts", sa.Column("outbox_id", KEY, nullable=True))
    sent = sa.text("outbox_id IS NOT NULL AND seen_at IS NULL")
    op.create_index(
        "ix_staff_alerts_sent", "staff_alerts", ["at"], sqlite_where=sent, postgresql_where=sent
    )
    for name in ("away_from", "away_until"):
        op.add_column("staff", _moment(name))
    op.add_column("staff", sa.Column("stand_in_id", KEY, nullable=True))
    for name, usual in (("measure", "hari_kerja"), ("stage", "selesai")):
        column = sa.Column(name, sa.String(length=12), nullable=False, server_default=usual)
        op.add_column("clock_rules", column)
    for name, columns, condition in INDEXES:
        where = sa.text(condition)
        op.create_index(name, "cases", columns.split(), sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_staff_alerts_sent", table_name="staff_alerts")
    for name, _, _ in INDEXES:
        op.drop_index(name, table_name="cases")
    for table, names in (
        ("cases", [*MOMENTS, "answer_rule_id", "answer_reminded"]),
        ("promises", ["due_at"]),
        ("staff_alerts", ["outbox_id"]),
        ("staff", ["away_from", "away_until", "stand_in_id"]),
        ("clock_rules", ["measure", "stage"]),
    ):
        for name in names:
            op.drop_column(table, name)

"""Sentences to learn from, what an office sets for itself, and the rule that a case's clock has."""

import sqlalchemy as sa
from alembic import op

from actions.storage.types import Sealed, UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INDEXES = (
    ("ix_access_log_at", "access_log", "at id"),
    ("ix_access_log_staff", "access_log", "staff_id at id"),
    ("ix_security_events_at", "security_events", "at id"),
)
"""By which the audit search walks."""


def upgrade() -> None:
    """Apply."""
    _make_samples()
    _make_settings()
    _make(
        "clock_rules",
        sa.Column("unit", sa.String(length=40), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=True),
        sa.Column("slug", sa.String(length=60), nullable=True),
        sa.Column("working_days", sa.Integer(), nullable=False),
        sa.Column("pauses", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("legal_basis", sa.String(length=300), nullable=False),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
        *_staff("updated_by", "clock_rules"),
    )
    op.add_column("cases", sa.Column("clock_rule_id", KEY, nullable=True))
    ruled = sa.text("clock_rule_id IS NOT NULL")
    op.create_index(
        "ix_cases_clock_rule",
        "cases",
        ["clock_rule_id"],
        sqlite_where=ruled,
        postgresql_where=ruled,
    )
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns.split())


def _make_samples() -> None:
    _make(
        "learning_samples",
        sa.Column("chat", sa.String(length=80), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("text", Sealed(), nullable=False),
        sa.Column("intent", sa.String(length=60), nullable=True),
        sa.Column("target", sa.String(length=60), nullable=True),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("label_intent", sa.String(length=60), nullable=True),
        sa.Column("label_target", sa.String(length=60), nullable=True),
        *_staff("labelled_by", "learning_samples", nullable=True),
        *_staff("decided_by", "learning_samples", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index("ix_learning_samples_chat", "learning_samples", ["chat"])
    op.create_index("ix_learning_samples_state", "learning_samples", ["state", "id"])


def _make_settings() -> None:
    op.create_table(
        "office_settings",
        sa.Column("sheet", sa.String(length=20), nullable=False),
        sa.Column("row", sa.String(length=80), nullable=False),
        sa.Column("value", sa.JSON(), nullable=True),
        *_staff("by_id", "office_settings"),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sheet", "row", name=op.f("pk_office_settings")),
    )
    _make(
        "setting_changes",
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        *_staff("staff_id", "setting_changes"),
        sa.Column("sheet", sa.String(length=20), nullable=False),
        sa.Column("row", sa.String(length=80), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
    )
    op.create_index("ix_setting_changes_sheet", "setting_changes", ["sheet", "id"])


def _staff(column: str, table: str, *, nullable: bool = False) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column(column, KEY, nullable=nullable),
        sa.ForeignKeyConstraint([column], ["staff.id"], name=op.f(f"fk_{table}_{column}")),
    ]


def _make(table: str, *items: sa.schema.SchemaItem) -> None:
    primary = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))
    op.create_table(table, sa.Column("id", KEY, nullable=False), *items, primary)


def downgrade() -> None:
    """Take back."""
    for name, table, _ in INDEXES:
        op.drop_index(name, table_name=table)
    op.drop_index("ix_cases_clock_rule", table_name="cases")
    op.drop_column("cases", "clock_rule_id")
    for table in ("clock_rules", "setting_changes", "office_settings", "learning_samples"):
        op.drop_table(table)

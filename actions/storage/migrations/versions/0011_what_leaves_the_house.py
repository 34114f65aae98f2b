"""Files on their way to citizens, how each message left, what is asked for by right, officers' Telegram."""

import sqlalchemy as sa
from alembic import op

from actions.storage.types import Fingerprint, Sealed, UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WITH_FILE = sa.text("file IS NOT NULL")


def upgrade() -> None:
    """Apply."""
    for table in ("outbox", "messages"):
        op.add_column(table, sa.Column("file", sa.String(length=80), nullable=True))
        op.create_index(
            f"ix_{table}_file",
            table,
            ["file"],
            sqlite_where=WITH_FILE,
            postgresql_where=WITH_FILE,
        )
    op.add_column("messages", sa.Column("outbox_id", sa.BigInteger(), nullable=True))
    op.add_column(
        "chats",
        sa.Column("no_surveys", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    _make_privacy_requests()
    _make_alerts()


def _refers(column: str, table: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=op.f(f"fk_{table}_{column}"))


def _make_privacy_requests() -> None:
    op.create_table(
        "privacy_requests",
        sa.Column("id", KEY, nullable=False),
        sa.Column("chat", sa.String(length=80), nullable=False),
        sa.Column("case_id", KEY, nullable=True),
        sa.Column("unit", sa.String(length=40), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("text", Sealed(), nullable=True),
        sa.Column("asked_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("due_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("done_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("result", sa.String(length=12), nullable=True),
        sa.Column("staff_id", KEY, nullable=True),
        sa.Column("outcome", Sealed(), nullable=True),
        _refers("chat", "privacy_requests", "chats.id"),
        _refers("case_id", "privacy_requests", "cases.id"),
        _refers("staff_id", "privacy_requests", "staff.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_requests")),
    )
    op.create_index("ix_privacy_requests_chat", "privacy_requests", ["chat", "id"])
    op.create_index(op.f("ix_privacy_requests_case_id"), "privacy_requests", ["case_id"])
    waiting = sa.text("done_at IS NULL")
    op.create_index(
        "ix_privacy_requests_waiting",
        "privacy_requests",
        ["due_at", "id"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )


def _make_alerts() -> None:
    op.add_column("staff", sa.Column("digested_on", sa.Date(), nullable=True))
    op.create_table(
        "telegram_codes",
        sa.Column("code", Fingerprint(length=64), nullable=False),
        sa.Column("staff_id", KEY, nullable=False),
        sa.Column("until", UtcDateTime(timezone=True), nullable=False),
        _refers("staff_id", "telegram_codes", "staff.id"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_telegram_codes")),
    )
    op.create_index(op.f("ix_telegram_codes_staff_id"), "telegram_codes", ["staff_id"])
    op.create_table(
        "alert_choices",
        sa.Column("staff_id", KEY, nullable=False),
        sa.Column("event", sa.String(length=20), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        _refers("staff_id", "alert_choices", "staff.id"),
        sa.PrimaryKeyConstraint("staff_id", "event", name=op.f("pk_alert_choices")),
    )
    op.create_table(
        "alert_cursors",
        sa.Column("source", sa.String(length=30), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_alert_cursors")),
    )
    op.create_table(
        "later_alerts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("staff_id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("key", sa.String(length=30), nullable=False),
        sa.Column("due_at", UtcDateTime(timezone=True), nullable=False),
        _refers("staff_id", "later_alerts", "staff.id"),
        _refers("case_id", "later_alerts", "cases.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_later_alerts")),
    )
    op.create_index(op.f("ix_later_alerts_due_at"), "later_alerts", ["due_at"])


def downgrade() -> None:
    """Take back."""
    for table in ("later_alerts", "alert_cursors", "alert_choices", "telegram_codes"):
        op.drop_table(table)
    op.drop_column("staff", "digested_on")
    op.drop_table("privacy_requests")
    op.drop_column("chats", "no_surveys")
    op.drop_column("messages", "outbox_id")
    for table in ("messages", "outbox"):
        op.drop_index(f"ix_{table}_file", table)
        op.drop_column(table, "file")

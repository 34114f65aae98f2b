"""Indexes for what walked through a table: files, drafts, waiting, silent and old rows."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

SILENT = (
    "(closed_at IS NULL AND owner_id IS NOT NULL AND code IS NOT NULL"
    " AND awaits = 'petugas' AND paused_on IS NULL) IS TRUE"
)
OPEN = "(closed_at IS NULL AND code IS NOT NULL) IS TRUE"
OWNED = "(closed_at IS NULL AND owner_id IS NOT NULL) IS TRUE"
PARTIAL = {
    ("ix_cases_owner", "cases"): (("owner_id", "due_on", "id"), OPEN),
    ("ix_cases_unit_owner", "cases"): (("unit", "owner_id", "due_on", "id"), OPEN),
    ("ix_cases_drafts", "cases"): (
        ("updated_at", "id"),
        "(closed_at IS NULL AND code IS NULL) IS TRUE",
    ),
    ("ix_cases_paused", "cases"): (
        ("status", "paused_on", "id"),
        "(closed_at IS NULL AND paused_on IS NOT NULL) IS TRUE",
    ),
    ("ix_cases_silent", "cases"): (
        ("updated_at", "id"),
        SILENT,
    ),
    ("ix_chats_to_erase", "chats"): (("id",), "erase_before IS NOT NULL"),
    ("ix_surveys_waiting", "surveys"): (
        ("invited_at", "id"),
        "(overall IS NULL AND reminded_at IS NULL AND closed_at IS NULL) IS TRUE",
    ),
}
WHOLE = {
    ("ix_attachments_name", "attachments"): ("name",),
    ("ix_escalations_case_id", "escalations"): ("case_id",),
    ("ix_escalations_closed", "escalations"): ("closed_at", "id"),
    ("ix_messages_at", "messages"): ("at",),
}


def upgrade() -> None:
    """Apply."""
    op.drop_index("ix_cases_owner", "cases")
    for (name, table), columns in WHOLE.items():
        op.create_index(name, table, columns)
    for (name, table), (columns, condition) in PARTIAL.items():
        where = sa.text(condition)
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """Take back."""
    for name, table in (*PARTIAL, *WHOLE):
        op.drop_index(name, table)
    op.create_index(
        "ix_cases_owner",
        "cases",
        ("owner_id", "due_on", "id"),
        sqlite_where=sa.text(OWNED),
        postgresql_where=sa.text(OWNED),
    )

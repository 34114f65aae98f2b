"""Indexes by which the erasure of a chat finds its messages that are over."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_inbox_handled", "inbox", "handled_at IS NOT NULL"),
    ("ix_outbox_done", "outbox", "done_at IS NOT NULL"),
)


def upgrade() -> None:
    """Apply."""
    for name, table, condition in INDEXES:
        where = sa.text(condition)
        op.create_index(name, table, ["chat"], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """Take back."""
    for name, table, _ in INDEXES:
        op.drop_index(name, table)

"""Indexes that find what waits without walking through everything that was ever handled.

SQLite preferred the order of the updates, and of the messages, to the indexes of the first
tables: a turn took longer with every turn before it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

UNHANDLED, NOT_DONE = sa.text("handled_at IS NULL"), sa.text("done_at IS NULL")


def upgrade() -> None:
    """Apply."""
    op.drop_index("ix_inbox_waiting", table_name="inbox")
    _index("ix_inbox_waiting", "inbox", ["source", "chat", "external_id"], UNHANDLED)
    _index("ix_outbox_due", "outbox", ["done_at", "id"], NOT_DONE)


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_outbox_due", table_name="outbox")
    op.drop_index("ix_inbox_waiting", table_name="inbox")
    _index("ix_inbox_waiting", "inbox", ["chat", "id"], UNHANDLED)


def _index(name: str, table: str, columns: list[str], only: sa.TextClause) -> None:
    op.create_index(name, table, columns, unique=False, sqlite_where=only, postgresql_where=only)

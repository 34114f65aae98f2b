"""What goes out first: answers, then notices, then what can wait."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


WAITING = "done_at IS NULL"


def _index(*columns: str) -> None:
    where = sa.text(WAITING)
    op.create_index(
        "ix_outbox_due", "outbox", list(columns), sqlite_where=where, postgresql_where=where
    )


def upgrade() -> None:
    """Apply."""
    urgency = sa.Column("urgency", sa.SmallInteger(), nullable=False, server_default="0")
    op.add_column("outbox", urgency)
    op.drop_index("ix_outbox_due", table_name="outbox")
    _index("done_at", "urgency", "id")


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_outbox_due", table_name="outbox")
    _index("done_at", "id")
    with op.batch_alter_table("outbox") as table:
        table.drop_column("urgency")

"""Files on their way to citizens, and how each message left."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

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


def downgrade() -> None:
    """Take back."""
    op.drop_column("messages", "outbox_id")
    for table in ("messages", "outbox"):
        op.drop_index(f"ix_{table}_file", table)
        op.drop_column(table, "file")

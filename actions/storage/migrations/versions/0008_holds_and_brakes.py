"""When a message was claimed or put off, and what is counted for each chat."""

import sqlalchemy as sa
from alembic import op

from actions.storage.types import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("held_at", UtcDateTime(timezone=True), nullable=True))
    with op.batch_alter_table("chats", schema=None) as batch_op:
        batch_op.add_column(sa.Column("brakes", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("chats", schema=None) as batch_op:
        batch_op.drop_column("brakes")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_column("held_at")

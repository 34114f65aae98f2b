"""Voices last so many seconds; which album came last is no longer asked."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seconds", sa.Integer(), nullable=True))

    with op.batch_alter_table("chats", schema=None) as batch_op:
        batch_op.drop_column("album")


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("chats", schema=None) as batch_op:
        batch_op.add_column(sa.Column("album", sa.String(length=80), nullable=True))

    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.drop_column("seconds")

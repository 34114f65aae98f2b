"""Voices last so many seconds; which album came last is no longer asked."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply. No table is copied: rows of others refer to these."""
    op.add_column("attachments", sa.Column("seconds", sa.Integer(), nullable=True))
    op.drop_column("chats", "album")


def downgrade() -> None:
    """Take back."""
    op.add_column("chats", sa.Column("album", sa.String(length=80), nullable=True))
    op.drop_column("attachments", "seconds")

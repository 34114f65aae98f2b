"""Citizens who save data: since when and how much, and the news that waits for their digest."""

import sqlalchemy as sa
from alembic import op

from actions.storage.types import Sealed, UtcDateTime

revision = "0020"
down_revision = "0016"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "held_news",
        sa.Column("id", KEY, nullable=False),
        sa.Column("chat", sa.String(length=80), nullable=False),
        sa.Column("payload", Sealed(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_news")),
    )
    op.create_index("ix_held_news_at", "held_news", ["at", "chat"])
    op.create_index("ix_held_news_chat", "held_news", ["chat"])
    op.add_column("chats", sa.Column("thrift", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Take back."""
    op.drop_column("chats", "thrift")
    op.drop_index("ix_held_news_chat", table_name="held_news")
    op.drop_index("ix_held_news_at", table_name="held_news")
    op.drop_table("held_news")

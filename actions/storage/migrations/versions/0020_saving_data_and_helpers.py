"""Citizens who save data, with the news that wait for their digest; who hands in for others."""

import sqlalchemy as sa
from alembic import op

from actions.storage.types import Sealed, UtcDateTime

revision = "0020"
down_revision = "0019"
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
    op.create_table(
        "case_helpers",
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("chat", sa.String(length=80), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("agreed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_helpers_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_helpers")),
    )
    op.create_index("ix_case_helpers_chat", "case_helpers", ["chat"])
    wrong = sa.Column("wrong", sa.Integer(), nullable=False, server_default="0")
    op.add_column("claim_codes", wrong)


def downgrade() -> None:
    """Take back."""
    op.drop_column("claim_codes", "wrong")
    op.drop_index("ix_case_helpers_chat", table_name="case_helpers")
    op.drop_table("case_helpers")
    op.drop_column("chats", "thrift")
    op.drop_index("ix_held_news_chat", table_name="held_news")
    op.drop_index("ix_held_news_at", table_name="held_news")
    op.drop_table("held_news")

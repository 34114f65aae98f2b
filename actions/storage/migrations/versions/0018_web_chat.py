"""The web chat: its browsers, its codes, its lines."""

import sqlalchemy as sa
from alembic import op

from actions.storage.types import Fingerprint, Sealed, UtcDateTime

revision = "0018"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "web_lines",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chat", sa.String(length=80), nullable=False),
        sa.Column("payload", Sealed(), nullable=False),
        sa.Column("nonce", sa.String(length=40), nullable=True),
        sa.Column("sent_as", Fingerprint(length=64), nullable=True),
        sa.Column("chosen", sa.Integer(), nullable=True),
        sa.Column("file", sa.String(length=80), nullable=True),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_lines")),
        sa.UniqueConstraint("chat", "nonce", name=op.f("uq_web_lines_chat")),
        sa.UniqueConstraint("sent_as", name=op.f("uq_web_lines_sent_as")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("web_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_web_lines_at"), ["at"], unique=False)
        batch_op.create_index("ix_web_lines_chat", ["chat", "id"], unique=False)
        batch_op.create_index(
            "ix_web_lines_file",
            ["file"],
            unique=False,
            sqlite_where=sa.text("file IS NOT NULL"),
            postgresql_where=sa.text("file IS NOT NULL"),
        )

    op.create_table(
        "web_chats",
        sa.Column("chat", sa.String(length=80), nullable=False),
        sa.Column("code", Fingerprint(length=64), nullable=True),
        sa.Column("code_made_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("seen_id", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["chat"], ["chats.id"], name=op.f("fk_web_chats_chat")),
        sa.PrimaryKeyConstraint("chat", name=op.f("pk_web_chats")),
        sa.UniqueConstraint("code", name=op.f("uq_web_chats_code")),
    )
    with op.batch_alter_table("web_chats", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_web_chats_code_made_at"), ["code_made_at"])

    op.create_table(
        "web_sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("chat", sa.String(length=80), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("seen_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["chat"], ["chats.id"], name=op.f("fk_web_sessions_chat")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_web_sessions")),
    )
    with op.batch_alter_table("web_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_web_sessions_chat"), ["chat"], unique=False)
        batch_op.create_index(batch_op.f("ix_web_sessions_seen_at"), ["seen_at"], unique=False)


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("web_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_web_sessions_seen_at"))
        batch_op.drop_index(batch_op.f("ix_web_sessions_chat"))

    op.drop_table("web_sessions")
    with op.batch_alter_table("web_chats", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_web_chats_code_made_at"))

    op.drop_table("web_chats")
    with op.batch_alter_table("web_lines", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_web_lines_file",
            sqlite_where=sa.text("file IS NOT NULL"),
            postgresql_where=sa.text("file IS NOT NULL"),
        )
        batch_op.drop_index("ix_web_lines_chat")
        batch_op.drop_index(batch_op.f("ix_web_lines_at"))

    op.drop_table("web_lines")

"""Updates that are set aside."""

import sqlalchemy as sa
from alembic import op

from actions.storage.types import Sealed, UtcDateTime

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "quarantine",
        sa.Column("id", KEY, nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("external_id", sa.BigInteger(), nullable=True),
        sa.Column("chat", sa.String(length=80), nullable=True),
        sa.Column("payload", Sealed(), nullable=True),
        sa.Column("failure", sa.String(length=200), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine")),
        sa.UniqueConstraint("source", "external_id", name=op.f("uq_quarantine_source")),
    )
    op.create_index(op.f("ix_quarantine_chat"), "quarantine", ["chat"], unique=False)


def downgrade() -> None:
    """Take back."""
    op.drop_index(op.f("ix_quarantine_chat"), table_name="quarantine")
    op.drop_table("quarantine")

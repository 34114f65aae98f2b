"""Reports without a name, in neutral words, of an office, and those that are public."""

import sqlalchemy as sa
from alembic import op

from actions.storage.types import UtcDateTime

revision = "0019"
down_revision = "0017"
branch_labels = None
depends_on = None

PUBLIC = sa.text("(may_publish AND published_at IS NOT NULL) IS TRUE")
NO = sa.false()


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("cases", schema=None) as batch_op:
        for name in ("anonymous", "discreet", "may_publish"):
            batch_op.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=NO))
        batch_op.add_column(sa.Column("reported", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("published_at", UtcDateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_cases_public",
        "cases",
        ["published_at", "id"],
        sqlite_where=PUBLIC,
        postgresql_where=PUBLIC,
    )


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_cases_public", table_name="cases")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        for name in ("published_at", "reported", "may_publish", "discreet", "anonymous"):
            batch_op.drop_column(name)

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
    for name in ("anonymous", "discreet", "may_publish"):
        op.add_column("cases", sa.Column(name, sa.Boolean(), nullable=False, server_default=NO))
    op.add_column("cases", sa.Column("reported", sa.String(length=200), nullable=True))
    op.add_column("cases", sa.Column("published_at", UtcDateTime(timezone=True), nullable=True))
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
    for name in ("published_at", "reported", "may_publish", "discreet", "anonymous"):
        op.drop_column("cases", name)

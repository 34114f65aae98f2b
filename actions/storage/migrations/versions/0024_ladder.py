"""An index for what is so late that those above its owner were told."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

LADDER = (
    "(closed_at IS NULL AND met_on IS NULL AND paused_on IS NULL"
    " AND code IS NOT NULL AND reminded >= 110) IS TRUE"
)
INDEXES = {
    "ix_cases_ladder": ("due_on", "id"),
    "ix_cases_unit_ladder": ("unit", "due_on", "id"),
}


def upgrade() -> None:
    """Apply."""
    where = sa.text(LADDER)
    for name, columns in INDEXES.items():
        op.create_index(name, "cases", columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """Take back."""
    for name in INDEXES:
        op.drop_index(name, "cases")

"""When an officer would not have a report on the public list; an index for those to decide on."""

import sqlalchemy as sa
from alembic import op

from actions.storage.types import UtcDateTime

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

CONDITION = (
    "(public_allowed_at IS NOT NULL AND public_at IS NULL"
    " AND public_refused_at IS NULL AND parent_id IS NULL"
    " AND NOT secret AND NOT anonymous AND NOT discreet) IS TRUE"
)
INDEXES = {
    "ix_cases_to_publish": ("public_allowed_at", "id"),
    "ix_cases_unit_to_publish": ("unit", "public_allowed_at", "id"),
}


def upgrade() -> None:
    """Apply."""
    column: sa.Column[object] = sa.Column(
        "public_refused_at", UtcDateTime(timezone=True), nullable=True
    )
    op.add_column("cases", column)
    where = sa.text(CONDITION)
    for name, columns in INDEXES.items():
        op.create_index(name, "cases", columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """Take back."""
    for name in INDEXES:
        op.drop_index(name, "cases")
    op.drop_column("cases", "public_refused_at")

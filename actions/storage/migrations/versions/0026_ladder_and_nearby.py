"""An index for what is so late that those above its owner were told; one that fits its list.

`ix_cases_nearby` said "open" in other words than the lists do, so that no list walked along it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

LADDER = (
    "(closed_at IS NULL AND met_on IS NULL AND paused_on IS NULL"
    " AND code IS NOT NULL AND reminded >= 110) IS TRUE"
)
OPEN = "closed_at IS NULL AND code IS NOT NULL"
INDEXES = {
    "ix_cases_ladder": ("due_on", "id"),
    "ix_cases_unit_ladder": ("unit", "due_on", "id"),
}
NEARBY = ("village", "slug", "id")


def upgrade() -> None:
    """Apply."""
    for name, columns in INDEXES.items():
        _index(name, columns, LADDER)
    op.drop_index("ix_cases_nearby", "cases")
    _index("ix_cases_nearby", NEARBY, f"({OPEN}) IS TRUE")


def downgrade() -> None:
    """Take back."""
    for name in INDEXES:
        op.drop_index(name, "cases")
    op.drop_index("ix_cases_nearby", "cases")
    _index("ix_cases_nearby", NEARBY, OPEN)


def _index(name: str, columns: tuple[str, ...], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, "cases", columns, sqlite_where=where, postgresql_where=where)

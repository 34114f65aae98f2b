"""Reports that anybody may see: allowed by their citizen, confirmed by an officer."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0018"
branch_labels = None
depends_on = None

WHERE = sa.text(
    "(public_at IS NOT NULL AND parent_id IS NULL"
    " AND NOT secret AND NOT anonymous AND NOT discreet) IS TRUE"
)


def _index(name: str, *columns: str) -> None:
    op.create_index(name, "cases", list(columns), sqlite_where=WHERE, postgresql_where=WHERE)


def upgrade() -> None:
    """Apply."""
    for name in ("public_allowed_at", "public_at"):
        op.add_column("cases", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("cases", sa.Column("public_place", sa.String(length=120), nullable=True))
    _index("ix_cases_public", "public_at", "id")
    _index("ix_cases_public_village", "village", "public_at", "id")


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_cases_public_village", table_name="cases")
    op.drop_index("ix_cases_public", table_name="cases")
    for name in ("public_place", "public_at", "public_allowed_at"):
        op.drop_column("cases", name)

"""Requirements that officers tick off, and an index for open cases alike in the same village."""

import sqlalchemy as sa
from alembic import op

from actions.storage.types import UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


OPEN = "closed_at IS NULL AND code IS NOT NULL"
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "case_checks",
        sa.Column("id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("item", sa.String(length=200), nullable=False),
        sa.Column("staff_id", KEY, nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_checks_case_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_case_checks_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_checks")),
        sa.UniqueConstraint("case_id", "item", name=op.f("uq_case_checks_case_id")),
    )
    op.create_index("ix_case_checks_case_id", "case_checks", ["case_id"])
    where = sa.text(OPEN)
    op.create_index(
        "ix_cases_nearby",
        "cases",
        ["village", "slug", "id"],
        sqlite_where=where,
        postgresql_where=where,
    )


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_cases_nearby", table_name="cases")
    op.drop_index("ix_case_checks_case_id", table_name="case_checks")
    op.drop_table("case_checks")

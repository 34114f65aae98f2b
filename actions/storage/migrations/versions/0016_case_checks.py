"""Requirements that officers tick off."""

import sqlalchemy as sa
from alembic import op

from actions.storage.types import UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


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


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_case_checks_case_id", table_name="case_checks")
    op.drop_table("case_checks")

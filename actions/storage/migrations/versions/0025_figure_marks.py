"""Figures that follow what changes: marks written with it, and days to be counted again."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "figure_marks",
        sa.Column("id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=True),
        sa.Column("survey_id", KEY, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_marks")),
    )
    stale: sa.Column[bool] = sa.Column(
        "stale", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("figure_days", stale)
    # Until now nobody noted what had changed: each of the last days is counted once more.
    days = sa.table("figure_days", sa.column("stale", sa.Boolean()))
    op.execute(days.update().values(stale=sa.true()))


def downgrade() -> None:
    """Take back."""
    op.drop_column("figure_days", "stale")
    op.drop_table("figure_marks")

"""Reports without a name, in neutral words, and of an office."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0017"
branch_labels = None
depends_on = None

NO = sa.false()


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("cases", schema=None) as batch_op:
        for name in ("anonymous", "discreet"):
            batch_op.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=NO))
        batch_op.add_column(sa.Column("reported", sa.String(length=200), nullable=True))


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("cases", schema=None) as batch_op:
        for name in ("reported", "discreet", "anonymous"):
            batch_op.drop_column(name)

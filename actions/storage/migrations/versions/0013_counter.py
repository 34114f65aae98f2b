"""What the counter needs: codes of receipts, and indexes by which cases are found."""

import sqlalchemy as sa
from alembic import op

from actions.storage.types import Fingerprint, UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SENT = sa.text("code IS NOT NULL")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "claim_codes",
        sa.Column("id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("code", Fingerprint(length=64), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("used_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_claim_codes_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_codes")),
        sa.UniqueConstraint("case_id", name=op.f("uq_claim_codes_case_id")),
    )
    op.create_index("ix_claim_codes_code", "claim_codes", ["code"])
    op.create_index("ix_cases_slug", "cases", ["slug", "id"])
    op.create_index("ix_cases_unit_slug", "cases", ["unit", "slug", "id"])
    op.drop_index("ix_cases_indexed_with", table_name="cases")
    op.create_index(
        "ix_cases_indexed_with",
        "cases",
        ["indexed_with"],
        sqlite_where=SENT,
        postgresql_where=SENT,
    )


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_cases_indexed_with", table_name="cases")
    op.create_index("ix_cases_indexed_with", "cases", ["indexed_with"])
    op.drop_index("ix_cases_unit_slug", table_name="cases")
    op.drop_index("ix_cases_slug", table_name="cases")
    op.drop_table("claim_codes")

"""The right to secret cases, break-glass, clocks that remind, and alerts of officers.

Until now every officer of a unit saw its secret cases, as did all supervisors and admins. Those
who work on them keep seeing them: officers of units that have such cases get the right. Nobody
else does; an admin gives it to supervisors one by one.
"""

import sqlalchemy as sa
from alembic import op

from actions.storage.types import Sealed, UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DATE, MOMENT = sa.Date(), UtcDateTime(timezone=True)
NEW = (("next_on", DATE), ("reminded", sa.Integer()), ("remind_at", MOMENT))
REMINDED, WAITING = "remind_at IS NOT NULL", "told_at IS NULL"
LATE = "late_cause IS NOT NULL"
KEPT = """
UPDATE staff SET sees_secret = true
WHERE role = 'petugas' AND unit IN (SELECT unit FROM cases WHERE secret AND code IS NOT NULL)
"""
WOUND = """
UPDATE cases SET remind_at = updated_at
WHERE closed_at IS NULL AND met_on IS NULL AND code IS NOT NULL
"""


def upgrade() -> None:
    """Apply."""
    op.add_column("staff_sessions", sa.Column("opened", sa.JSON(), nullable=True))
    op.add_column("access_log", sa.Column("reason", Sealed(), nullable=True))
    for name, kind in NEW:
        op.add_column("cases", sa.Column(name, kind, nullable=True))
    _index("ix_cases_remind_at", "cases", ["remind_at", "id"], REMINDED)
    _index("ix_cases_late_cause", "cases", ["closed_at", "unit", "late_cause"], LATE)
    _make_alerts()
    op.execute(KEPT)
    op.execute(WOUND)


def _index(name: str, table: str, columns: list[str], where: str) -> None:
    partial = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=partial, postgresql_where=partial)


def _make_alerts() -> None:
    op.create_table(
        "staff_alerts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("staff_id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("key", sa.String(length=30), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.Column("seen_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_alerts")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_alerts_staff_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_staff_alerts_case_id")),
    )
    op.create_index("ix_staff_alerts_case_id", "staff_alerts", ["case_id"])
    op.create_index("ix_staff_alerts_staff", "staff_alerts", ["staff_id", "id"])
    _index("ix_staff_alerts_waiting", "staff_alerts", ["id"], WAITING)


def downgrade() -> None:
    """Take back."""
    op.drop_table("staff_alerts")
    op.drop_index("ix_cases_remind_at", table_name="cases")
    op.drop_index("ix_cases_late_cause", table_name="cases")
    for name, _ in NEW:
        op.drop_column("cases", name)
    op.drop_column("access_log", "reason")
    op.drop_column("staff_sessions", "opened")

"""Columns that cases are found by, and the tables of the officers' work."""

import sqlalchemy as sa
from alembic import op

from actions.storage.types import Fingerprint, Sealed, UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


RENAME = "ALTER TABLE cases RENAME COLUMN {} TO {}"
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = "(closed_at IS NULL AND code IS NOT NULL) IS TRUE"
RUNNING = (
    "(closed_at IS NULL AND met_on IS NULL AND paused_on IS NULL AND code IS NOT NULL) IS TRUE"
)
URGENT = "(closed_at IS NULL AND urgent AND awaits = 'petugas') IS TRUE"
UNOWNED = "(closed_at IS NULL AND owner_id IS NULL AND awaits = 'petugas') IS TRUE"
INDEXES = (
    ("ix_cases_awaits", "awaits due_on id", OPEN),
    ("ix_cases_unit_awaits", "unit awaits due_on id", OPEN),
    ("ix_cases_urgent", "due_on id", URGENT),
    ("ix_cases_unit_urgent", "unit due_on id", URGENT),
    ("ix_cases_unowned", "due_on id", UNOWNED),
    ("ix_cases_unit_unowned", "unit due_on id", UNOWNED),
    ("ix_cases_answered", "answered_at id", "answered_at IS NOT NULL"),
    ("ix_cases_unit_answered", "unit answered_at id", "answered_at IS NOT NULL"),
    ("ix_cases_running", "due_on id", RUNNING),
    ("ix_cases_unit_running", "unit due_on id", RUNNING),
    (
        "ix_cases_owner",
        "owner_id due_on id",
        "(closed_at IS NULL AND owner_id IS NOT NULL) IS TRUE",
    ),
    ("ix_cases_submitted", "submitted_at id", None),
    ("ix_cases_closed", "closed_at id", None),
    ("ix_cases_unit_closed", "unit closed_at id", None),
    ("ix_cases_village", "village id", None),
    ("ix_cases_parent_id", "parent_id", None),
    ("ix_cases_indexed_with", "indexed_with", None),
)
AWAITED = {
    "warga": (
        "draf siap_diambil belum_lengkap perlu_dilengkapi menunggu_tanggapan"  # their citizen's
    ),
    "unit_lain": "dikoordinasikan diteruskan_lapor",
    "petugas": "diajukan diperiksa menunggu_tanda_tangan diterima diverifikasi didisposisikan "
    "diproses dijadwalkan dibuka_kembali",
}


def upgrade() -> None:
    """Apply."""
    _make_tables()
    op.add_column("case_events", sa.Column("data", sa.JSON(), nullable=True))
    op.add_column("staff", sa.Column("village", sa.String(length=80), nullable=True))
    op.add_column(
        "staff", sa.Column("sees_secret", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    _widen_cases()
    _fill_in()


def _widen_cases() -> None:
    op.drop_index("ix_cases_original_id", table_name="cases")
    op.execute(RENAME.format("original_id", "parent_id"))
    op.add_column("cases", sa.Column("owner_id", KEY, nullable=True))
    op.add_column("cases", sa.Column("village", sa.String(length=80), nullable=True))
    op.add_column(
        "cases",
        sa.Column("channel", sa.String(length=12), nullable=False, server_default="tg"),
    )
    op.add_column(
        "cases",
        sa.Column("awaits", sa.String(length=12), nullable=False, server_default="selesai"),
    )
    op.add_column("cases", sa.Column("promised_on", sa.Date(), nullable=True))
    op.add_column("cases", sa.Column("met_on", sa.Date(), nullable=True))
    op.add_column("cases", sa.Column("answered_at", UtcDateTime(timezone=True), nullable=True))
    op.add_column("cases", sa.Column("late_cause", sa.String(length=30), nullable=True))
    op.add_column("cases", sa.Column("indexed_with", sa.String(length=12), nullable=True))
    for name, columns, where in INDEXES:
        partial = None if where is None else sa.text(where)
        op.create_index(
            name, "cases", columns.split(), sqlite_where=partial, postgresql_where=partial
        )


def _fill_in() -> None:
    """What the new columns say of cases that are there: all but their villages, which are sealed.

    Of cases that are over the day they ended counts as the day on which the promise was met.
    """
    cases = sa.table(
        "cases",
        *(sa.column(name) for name in ("id", "status", "awaits", "due_on", "promised_on")),
        *(sa.column(name) for name in ("met_on", "closed_at", "updated_at", "submitted_at")),
        *(sa.column(name) for name in ("code", "channel", "chat")),
    )
    for awaits, statuses in AWAITED.items():
        op.execute(
            cases.update().where(cases.c.status.in_(statuses.split())).values(awaits=awaits)
        )
    op.execute(cases.update().values(promised_on=cases.c.due_on))
    met = sa.or_(cases.c.closed_at.is_not(None), cases.c.status == "siap_diambil")
    day = sa.func.date(sa.func.coalesce(cases.c.closed_at, cases.c.updated_at))
    op.execute(cases.update().where(met, cases.c.code.is_not(None)).values(met_on=day))
    op.execute(cases.update().where(cases.c.chat.like("term:%")).values(channel="term"))
    promises = sa.table(
        "promises",
        *(sa.column(name) for name in ("case_id", "made_at", "due_on", "outcome", "settled_on")),
    )
    outcome = sa.case(
        (cases.c.met_on.is_(None), None),
        (cases.c.met_on > cases.c.due_on, "dilanggar"),
        (cases.c.status.in_(["dibatalkan", "dicabut", "kedaluwarsa"]), "gugur"),
        else_="ditepati",
    )
    made = sa.select(
        cases.c.id, cases.c.submitted_at, cases.c.due_on, outcome, cases.c.met_on
    ).where(cases.c.submitted_at.is_not(None), cases.c.due_on.is_not(None))
    op.execute(
        promises.insert().from_select(
            ["case_id", "made_at", "due_on", "outcome", "settled_on"], made
        )
    )


def _key(
    column: str, table: str, of: str, *, nullable: bool = False
) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column(column, KEY, nullable=nullable),
        sa.ForeignKeyConstraint([column], [f"{of}.id"], name=op.f(f"fk_{table}_{column}")),
    ]


def _make(table: str, *items: sa.schema.SchemaItem) -> None:
    primary = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))
    op.create_table(table, sa.Column("id", KEY, nullable=False), *items, primary)


def _make_tables() -> None:
    _make(
        "templates",
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("text", sa.String(length=3000), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=True),
        sa.Column("status", sa.String(length=30), nullable=True),
        sa.Column("file", sa.String(length=80), nullable=True),
        sa.Column("file_mime", sa.String(length=60), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
        *_key("updated_by", "templates", "staff", nullable=True),
    )
    op.create_index("ix_templates_unit", "templates", ["unit"])
    _make(
        "case_notes",
        *_key("case_id", "case_notes", "cases"),
        *_key("staff_id", "case_notes", "staff"),
        sa.Column("text", Sealed(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_case_notes_case_id", "case_notes", ["case_id"])
    _make(
        "promises",
        *_key("case_id", "promises", "cases"),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
    )
    op.create_index("ix_promises_case_id", "promises", ["case_id"])
    op.create_index("ix_promises_settled_on", "promises", ["settled_on"])
    _make(
        "search_terms",
        *_key("case_id", "search_terms", "cases"),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("term", Fingerprint(length=64), nullable=False),
    )
    op.create_index("ix_search_terms_case_id", "search_terms", ["case_id"])
    op.create_index("ix_search_terms_term", "search_terms", ["kind", "term", "case_id"])
    _make_transfers()


def _make_transfers() -> None:
    _make(
        "transfers",
        *_key("case_id", "transfers", "cases"),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("from_unit", sa.String(length=40), nullable=False),
        sa.Column("to_unit", sa.String(length=40), nullable=False),
        *_key("sent_by", "transfers", "staff"),
        sa.Column("note", Sealed(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        *_key("answered_by", "transfers", "staff", nullable=True),
        sa.Column("answer", Sealed(), nullable=True),
        sa.Column("answered_at", UtcDateTime(timezone=True), nullable=True),
    )
    op.create_index("ix_transfers_case_id", "transfers", ["case_id"])
    waiting = sa.text("answered_at IS NULL")
    op.create_index(
        "ix_transfers_waiting",
        "transfers",
        ["to_unit", "id"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )


def downgrade() -> None:
    """Take back."""
    for name, _, _ in reversed(INDEXES):
        op.drop_index(name, table_name="cases")
    for column in ["owner_id", "village", "channel", "awaits", "promised_on", "met_on"]:
        op.drop_column("cases", column)
    for column in ["answered_at", "late_cause", "indexed_with"]:
        op.drop_column("cases", column)
    op.execute(RENAME.format("parent_id", "original_id"))
    op.create_index("ix_cases_original_id", "cases", ["original_id"])
    op.drop_column("staff", "sees_secret")
    op.drop_column("staff", "village")
    op.drop_column("case_events", "data")
    for table in ("transfers", "search_terms", "promises", "case_notes", "templates"):
        op.drop_table(table)

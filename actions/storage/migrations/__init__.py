"""Numbered Alembic migrations with one head; the tests' databases are built by them."""

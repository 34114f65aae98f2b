"""Tables, engine and migrations. SQLite by default, PostgreSQL with the same code."""

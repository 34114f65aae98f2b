"""Use cases on an open transaction. The edge opens it and commits; nothing here does."""

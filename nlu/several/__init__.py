"""Finds several wishes in one message, and what a message says that it does not mean."""

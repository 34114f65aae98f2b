"""Fills an empty installation with invented citizens and their cases, few or a million."""

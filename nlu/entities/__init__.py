"""Finds entities by rule: pure functions from a text to spans, no Rasa."""

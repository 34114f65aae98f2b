"""Plays golden conversations: files that read like a chat, with what must come back."""

"""The same dialogue in a terminal: through the same inbox, turns and outbox as Telegram."""

"""How people and machines reach the service: Telegram, terminal, staff console, start-up."""

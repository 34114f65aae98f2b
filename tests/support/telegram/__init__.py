"""A strict Bot API on the loopback, and people who use it as Telegram lets them."""

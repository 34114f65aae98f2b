"""The staff console: a small server-rendered site for officers."""

from bot.console.app import make_console

__all__ = ["make_console"]

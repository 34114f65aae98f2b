"""`python -m bot`: run, chat, train, migrate, staff, check, nlu."""

from bot.commands import cli

if __name__ == "__main__":
    cli(prog_name="python -m bot")

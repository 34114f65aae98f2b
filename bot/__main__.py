"""`python -m bot`: run, chat, train, migrate, keys, staff, check, nlu, ..."""

import os

from bot.commands import cli

if __name__ == "__main__":
    os.umask(0o077)  # what is written here is nobody else's
    cli(prog_name="python -m bot")

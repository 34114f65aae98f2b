"""The set-up: finds the installer and Pythons, and keeps both environments current.

Runs before anything is installed, so it uses the standard library alone.
"""


class InstallationError(Exception):
    """The set-up cannot go on; its text says what to do."""

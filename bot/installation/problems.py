"""What can go wrong while installing, said to the person who installs."""


class InstallationError(Exception):
    """The set-up cannot go on; its text says what to do."""

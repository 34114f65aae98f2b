"""The keys of this installation: from the settings, else from its key file."""

from actions.storage.engine import engine_at
from actions.storage.keys import FileVault, KeyFile, KeyProblemError
from actions.storage.sealing import forget_keys, holds_nothing, refuse_wrong_key
from actions.storage.vault import Vault, WrongKeyError
from bot.settings import Settings

MISSING = (
    "The secret key is missing: {path} is not there, and the database holds data that only its "
    "key opens. Put the file back from your copy, or the key into SECRET_KEY."
)
NONE_YET = (
    "There is no secret key: {path} is not there, and SECRET_KEY is empty. Put the key there that "
    "the data was sealed with, and run this again."
)
WRONG = (
    "The secret key is not the one that this database was sealed with. Put the right one back "
    "into {place}. Nothing was changed."
)
NOT_KEPT = "The secret key could not be written to {path}: {why}. Nothing was started."


def key_file(settings: Settings) -> KeyFile:
    """Where keys are kept that the settings do not give."""
    return KeyFile(settings.var_dir / "secret.key")


def key_place(settings: Settings) -> str:
    """Where an operator finds the keys."""
    in_settings = settings.secret_key.get_secret_value()
    return "SECRET_KEY and OLDER_KEY" if in_settings else str(key_file(settings).path)


def read_vault(settings: Settings) -> Vault:
    """A vault with the keys that are there; raises KeyProblemError when there are none."""
    given = (settings.secret_key.get_secret_value(), settings.older_key.get_secret_value())
    file = key_file(settings)
    if given[0]:
        return Vault(*filter(None, given))
    if not file.exists():
        raise KeyProblemError(NONE_YET.format(path=file.path))
    return FileVault(file)


async def unlock(settings: Settings) -> Vault:
    """The vault that opens the database.

    The first key is made here, for a database that holds nothing; raises KeyProblemError for
    one that holds data of another key.
    """
    file = key_file(settings)
    if not settings.secret_key.get_secret_value() and not file.exists():
        await _begin_afresh(settings, file)
        _create(file)
    vault = read_vault(settings)
    async with engine_at(settings.database, vault) as engine:
        try:
            await refuse_wrong_key(engine)
        except WrongKeyError:
            raise KeyProblemError(WRONG.format(place=key_place(settings))) from None
    return vault


async def _begin_afresh(settings: Settings, file: KeyFile) -> None:
    """Raise KeyProblemError where a new key would shut out what is there."""
    async with engine_at(settings.database, Vault("")) as engine:
        if not await holds_nothing(engine):
            raise KeyProblemError(MISSING.format(path=file.path))
        await forget_keys(engine)


def _create(file: KeyFile) -> None:
    try:
        file.create()
    except OSError as error:
        raise KeyProblemError(NOT_KEPT.format(path=file.path, why=error.strerror)) from None

"""Tells a database that is busy, away or restarting from a mistake in our code."""

import errno

from sqlalchemy.exc import DBAPIError, IntegrityError, PendingRollbackError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm.exc import StaleDataError

# SQLSTATE classes: connection, rolled back, resources, object in use, operator, system.
_PASSING_CLASSES = ("08", "40", "53", "55", "57", "58")
_PASSING_SQLITE = ("BUSY", "LOCKED", "IOERR", "FULL", "CANTOPEN", "PROTOCOL", "NOMEM", "READONLY")
_CUT = "8s2b"
"""SQLAlchemy's code for a statement on a connection that was found cut within its transaction."""
_ABOUT_FILES = (
    FileNotFoundError,
    FileExistsError,
    PermissionError,
    IsADirectoryError,
    NotADirectoryError,
)
_ABOUT_VALUES = frozenset({errno.EINVAL, errno.EDOM, errno.ERANGE, errno.EOVERFLOW, errno.EILSEQ})
"""What the system says of a value, such as a date, that it cannot take, now or later."""


def is_passing(error: BaseException) -> bool:
    """Whether the same transaction may succeed later because the database was the trouble."""
    if isinstance(error, PoolTimeoutError):
        return True
    if isinstance(error, PendingRollbackError):  # its other code is a mistake of ours
        return error.code == _CUT
    if isinstance(error, OSError):  # nobody answers at the database's address
        return not isinstance(error, _ABOUT_FILES) and error.errno not in _ABOUT_VALUES
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    cause = error.orig if isinstance(error, DBAPIError) else error
    state = getattr(cause, "sqlstate", None) or ""
    name = getattr(cause, "sqlite_errorname", None) or ""
    return state.startswith(_PASSING_CLASSES) or name.startswith(
        tuple(f"SQLITE_{kind}" for kind in _PASSING_SQLITE)
    )


def took_too_long(error: BaseException) -> bool:
    """Whether a statement was ended because its time was over (see `engine.reading`)."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    ended = ("57014", "SQLITE_INTERRUPT")
    return any(getattr(cause, name, None) in ended for name in ("sqlstate", "sqlite_errorname"))


def name_of(error: BaseException) -> str:
    """What went wrong, in a word: what SQLAlchemy wraps says more than the wrapping."""
    return type(getattr(error, "orig", None) or error).__name__


def is_race(error: BaseException) -> bool:
    """Whether somebody else changed the same rows, so that taking them anew may succeed."""
    return isinstance(error, IntegrityError | StaleDataError)

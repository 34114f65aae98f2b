"""A folder for temporary files that outlives nobody: removed at the end, or by the next start.

Its owner holds a lock on it, which the kernel takes away when the owner dies. Rasa and what it
stands on leave files behind, so all of them are told to put theirs here.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def scratch(parent: Path) -> Iterator[Path]:
    """Let everything temporary of this process lie in a new folder below `parent`."""
    parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    remove_abandoned(parent)
    folder, lock = _owned(parent)
    before = tempfile.tempdir, os.environ.get("TMPDIR")
    tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
    try:
        yield folder
    finally:
        tempfile.tempdir = before[0]
        _set_back("TMPDIR", before[1])
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _owned(parent: Path) -> tuple[Path, int]:
    """A new folder and its lock; another start may take one for abandoned before it is locked."""
    while True:
        folder = Path(tempfile.mkdtemp(dir=parent))
        lock = _locked(folder)
        if lock is not None and folder.exists():
            return folder, lock
        if lock is not None:
            os.close(lock)


def remove_abandoned(parent: Path) -> None:
    """Remove the folders whose owners are no more."""
    for folder in parent.iterdir():
        lock = _locked(folder) if folder.is_dir() else None
        if lock is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(lock)


def _locked(folder: Path) -> int | None:
    """A descriptor that holds the folder until it is closed; None where somebody else does."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _set_back(name: str, value: str | None) -> None:
    if value is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = value

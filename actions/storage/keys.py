"""The file of secret keys: one a line, the current one first. Always whole, or not there."""

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

from actions.storage.vault import Key, Vault

MIN_SECRET = 32
UNUSABLE = (
    "{path} is damaged: a key is one line of {least} or more plain characters. Put the file of "
    "your last copy there. Nothing was changed."
)


class KeyProblemError(Exception):
    """There is no key that can be used; the message says why, and what to do."""


class KeyFile:
    """The keys of an installation that has none in its settings."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def exists(self) -> bool:
        """Whether there is a file, sound or not."""
        return self.path.exists()

    def read(self) -> tuple[str, ...]:
        """The keys; raises KeyProblemError for a file that holds anything else."""
        lines = tuple(line.strip() for line in self._text().splitlines() if line.strip())
        if not lines or any(len(line) < MIN_SECRET for line in lines):
            raise self._unusable()
        return lines

    def _text(self) -> str:
        try:
            return self.path.read_text(encoding="ascii")
        except UnicodeDecodeError:
            raise self._unusable() from None

    def _unusable(self) -> KeyProblemError:
        return KeyProblemError(UNUSABLE.format(path=self.path, least=MIN_SECRET))

    def create(self) -> None:
        """Write a first key, unless another process was quicker: then its key stays."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._written(_new_secret()) as whole, contextlib.suppress(FileExistsError):
            os.link(whole, self.path)

    def add(self) -> None:
        """Put a new key before the others, which stay to open what they sealed."""
        self._replace(_new_secret(), *self.read())

    def drop_older(self) -> None:
        """Keep the current key alone."""
        self._replace(self.read()[0])

    def _replace(self, *lines: str) -> None:
        with self._written(*lines) as whole:
            whole.replace(self.path)

    @contextlib.contextmanager
    def _written(self, *lines: str) -> Iterator[Path]:
        """A file on the disk, complete, beside ours; it is ours only by one step after that."""
        with NamedTemporaryFile("w", dir=self.path.parent, delete=False) as file:
            whole = Path(file.name)
            try:
                file.write("".join(f"{line}\n" for line in lines))
                file.flush()
                os.fsync(file.fileno())
                yield whole
                _sync_folder(self.path.parent)
            finally:
                whole.unlink(missing_ok=True)

    def stamp(self) -> tuple[int, int] | None:
        """Differs once the file was replaced; None while it is not there."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns


def _new_secret() -> str:
    return secrets.token_urlsafe(48)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class FileVault(Vault):
    """A vault whose keys another process may change: it reads the file again when it did.

    A file that is gone or damaged meanwhile changes nothing before the next start.
    """

    def __init__(self, file: KeyFile) -> None:
        self._file, self._stamp = file, file.stamp()
        super().__init__(*file.read())

    @property
    def current(self) -> Key:
        """The key that seals, as the file says now."""
        self._look()
        return super().current

    def key(self, name: str) -> Key:
        """The key of an id; raises WrongKeyError for one that is not in the file either."""
        if name not in self.ids:
            self._look()
        return super().key(name)

    def _look(self) -> None:
        stamp = self._file.stamp()
        if stamp != self._stamp:
            self._stamp = stamp
            with contextlib.suppress(OSError, KeyProblemError):
                self._take(self._file.read())

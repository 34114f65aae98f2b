"""The file of a backup: a tar of members, and a manifest with the hash of each."""

import hashlib
import io
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pydantic import BaseModel, ValidationError

FORMAT = 1
MANIFEST = "manifest.json"
BLOCK = 1024 * 1024


class BackupError(Exception):
    """It was not made, or not put back; the message says why, and what to do."""


class Manifest(BaseModel):
    """What is in a backup. `key_check` can only be opened with the key of the installation."""

    format: int = FORMAT
    made_at: str
    database: str
    revision: str
    key_check: str
    members: dict[str, str]


class _Hashing:
    """A file that hashes what is read from it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read, as tarfile does."""
        block = self._file.read(size)
        self._digest.update(block)
        return block

    @property
    def hash(self) -> str:
        """Of what was read so far."""
        return self._digest.hexdigest()


class Writer:
    """Adds members; `hashes` is what the manifest says of them."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.hashes: dict[str, str] = {}

    def add(self, name: str, path: Path) -> None:
        """Add a file; raises FileNotFoundError."""
        with path.open("rb") as file:
            info = _info(name, os.fstat(file.fileno()).st_size)
            hashing = _Hashing(file)
            self._tar.addfile(info, hashing)
        self.hashes[name] = hashing.hash

    def finish(self, manifest: Manifest) -> None:
        """Add the manifest, which comes last: what was cut off has none."""
        text = manifest.model_dump_json(indent=1).encode()
        self._tar.addfile(_info(MANIFEST, len(text)), io.BytesIO(text))


def _info(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


@contextmanager
def writing(partial: Path, target: Path) -> Iterator[Writer]:
    """Write to `partial`; give it its name once it is whole and on the disk.

    Raises FileExistsError where something has that name by then.
    """
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
            yield Writer(tar)
        file.flush()
        os.fsync(file.fileno())
    os.link(partial, target)
    _sync(target.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Reader:
    """A backup that was opened; its members are hashed whenever they are read."""

    def __init__(self, tar: tarfile.TarFile, manifest: Manifest) -> None:
        self._tar = tar
        self.manifest = manifest

    def take(self, name: str, target: Path | None = None) -> None:
        """Read one member, into `target` if it is given; raises BackupError when it is damaged."""
        with (target or Path(os.devnull)).open("wb") as out:
            hashing = _Hashing(_member(self._tar, name))
            while block := hashing.read(BLOCK):
                out.write(block)
            out.flush()
        if hashing.hash != self.manifest.members[name]:
            raise BackupError(f"The backup is damaged: {name} is not what was put into it.")


@contextmanager
def opened(path: Path) -> Iterator[Reader]:
    """Open a backup; raises BackupError when it is none, or not a whole one."""
    if not path.exists():
        raise BackupError(f"{path} is not there.")
    try:
        with tarfile.open(path, mode="r:") as tar:
            text = _member(tar, MANIFEST).read()
            yield Reader(tar, Manifest.model_validate_json(text))
    except (tarfile.TarError, ValidationError, EOFError):
        raise BackupError(f"{path} is not a whole backup of Balai.") from None


def _member(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    try:
        file = tar.extractfile(name)
    except KeyError:
        file = None
    if file is None:
        raise BackupError(f"The backup is not whole: it has no {name}.")
    return file

"""Files of citizens and officers, re-encoded by `storage.scrub`, and what we make for citizens.

They are kept sealed outside the web root, and named by a keyed hash of what they hold: who has no
key cannot tell whether a known file is among them.
"""

import asyncio
import contextlib
import io
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from actions.domain.messages import FileFault, FileKind, StoredFile
from actions.storage import file_sealing
from actions.storage.file_sealing import HEADER, DamagedFileError
from actions.storage.scrubber import scrubbed
from actions.storage.vault import Vault, WrongKeyError

MAX_SIZE = 10 * 1024 * 1024
MAX_SECONDS = 20.0
AT_ONCE = 2
NAME = re.compile(r"[0-9a-f]{64}\.(?:jpg|pdf|html|ogg)")
SUFFIX = {
    "image/jpeg": ".jpg",
    "application/pdf": ".pdf",
    "text/html": ".html",
    "audio/ogg": ".ogg",
}
MIME = {suffix: mime for mime, suffix in SUFFIX.items()}
PDF_MAGIC, VOICE_MAGIC = b"%PDF-", b"OggS"
BEGINS = {PDF_MAGIC: "application/pdf", b"<!doctype html>": "text/html", VOICE_MAGIC: "audio/ogg"}
TOO_LARGE = FileFault("terlalu_besar")
UNREADABLE = {
    FileKind.PHOTO: FileFault("bukan_gambar"),
    FileKind.DOCUMENT: FileFault("bukan_dokumen"),
    FileKind.VOICE: FileFault("bukan_suara"),
}


def paper_kind(raw: bytes) -> FileKind:
    """Whether a file of a form is a PDF or else has to be a picture, by how it begins."""
    return FileKind.DOCUMENT if raw.startswith(PDF_MAGIC) else FileKind.PHOTO


class Files:
    """The attachments folder."""

    def __init__(self, folder: Path, vault: Vault, *, seconds: float = MAX_SECONDS) -> None:
        self._folder, self._vault = folder, vault
        self._seconds = seconds
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def store(self, raw: bytes, kind: FileKind) -> StoredFile | FileFault:
        """Check, re-encode and keep a file; the same content is kept once."""
        if len(raw) > MAX_SIZE:
            return TOO_LARGE
        async with self._turns:
            clean = await scrubbed(raw, kind, self._seconds)
        if clean is None:
            return UNREADABLE[kind]
        if len(clean.content) > MAX_SIZE:
            return TOO_LARGE
        kept = await asyncio.to_thread(self._keep, clean.content)
        return replace(kept, seconds=clean.seconds, place=clean.place)

    async def keep_page(self, page: str) -> StoredFile:
        """Keep a page that we made ourselves, which begins as HTML does."""
        return await asyncio.to_thread(self._keep, page.encode())

    def _keep(self, clean: bytes) -> StoredFile:
        mime = next((m for magic, m in BEGINS.items() if clean.startswith(magic)), "image/jpeg")
        name = self._vault.fingerprint(clean) + SUFFIX[mime]
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            os.utime(path)  # young again, so that the sweep leaves it alone
        else:
            with _whole(path) as file:
                file_sealing.seal(self._vault.current, io.BytesIO(clean), file)
        return StoredFile(name, mime, len(clean))

    def path(self, name: str) -> Path:
        """Where a stored file lies; raises ValueError for a name that `store` never gives."""
        if not NAME.fullmatch(name):
            raise ValueError("not the name of a stored file")
        return self._folder / name[:2] / name

    def content(self, name: str) -> Iterator[bytes]:
        """What a stored file holds, piece by piece.

        Raises FileNotFoundError, WrongKeyError, or DamagedFileError.
        """
        with self.path(name).open("rb") as file:
            yield from file_sealing.opened(self._vault, file)

    def older(self) -> list[str]:
        """The names of the files that an older key seals still."""
        stored = (path for path in self._folder.glob("*/*") if NAME.fullmatch(path.name))
        return [path.name for path in stored if self._is_older(path)]

    def _is_older(self, path: Path) -> bool:
        with contextlib.suppress(FileNotFoundError, DamagedFileError), path.open("rb") as file:
            older = self._vault.ids - {self._vault.current.id}
            return file_sealing.key_id(file.read(HEADER)) in older
        return False

    def reseal(self, name: str) -> None:
        """Seal a file with the current key; what is damaged or of no key here stays as it is."""
        path = self.path(name)
        with contextlib.suppress(FileNotFoundError, WrongKeyError, DamagedFileError):
            plain, old = io.BytesIO(b"".join(self.content(name))), path.stat()
            with _whole(path) as file:
                file_sealing.seal(self._vault.current, plain, file)
                file.flush()
                os.utime(file.name, ns=(old.st_atime_ns, old.st_mtime_ns))
                path.stat()  # raises where it was erased meanwhile: it must not come back

    def remove(self, names: Iterable[str], older_than: datetime) -> frozenset[str]:
        """Delete files that nobody has any more; returns which are gone.

        A younger one may just have been sent by somebody else, whose turn is not over.
        """
        gone = set()
        for name in names:
            path = self.path(name)
            if not path.exists() or path.stat().st_mtime < older_than.timestamp():
                path.unlink(missing_ok=True)
                gone.add(name)
        return frozenset(gone)

    def shelves(self) -> list[str]:
        """The folders that files lie in: some hundreds, however many files there are."""
        return sorted(path.name for path in self._folder.glob("*/"))

    def old_on(self, shelf: str, older_than: datetime) -> list[str]:
        """What lies in one of them and was not stored lately, unfinished files too."""
        paths = (self._folder / shelf).iterdir()
        return sorted(path.name for path in paths if _is_old(path, older_than))

    def sweep(self, shelf: str, unused: Iterable[str], older_than: datetime) -> int:
        """Delete what nobody needs, unless it was stored again meanwhile; returns how many."""
        paths = [self._folder / shelf / name for name in unused]
        gone = [path for path in paths if _is_old(path, older_than)]
        for path in gone:
            path.unlink(missing_ok=True)
        return len(gone)


def _is_old(path: Path, older_than: datetime) -> bool:
    return path.exists() and path.stat().st_mtime < older_than.timestamp()


@contextlib.contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    """Put the whole file there or nothing, also when the power fails."""
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            Path(file.name).unlink()
            raise
    Path(file.name).replace(path)

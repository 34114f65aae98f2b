"""Citizens' files: re-encoded by `storage.scrub`, kept by content hash outside the web root."""

import asyncio
import hashlib
import os
import re
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from actions.domain.messages import FileFault, FileKind, StoredFile
from actions.storage.scrubber import scrubbed

MAX_SIZE = 10 * 1024 * 1024
MAX_SECONDS = 20.0
AT_ONCE = 2
NAME = re.compile(r"[0-9a-f]{64}\.(?:jpg|pdf)")
SUFFIX = {"image/jpeg": ".jpg", "application/pdf": ".pdf"}
MIME = {suffix: mime for mime, suffix in SUFFIX.items()}
TOO_LARGE = FileFault("terlalu_besar")
UNREADABLE = {
    FileKind.PHOTO: FileFault("bukan_gambar"),
    FileKind.DOCUMENT: FileFault("bukan_dokumen"),
}


class Files:
    """The attachments folder."""

    def __init__(self, folder: Path, *, seconds: float = MAX_SECONDS) -> None:
        self._folder = folder
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
        if len(clean) > MAX_SIZE:
            return TOO_LARGE
        return await asyncio.to_thread(self._keep, clean)

    def _keep(self, clean: bytes) -> StoredFile:
        mime = "application/pdf" if clean.startswith(b"%PDF-") else "image/jpeg"
        name = hashlib.sha256(clean).hexdigest() + SUFFIX[mime]
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            os.utime(path)  # young again, so that the sweep leaves it alone
        else:
            _write(path, clean)
        return StoredFile(name, mime, len(clean))

    def path(self, name: str) -> Path:
        """Where a stored file lies; raises ValueError for a name that `store` never gives."""
        if not NAME.fullmatch(name):
            raise ValueError("not the name of a stored file")
        return self._folder / name[:2] / name

    def sweep(self, in_use: frozenset[str], older_than: datetime) -> int:
        """Delete what no request needs and nobody stored lately; returns how many."""
        gone = 0
        for path in self._folder.glob("*/*"):
            old = path.stat().st_mtime < older_than.timestamp()
            if old and path.name not in in_use:
                path.unlink(missing_ok=True)
                gone += 1
        return gone


def _write(path: Path, content: bytes) -> None:
    """Put the whole file there or nothing, also when the power fails."""
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)

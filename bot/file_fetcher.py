"""Gets a citizen's file and has it checked and kept, beside the turns and not within them.

Those of one turn are fetched beside each other. Few are under way in all, so that their bytes fit
into memory and their connections leave enough for answers.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace

from actions.domain.messages import FileFault, SentFile, StoredFile
from actions.storage.files import MAX_SIZE, TOO_LARGE
from bot.channels import Channel, FetchError
from bot.dependencies import Dependencies, describe_error

log = logging.getLogger(__name__)

AT_ONCE = 8
FETCH_WITHIN = 45.0
"""Seconds for a download with all its tries: a line that trickles is given up."""
NOT_FETCHED = FileFault("gagal_unduh")


class FileFetcher:
    """The files of one channel."""

    def __init__(self, channel: Channel, deps: Dependencies) -> None:
        self._channel, self._deps = channel, deps
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def fetch_all(self, files: Sequence[SentFile]) -> dict[str, StoredFile | FileFault]:
        """Each file as it is kept, or why it is not, by its `ref`."""
        found = await asyncio.gather(*map(self.fetch, files))
        return {file.ref: kept for file, kept in zip(files, found, strict=True)}

    async def fetch(self, file: SentFile) -> StoredFile | FileFault:
        """The file as it is kept, or why it is not."""
        if file.size > MAX_SIZE:
            return TOO_LARGE
        async with self._slots:
            return await self._fetch(file)

    async def _fetch(self, file: SentFile) -> StoredFile | FileFault:
        try:
            async with asyncio.timeout(FETCH_WITHIN):
                raw = await self._channel.fetch(file)
        except (FetchError, TimeoutError):
            log.warning("file not fetched")
            return NOT_FETCHED
        try:
            return await self._heard(await self._deps.files.store(raw, file.kind))
        except OSError as error:
            log.error("file not kept", extra={"failure": describe_error(error)})
            return NOT_FETCHED

    async def _heard(self, stored: StoredFile | FileFault) -> StoredFile | FileFault:
        """A voice with its words, where something here reads voices."""
        files, transcriber = self._deps.files, self._deps.transcriber
        if transcriber is None or isinstance(stored, FileFault) or not stored.seconds:
            return stored
        sound = await asyncio.to_thread(lambda: b"".join(files.content(stored.name)))
        return replace(stored, words=await transcriber.transcribe(sound))

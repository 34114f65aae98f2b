"""Files that officers send: checked and scrubbed like those of citizens, before they are kept."""

import asyncio

from actions.domain.messages import FileKind, StoredFile
from actions.storage.files import VOICE_MAGIC, paper_kind
from bot.console.context import Console
from bot.http import forms


class BadFileError(Exception):
    """A file that is no picture, PDF or voice, is damaged, or too large."""


async def stored(
    console: Console, sent: forms.Sent, name: str, kind: FileKind | None = None
) -> StoredFile | None:
    """The picture, PDF or voice of a form's field, or only one of these; None for no file."""
    raw = forms.uploads(sent).get(name)
    if not raw:
        return None
    found = FileKind.VOICE if raw.startswith(VOICE_MAGIC) else paper_kind(raw)
    file = await console.deps.files.store(raw, kind or found)
    if not isinstance(file, StoredFile):
        raise BadFileError(name)
    return file


async def kept(console: Console, name: str, mime: str) -> StoredFile:
    """A file that was stored before."""
    content = console.deps.files.content
    size = await asyncio.to_thread(lambda: sum(len(piece) for piece in content(name)))
    return StoredFile(name, mime, size)

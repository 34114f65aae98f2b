"""Voices as words, where an installation has a whisper model in a folder of its own.

Nothing is sent anywhere. The library (`faster-whisper`) is no part of the installation, since it
is large and few offices have the processor for it; without one an officer listens to the voice.
What was heard is told back to the citizen, and read as if it had been written.
"""

import asyncio
import logging
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

from bot.dependencies import Transcriber, describe_error

log = logging.getLogger(__name__)

LANGUAGE = "id"
WITHIN = 60.0
"""Seconds for a voice; a turn waits for them."""
MISSING = (
    "WHISPER_MODEL: the library that reads it is missing. Install it with "
    "`.venv/bin/uv pip install faster-whisper`, or leave WHISPER_MODEL out."
)


class TranscriberMissingError(Exception):
    """A model is set and nothing is installed that reads it; the message says what to do."""


class Whisper:
    """One model, loaded for the first voice, that hears one voice at a time."""

    def __init__(self, folder: Path, load: Any) -> None:
        self._folder, self._load = folder, load
        self._model: Any = None
        self._turn = asyncio.Lock()

    async def transcribe(self, sound: bytes) -> str:
        """See Transcriber."""
        try:
            async with asyncio.timeout(WITHIN), self._turn:
                return await asyncio.to_thread(self._heard, sound)
        except Exception as error:  # noqa: BLE001  the edge to the library
            log.error("a voice was not read", extra={"failure": describe_error(error)})
            return ""

    def _heard(self, sound: bytes) -> str:
        if self._model is None:
            self._model = self._load(
                str(self._folder), device="cpu", compute_type="int8", local_files_only=True
            )
        segments, _ = self._model.transcribe(BytesIO(sound), language=LANGUAGE, vad_filter=True)
        return " ".join(segment.text.strip() for segment in segments).strip()


def transcriber_for(folder: Path | None) -> Transcriber | None:
    """What reads voices with the model in a folder; raises TranscriberMissingError."""
    if folder is None:
        return None
    try:
        library = import_module("faster_whisper")  # large, and seldom there
    except ImportError:
        raise TranscriberMissingError(MISSING) from None
    return Whisper(folder, library.WhisperModel)

"""Voices are read where a model is, and nothing is said of it where none is."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.transcriber import MISSING, TranscriberMissingError, Whisper, transcriber_for


class Model:
    """Hears two sentences in whatever it is given."""

    loaded = 0

    def __init__(self, folder: str, **how: Any) -> None:
        Model.loaded += 1
        self.folder, self.how = folder, how

    def transcribe(self, sound: Any, **_: Any) -> tuple[list[Any], None]:
        if sound.read() == b"":
            raise RuntimeError("nothing to hear")
        return [
            SimpleNamespace(text=" Lampu jalan mati."),
            SimpleNamespace(text=" Di sini. "),
        ], None


async def test_a_voice_becomes_words(tmp_path: Path) -> None:
    Model.loaded = 0
    whisper = Whisper(tmp_path, Model)

    assert Model.loaded == 0, "nobody has spoken yet"
    for _ in range(2):
        assert await whisper.transcribe(b"sound") == "Lampu jalan mati. Di sini."
    assert Model.loaded == 1


async def test_what_cannot_be_heard_is_nothing(tmp_path: Path) -> None:
    assert await Whisper(tmp_path, Model).transcribe(b"") == ""


def test_no_model_needs_no_library() -> None:
    assert transcriber_for(None) is None


def test_a_model_without_its_library_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    with pytest.raises(TranscriberMissingError, match="uv pip install faster-whisper"):
        transcriber_for(tmp_path)
    assert "WHISPER_MODEL" in MISSING

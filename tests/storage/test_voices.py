"""A voice note is kept as it is heard, and without anything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.domain.messages import FileFault, FileKind, StoredFile
from actions.storage.files import Files
from actions.storage.vault import Vault
from actions.storage.voices import seconds_of, voice
from tests.storage.pictures import jpeg, pdf
from tests.storage.voice_notes import SECRET_NOTE, SILENCE, page, voice_note
from tests.support.databases import SECRET


@pytest.mark.parametrize("seconds", [1, 3, 75])
def test_it_is_as_long_as_it_was(seconds: int) -> None:
    assert seconds_of(voice(voice_note(seconds))) == seconds


def test_notes_other_streams_and_what_stands_around_are_gone() -> None:
    stranger = page(2, 0, 0, [b"fishead" + b"x" * 50], serial=99)
    whole = voice_note()
    end_of_head = len(page(2, 0, 0, [b"x" * 19]))
    mixed = whole[:end_of_head] + stranger + whole[end_of_head:] + b"<script>"

    clean = voice(mixed)

    assert SECRET_NOTE not in clean
    assert b"fishead" not in clean
    assert b"<script>" not in clean
    assert clean.count(SILENCE) == whole.count(SILENCE)
    assert voice(clean) == clean, "and once more changes nothing"


def test_long_notes_are_gone() -> None:
    whole = voice_note(note=b"COVER=" + b"y" * 20_000)

    assert b"y" * 100 not in voice(whole)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"OggS",
        jpeg((20, 20)),
        pdf(),
        voice_note()[:60],
        page(2, 0, 0, [b"\x01vorbis" + b"x" * 20]) + page(4, 1, 1, [b"x"]),
        voice_note(0),
    ],
)
def test_what_is_no_voice_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r"not a voice|nothing is heard"):
        voice(raw)


async def test_a_stored_voice_says_how_long_it_is(tmp_path: Path) -> None:
    files = Files(tmp_path, Vault(SECRET))

    kept = await files.store(voice_note(42), FileKind.VOICE)
    assert isinstance(kept, StoredFile)
    assert (kept.mime, kept.seconds, kept.name[-4:]) == ("audio/ogg", 42, ".ogg")
    assert b"".join(files.content(kept.name)) == voice(voice_note(42))
    assert await files.store(jpeg((20, 20)), FileKind.VOICE) == FileFault("bukan_suara")

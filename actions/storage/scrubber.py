"""Starts `storage.scrub`, the process that reads a stranger's file, with nothing but that file."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from actions.domain.messages import Location
from actions.storage.confine import is_filtered
from actions.storage.scrub import LIBRARIES

ROOT = Path(__file__).resolve().parents[2]
SAMPLE_SECONDS = 20.0
SAMPLES = {
    "foto": bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
        "3a7e9b550000000a49444154789c63600000000200014"
        "8afa4710000000049454e44ae426082"
    ),
    "dokumen": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF",
}
"""The least of each kind that can be read."""
BY_LIMITS_ALONE = "strangers' files are fenced in by limits alone: there is no seccomp here"


@dataclass(frozen=True, slots=True)
class Clean:
    """A file that holds only what is seen or heard, and what it told besides."""

    content: bytes
    seconds: int = 0
    place: Location | None = None


async def scrubbed(raw: bytes, kind: str, seconds: float) -> Clean | None:
    """The clean file, or None where it cannot be read, or not in time."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "actions.storage.scrub",
        kind,
        cwd=ROOT,
        env={LIBRARIES: os.environ[LIBRARIES]} if LIBRARIES in os.environ else {},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(seconds):
            written, _ = await process.communicate(raw)
    except TimeoutError:
        return None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return _read(written) if process.returncode == 0 else None


def _read(written: bytes) -> Clean:
    line, _, content = written.partition(b"\n")
    told = json.loads(line)
    place = told.get("place")
    where = Location(*map(float, place)) if place else None
    return Clean(content, int(told.get("seconds", 0)), where)


def weakness() -> str:
    """What this system lacks to keep that process in; nothing where it has all."""
    return "" if is_filtered() else BY_LIMITS_ALONE


async def unread_sample() -> str:
    """Which kind of file cannot be read on this system, however good it is; else nothing."""
    for kind, sample in SAMPLES.items():
        if await scrubbed(sample, kind, SAMPLE_SECONDS) is None:
            return kind
    return ""

"""Files as strangers send them: crafted to be hard, or good ones with something changed.

Each is read by a process that was forked when everything was loaded, and that confines itself as
`actions.storage.scrub` does. So twenty thousand take minutes and not hours; how such a process is
started is tested with the others (tests/storage).
"""

from __future__ import annotations

import os
from io import BytesIO
from random import Random
from typing import Self

from PIL import Image
from pypdf import PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject

from actions.storage import confine
from actions.storage.scrub import REFUSED, reader_for
from tests.fuzz.crafted import CRAFTED, damaged, good
from tests.fuzz.tally import Fuzzer, Tally
from tests.storage.pictures import SECRET_PLACE

TRIES = 100
BROKEN = 70
HIDDEN = frozenset(
    {"/JavaScript", "/JS", "/EmbeddedFile", "/OpenAction", "/Annots", "/AcroForm", "/PieceInfo"}
    | {"/Metadata", "/AA", "/EF", "/Properties"}
)
"""What no clean document carries, whatever came."""


class Files(Fuzzer):
    """Good files of each kind, and what may be done to them."""

    async def __aenter__(self) -> Self:
        """Load both readers, and make the good files."""
        for raw, kind in ((b"", "foto"), (b"%PDF-", "dokumen")):
            reader_for(raw, kind)
        self._good = good()
        return self

    async def round(self, random: Random, tally: Tally) -> None:
        """Some files."""
        for _ in range(TRIES):
            raw, kind, what = self._file(random)
            tally.tries += 1
            code, clean, seconds = read(raw, kind)
            tally.took(what, seconds)
            tally.outcomes[OUTCOMES.get(code, f"ended by {code}")] += 1
            if code not in OUTCOMES:
                tally.fault(what, f"the process ended with {code}")
            for fault in hidden_in(clean, whole=what != "damaged") if code == 0 else ():
                tally.fault(what, fault)
            if tally.is_done:
                break

    def _file(self, random: Random) -> tuple[bytes, str, str]:
        kind = random.choice(("foto", "dokumen"))
        if random.random() < 0.1:
            craft = random.choice(CRAFTED)
            return craft(random), kind, craft.__name__
        return damaged(random, random.choice(self._good)), kind, damaged.__name__


OUTCOMES = {0: "clean", REFUSED: "refused"}


def read(raw: bytes, kind: str) -> tuple[int, bytes, float]:
    """What the confined process ended with (below 0: by which signal), wrote, and took of CPU."""
    inside, outside = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        _scrub(inside, outside, kind)
    os.close(inside[0])
    os.close(outside[1])
    try:
        with os.fdopen(inside[1], "wb") as into:
            into.write(raw)
    except BrokenPipeError:
        pass  # it ended before it had read all
    with os.fdopen(outside[0], "rb") as out:
        clean = out.read()
    _, status, used = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status), clean, used.ru_utime + used.ru_stime


def _scrub(inside: tuple[int, int], outside: tuple[int, int], kind: str) -> None:
    """As `actions.storage.scrub.main` does, but with what is loaded already."""
    code = BROKEN
    try:
        os.close(inside[1])
        os.close(outside[0])
        confine.limit()
        with os.fdopen(inside[0], "rb") as source, os.fdopen(outside[1], "wb") as target:
            raw = source.read()
            clean = reader_for(raw, kind)
            confine.confine()
            target.write(clean(raw))
        code = 0
    except Exception:  # noqa: BLE001  any trouble is a refusal, as it is in the real process
        code = REFUSED
    finally:
        os._exit(code)


def hidden_in(clean: bytes, *, whole: bool) -> list[str]:
    """What is wrong with what came out; in a `whole` file no note may have been overlooked."""
    found = ["a note is left"] if whole and SECRET_PLACE in clean else []
    if clean.startswith(b"%PDF-"):
        return found + _hidden_keys(clean)
    with Image.open(BytesIO(clean)) as image:
        if image.format != "JPEG" or image.getexif() or "comment" in image.info:
            found.append("more than a picture")
    return found


def _hidden_keys(clean: bytes) -> list[str]:
    try:
        writer = PdfWriter(clone_from=BytesIO(clean))
    except PyPdfError:
        return []  # beyond repair before and after, such as by a name of 5,000 letters
    held = (each for each in writer._objects if isinstance(each, DictionaryObject))
    found = [f"{key} is in it" for each in held for key in HIDDEN & each.keys()]
    return found + ([] if writer.pages else ["no page"])

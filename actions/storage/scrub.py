"""Re-encodes one file in a process of its own: `python -m actions.storage.scrub KIND`.

KIND is foto, dokumen or suara.
Reads the file from standard input and writes a JPEG, PDF or Opus that holds only what is seen or
heard: no EXIF, comments, scripts, forms or embedded files. Before it stands one line of JSON with
what the file told and no longer does: how many `seconds` a voice lasts, at which `place` a photo
was taken. Exits with 2 when it cannot be read.
Before it looks at a stranger's file it gives up whatever it does not need (`storage.confine`);
it does not even begin with an environment, where secrets stand.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable

from actions.storage.confine import confine, limit

REFUSED, EXPOSED = 2, 3
PDF_MAGIC = b"%PDF-"
HEIC_MARK = b"ftyp"
"""Four bytes into what iPhones make of a photo; reading that takes a thread."""
MAGIC_WITHIN = 1024
LIBRARIES = "LD_LIBRARY_PATH"
"""Some Pythons do not start without it."""
HARMLESS = {LIBRARIES, "LC_CTYPE", "__CF_USER_TEXT_ENCODING"}  # the others the system sets itself


def _told(raw: bytes, kind: str, clean: bytes) -> dict[str, object]:
    """What else is worth knowing of a file; a note that cannot be read tells nothing."""
    if kind == "suara":
        from actions.storage.voices import seconds_of  # noqa: PLC0415  loaded already

        return {"seconds": seconds_of(clean)}
    if clean.startswith(PDF_MAGIC):
        return {}
    from actions.storage.pictures import place_of  # noqa: PLC0415  loaded already

    try:
        return {"place": place_of(raw)}
    except Exception:  # noqa: BLE001  the picture was read, which is what counts
        return {}


def reader_for(raw: bytes, kind: str) -> Callable[[bytes], bytes]:
    """What makes such a file clean; loads the library for it."""
    if kind == "dokumen" and PDF_MAGIC in raw[:MAGIC_WITHIN]:
        from actions.storage.documents import document  # noqa: PLC0415  a photo does not need it

        return document
    if kind == "suara":
        from actions.storage.voices import voice  # noqa: PLC0415

        return voice
    from actions.storage.pictures import picture  # noqa: PLC0415

    return picture


def main() -> int:
    """Limit this process, take the file, confine this process, re-encode."""
    if os.environ.keys() - HARMLESS:
        return EXPOSED
    limit()
    raw = sys.stdin.buffer.read()
    clean = reader_for(raw, sys.argv[1])
    confine(with_threads=raw[4:8] == HEIC_MARK)
    try:
        content = clean(raw)
        told = json.dumps(_told(raw, sys.argv[1], content)).encode()
    except Exception:  # noqa: BLE001 - the edge: any trouble with a stranger's file is a refusal
        return REFUSED
    sys.stdout.buffer.write(told + b"\n" + content)
    return 0


if __name__ == "__main__":
    sys.exit(main())

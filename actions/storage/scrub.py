"""Re-encodes one file in a process of its own: `python -m actions.storage.scrub foto|dokumen`.

Reads the file from standard input and writes a JPEG or PDF that holds only what is seen:
no EXIF, comments, scripts, forms or embedded files. Exits with 2 when it cannot be read.
Before it looks at a stranger's file it gives up whatever it does not need (`storage.confine`);
it does not even begin with an environment, where secrets stand.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from actions.storage.confine import confine, limit

REFUSED, EXPOSED = 2, 3
PDF_MAGIC = b"%PDF-"
MAGIC_WITHIN = 1024
LIBRARIES = "LD_LIBRARY_PATH"
"""Some Pythons do not start without it."""
HARMLESS = {LIBRARIES, "LC_CTYPE", "__CF_USER_TEXT_ENCODING"}  # the others the system sets itself


def reader_for(raw: bytes, kind: str) -> Callable[[bytes], bytes]:
    """What makes such a file clean; loads the library for it."""
    if kind == "dokumen" and PDF_MAGIC in raw[:MAGIC_WITHIN]:
        from actions.storage.documents import document  # noqa: PLC0415  a photo does not need it

        return document
    from actions.storage.pictures import picture  # noqa: PLC0415

    return picture


def main() -> int:
    """Limit this process, take the file, confine this process, re-encode."""
    if os.environ.keys() - HARMLESS:
        return EXPOSED
    limit()
    raw = sys.stdin.buffer.read()
    clean = reader_for(raw, sys.argv[1])
    confine()
    try:
        content = clean(raw)
    except Exception:  # noqa: BLE001 - the edge: any trouble with a stranger's file is a refusal
        return REFUSED
    sys.stdout.buffer.write(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())

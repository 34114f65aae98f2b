"""A PDF as it is seen, and nothing else of it. Part of `storage.scrub`."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from io import BytesIO

import pypdf._configuration  # noqa: F401  as below
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.filters import decode_stream_data
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
)

MAX_PAGES = 60
PARENT = "/Parent"
"""The way from a page back to all others."""
_STREAM = frozenset({"/Length", "/Filter", "/DecodeParms", "/Type", "/Subtype", "/Name"})
_SEEN = {
    "/Page": frozenset(
        {"/Type", PARENT, "/Resources", "/Contents", "/Rotate", "/Group", "/UserUnit"}
        | {"/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox"}
    ),
    "/Form": _STREAM | {"/FormType", "/BBox", "/Matrix", "/Resources", "/Group"},
    "/Image": _STREAM
    | {"/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Intent", "/ImageMask"}
    | {"/Mask", "/Decode", "/Interpolate", "/SMask", "/SMaskInData", "/Matte"},
}
"""What pages, drawings and pictures may carry; `/Properties` of resources are notes, too."""
_RESOURCES = frozenset(
    {"/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/XObject", "/Font", "/ProcSet"}
)
"""What pages and drawings may use."""
_NOTES = frozenset(
    {"/AF", "/LastModified", "/Metadata", "/OPI", PARENT, "/PieceInfo", "/Properties"}
    | {"/AcroForm", "/Annots", "/EF", "/JS"}
)
"""What no other object may carry."""
PHOTO = "/DCTDecode"
_FILTERS = frozenset(
    {PHOTO, "/FlateDecode", "/LZWDecode", "/RunLengthDecode", "/ASCII85Decode", "/ASCIIHexDecode"}
    | {"/CCITTFaxDecode", "/JBIG2Decode", "/JPXDecode"}
)
_END, _START_OF_SCAN = 0xD9, 0xDA
_NO_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})
_LONGEST = {0xE0: 18, 0xEE: 16}  # JFIF without a thumbnail, Adobe's colour transform
_PICTURE = frozenset({*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDC, 0xDD})
_COLOURS, _OF_COLOURS = 0xE2, b"ICC_PROFILE\0"
_MARKER = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])")
"""What begins a segment; the others belong to the picture."""

# Loaded late otherwise, when no file can be opened any more.
for encoding in ("charmap", "utf-16", "utf-16-be", "utf-16-le"):
    codecs.lookup(encoding)


def document(raw: bytes) -> bytes:
    """A PDF rewritten from what its pages show."""
    reader = PdfReader(BytesIO(raw), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise ValueError("locked")
    if not 0 < len(reader.pages) <= MAX_PAGES:
        raise ValueError("no page, or too many")
    writer = PdfWriter()
    writer.metadata = None
    for page in reader.pages:
        for each in _within(page):
            _keep_what_is_seen(each)
        writer.add_page(page)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def _within(page: PageObject) -> Iterator[DictionaryObject]:
    """Every dictionary that a page leads to, each before what it holds."""
    waiting: list[PdfObject] = [page]
    known: set[int] = set()
    while waiting:
        found = waiting.pop()
        if isinstance(found, IndirectObject):
            found = found.get_object() or found
        if id(found) in known:
            continue
        known.add(id(found))
        if isinstance(found, DictionaryObject):
            yield found
            waiting += [value for key, value in found.items() if key != PARENT]
        elif isinstance(found, ArrayObject):
            waiting += found


def _keep_what_is_seen(found: DictionaryObject) -> None:
    kept = _SEEN.get(_kind(found))
    _drop(found, lambda key: key in _NOTES if kept is None else key not in kept)
    resources = found.get("/Resources")
    resources = resources.get_object() if resources is not None else None
    if isinstance(resources, DictionaryObject):
        _drop(resources, lambda key: key not in _RESOURCES)
    if isinstance(found, StreamObject):
        _clean_content(found)


def _drop(found: DictionaryObject, unwanted: Callable[[str], bool]) -> None:
    for key in list(found):
        if unwanted(key):
            del found[key]


def _clean_content(found: StreamObject) -> None:
    """What nothing can show is emptied; a photograph carries EXIF of its own."""
    told = found.get("/Filter")
    filters = told if isinstance(told, ArrayObject) else [] if told is None else [told]
    if not _FILTERS.issuperset(filters):
        found._data = b""
    elif PHOTO in filters:  # perhaps compressed once more
        found._data = without_notes(decode_stream_data(found))
        found[NameObject("/Filter")] = NameObject(PHOTO)
        found.pop("/DecodeParms", None)


def _kind(found: DictionaryObject) -> str:
    name = found.get("/Subtype") if isinstance(found, StreamObject) else found.get("/Type")
    return str(name) if isinstance(name, NameObject) else ""


def without_notes(jpeg: bytes) -> bytes:
    """A JPEG without EXIF, XMP, comments, and what stands behind or between; it looks the same."""
    kept, at, in_scan = bytearray(jpeg[:2]), 2, False
    while marker := _MARKER.search(jpeg, at):
        if in_scan:
            kept += jpeg[at : marker.start()]
        at, kind = marker.start(), jpeg[marker.start() + 1]
        long = 0 if kind in _NO_LENGTH else int.from_bytes(jpeg[at + 2 : at + 4])
        if kind == _END:
            return bytes(kept) + jpeg[at : at + 2]
        segment = jpeg[at : at + 2 + long]
        if _is_of_the_picture(kind, segment):
            kept += segment
        at, in_scan = at + len(segment), kind == _START_OF_SCAN
    return bytes(kept) + (jpeg[at:] if in_scan else b"")


def _is_of_the_picture(kind: int, segment: bytes) -> bool:
    if kind in _NO_LENGTH or kind in _PICTURE:
        return True
    if kind == _COLOURS:
        return segment[4:].startswith(_OF_COLOURS)
    return len(segment) <= _LONGEST.get(kind, 0)

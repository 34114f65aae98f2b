"""Files as strangers send them."""

from __future__ import annotations

import struct
import zlib
from base64 import b64decode
from io import BytesIO

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

SECRET_PLACE = b"6 DEGREES SOUTH"


def jpeg(size: tuple[int, int] = (600, 400), *, orientation: int = 1) -> bytes:
    """A photo with GPS, a comment, and red on its left half."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = SECRET_PLACE.decode()
    written = BytesIO()
    image.save(written, "JPEG", exif=exif, comment=SECRET_PLACE)
    return written.getvalue()


def jpeg_of_place(latitude: float, longitude: float) -> bytes:
    """A photo that says where it was taken, as cameras write it."""
    exif = Image.Exif()
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "S" if latitude < 0 else "N", _degrees(abs(latitude))
    gps[3], gps[4] = "W" if longitude < 0 else "E", _degrees(abs(longitude))
    written = BytesIO()
    Image.new("RGB", (60, 40), "red").save(written, "JPEG", exif=exif)
    return written.getvalue()


def _degrees(value: float) -> tuple[float, float, float]:
    minutes = value % 1 * 60
    return float(int(value)), float(int(minutes)), minutes % 1 * 60


def heic() -> bytes:
    """600 x 400, red on its left half, as an iPhone makes it, with a place near Sukamaju."""
    return b64decode(_HEIC)


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that would unfold to a picture of this size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 100_000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def pdf_full_of_notes() -> bytes:
    """A document whose drawing, picture, font and page each carry notes of programs."""
    writer = PdfWriter(clone_from=BytesIO(pdf()))
    page = writer.pages[0]
    resources = page["/Resources"]
    assert isinstance(resources, DictionaryObject)
    drawing = DecodedStreamObject()
    drawing.set_data(b"0 0 50 50 re f")
    drawing.update(_names(Type="/XObject", Subtype="/Form") | {NameObject("/BBox"): page.mediabox})
    pictures = resources["/XObject"]
    assert isinstance(pictures, DictionaryObject)
    pictures[NameObject("/OC")] = writer._add_object(drawing)  # a name like that of a note
    font = DictionaryObject(_names(Type="/Font", Subtype="/Type1", BaseFont="/Helvetica"))
    resources[NameObject("/Font")] = DictionaryObject({NameObject("/F1"): font})
    resources[NameObject("/Properties")] = DictionaryObject({NameObject("/P"): _note(writer)})
    for each in (page, drawing, font, pictures["/Im0"]):
        assert isinstance(each, DictionaryObject)
        for key in ("/PieceInfo", "/Metadata", "/OC", "/LastModified", "/AF", "/OPI", "/Unknown"):
            if not (each is font and key in {"/OC", "/Unknown"}):
                each[NameObject(key)] = _note(writer)
    contents = page["/Contents"].get_object()
    assert isinstance(contents, StreamObject)
    contents.set_data(b"/OC Do q 100 0 0 100 0 0 cm /Im0 Do Q BT /F1 12 Tf (Hello) Tj ET")
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def _names(**entries: str) -> dict[NameObject, NameObject]:
    return {NameObject(f"/{key}"): NameObject(value) for key, value in entries.items()}


def _note(writer: PdfWriter) -> PdfObject:
    """A note behind two more objects, as programs keep them."""
    stream = DecodedStreamObject()
    stream.set_data(SECRET_PLACE)
    held = DictionaryObject({NameObject("/Private"): writer._add_object(stream)})
    return writer._add_object(DictionaryObject({NameObject("/Program"): held}))


def pdf(pages: int = 1, *, password: str | None = None) -> bytes:
    """A document with a script, an attachment, notes on a page, and a photo with GPS."""
    writer = PdfWriter()
    for _ in range(pages):
        page = writer.add_blank_page(200, 200)
        link = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Link"),
                NameObject("/Contents"): TextStringObject("hidden note"),
            }
        )
        page[NameObject("/Annots")] = ArrayObject([writer._add_object(link)])
        page[NameObject("/Resources")] = DictionaryObject(
            {
                NameObject("/XObject"): DictionaryObject({NameObject("/Im0"): _photo(writer)}),
            }
        )
        drawing = DecodedStreamObject()
        drawing.set_data(b"q 100 0 0 100 0 0 cm /Im0 Do Q")
        page[NameObject("/Contents")] = writer._add_object(drawing)
    script = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert('hello')")}
    action = DictionaryObject({NameObject(key): value for key, value in script.items()})
    writer.root_object[NameObject("/OpenAction")] = action
    writer.add_attachment("inner.txt", b"inner file")
    writer.add_metadata({"/Author": "Hidden Author"})
    if password is not None:
        writer.encrypt(password)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def _photo(writer: PdfWriter) -> object:
    content = jpeg((40, 40))
    stream = StreamObject()
    stream._data = content
    stream.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(40),
            NameObject("/Height"): NumberObject(40),
            NameObject("/ColorSpace"): NameObject("/DeviceRGB"),
            NameObject("/BitsPerComponent"): NumberObject(8),
            NameObject("/Filter"): NameObject("/DCTDecode"),
        }
    )
    return writer._add_object(stream)


_HEIC = (
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAZhtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAA"
    "AAAAAAAAAAAAADRpbG9jAAAAAERAAAIAAQAAAAABvAABAAAAAAAAAS0AAgAAAAAC6QABAAAAAAAAAJYAAAA4aWlu"
    "ZgAAAAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA"
    "12lwcnAAAAC4aXBjbwAAAHlodmNDAQNwAAAAkAAAAAAAP/AA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMA"
    "AAMAP7oCQGEAAQAsQgEBA3AAAAMAkAAAAwAAAwA/oASyAZFlupJKa5uAhoMCAAADADIAAAMAAhBiAAEAB0QBwXKw"
    "YkAAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAACWAAAAZAAAAAQcGl4aQAAAAADCAgIAAAAF2lwbWEA"
    "AAAAAAAAAQABBIECAwQAAAAaaXJlZgAAAAAAAAAOY2RzYwACAAEAAQAAActtZGF0AAABKSgBrxM57aNChQHo5qhw"
    "0//+JpR//Trnh+nl0tJ5vZDua7O2YEUtpQAAAwOdfoCz886JGcEfzRlJE9EZ2J17ZErXyW0pDYWyp2d2mX4XKFUV"
    "fUo4AA6QAICADkAAAAMAAAMAAAMAEFCjAiltKAAARoAAlAAC7eLQQAAAAwAAAwAAAwAKUFhgAAADAnqTAADHAAcw"
    "AAADAGbPHIAAAAMAAAMAAAMAQdjFAAADACCghwAAAwAAAwAAAwAEAl0IAAADAAADAAADAB5/hwAAAwAgoAAAAwAA"
    "AwAAAwABc3/KAAADAAADAAADACVxowAAAwAm4AAAAwAAAwAAAwAaB7VEAAADAAADAAADA2RNkAAABGwAAAMAAAMA"
    "AAMAAAzFAAADAAADAAADAAd++gAAAAZFeGlmAABNTQAqAAAACAACARIAAwAAAAEAAQAAiCUABAAAAAEAAAAmAAAA"
    "AAAEAAEAAgAAAAJTAAAAAAIABQAAAAMAAABcAAMAAgAAAAJFAAAAAAQABQAAAAMAAAB0AAAAAAAAAAYAAAABAAAA"
    "NgAAAAEAAApdAAAAMgAAAGsAAAABAAAAJAAAAAEAAAFhAAAACg=="
)

"""foto and dokumen: files that were checked and stored before they come here.

Either takes a picture and a PDF: people photograph papers, and send photos as documents.
"""

from typing import Any

from actions.forms.context import FormContext, RawAnswer, Unreadable
from actions.forms.form import Field, Json
from actions.forms.kinds.base import Kind

_SHOWN = ("image/", "application/pdf")
_KILOBYTE = 1024


def read_photo(raw: RawAnswer, field: Field, context: FormContext) -> Json:
    """A picture, or a PDF that shows it."""
    return _stored(raw, "foto.bukan_foto")


def read_document(raw: RawAnswer, field: Field, context: FormContext) -> Json:
    """A PDF, or a picture of the document."""
    return _stored(raw, "dokumen.bukan_berkas")


def show(value: Json, field: Field) -> str:
    """Type and size, and how many there are: "JPEG, 240 KB", "3 (JPEG, 720 KB)"."""
    file: dict[str, Any] = dict(value) if isinstance(value, dict) else {}
    kind = str(file["mime"]).rpartition("/")[2].upper()
    shown = f"{kind}, {max(int(file['ukuran']) // _KILOBYTE, 1)} KB"
    count = int(file.get("jumlah", 1))
    return shown if count == 1 else f"{count} ({shown})"


def _stored(raw: RawAnswer, otherwise: str) -> Json:
    file = raw.file
    if file is None or not file.mime.startswith(_SHOWN):
        raise Unreadable(otherwise)
    kept: dict[str, Json] = {"nama": file.name, "mime": file.mime, "ukuran": file.size}
    return kept if raw.count == 1 else kept | {"jumlah": raw.count}


PHOTO = Kind(read_photo, show)
DOCUMENT = Kind(read_document, show)

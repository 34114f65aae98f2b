"""foto and dokumen: a file that was checked and stored before it comes here."""

from typing import Any

from actions.domain.messages import StoredFile
from actions.forms.context import FormContext, RawAnswer, Unreadable
from actions.forms.form import Field, Json
from actions.forms.kinds.base import Kind

_IMAGE, _PDF = "image/", "application/pdf"
_KILOBYTE = 1024


def read_photo(raw: RawAnswer, field: Field, context: FormContext) -> Json:
    """A picture."""
    if raw.file is None:
        raise Unreadable("foto.bukan_foto")
    if not raw.file.mime.startswith(_IMAGE):
        raise Unreadable("foto.jenis")
    return _stored(raw.file)


def read_document(raw: RawAnswer, field: Field, context: FormContext) -> Json:
    """A PDF, or a picture of the document."""
    if raw.file is None:
        raise Unreadable("dokumen.bukan_berkas")
    if raw.file.mime != _PDF and not raw.file.mime.startswith(_IMAGE):
        raise Unreadable("dokumen.jenis")
    return _stored(raw.file)


def show(value: Json, field: Field) -> str:
    """Type and size: "JPEG, 240 KB"."""
    file: dict[str, Any] = dict(value) if isinstance(value, dict) else {}
    kind = str(file["mime"]).rpartition("/")[2].upper()
    return f"{kind}, {max(int(file['ukuran']) // _KILOBYTE, 1)} KB"


def _stored(file: StoredFile) -> Json:
    return {"nama": file.name, "mime": file.mime, "ukuran": file.size}


PHOTO = Kind(read_photo, show)
DOCUMENT = Kind(read_document, show)

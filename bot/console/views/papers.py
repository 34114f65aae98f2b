"""Files, and the requirements of a service that they answer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.casework import attachments, requirements
from actions.casework.returned import form_of_case
from actions.dialogue.wording import length_of
from actions.storage.tables import Attachment, Case
from bot.console.context import Console

KILOBYTE = 1024
PICTURE, DOCUMENT = "image/jpeg", "application/pdf"


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file of a case; a voice `lasts` so long, as it is read."""

    id: int
    label: str
    kind: str
    kilobytes: int
    at: datetime
    is_picture: bool
    is_document: bool
    lasts: str


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """Something that the service wants; `files` are what was sent for it."""

    key: str
    text: str
    files: list[FileRow]
    ticked: bool
    may_be_sent: bool


def files_of(console: Console, case: Case, files: Sequence[Attachment]) -> list[FileRow]:
    """The files with the label of the question that they answer."""
    labels = {field.key: field.label for field in form_of_case(case).fields}
    labels[attachments.OFFICERS] = console.word("berkas_perkara.dari_petugas")
    labels[attachments.PROOF] = console.word("berkas_perkara.bukti")
    labels[attachments.VOICE] = console.word("berkas_perkara.suara")
    return [
        FileRow(
            id=file.id,
            label=labels.get(file.field, file.field),
            kind=file.mime.rpartition("/")[2].upper(),
            kilobytes=max(file.size // KILOBYTE, 1),
            at=file.at,
            is_picture=file.mime == PICTURE,
            is_document=file.mime == DOCUMENT,
            lasts=length_of(file.seconds or 0) if file.mime in attachments.SOUNDS else "",
        )
        for file in files
    ]


def checklist_of(
    console: Console,
    case: Case,
    files: Sequence[Attachment],
    ticked: Collection[str],
) -> tuple[list[RequirementRow], list[FileRow]]:
    """The requirements with their files, and the files that answer none."""
    rows = dict(zip((file.id for file in files), files_of(console, case, files), strict=True))
    wanted = requirements.of_case(console.reference, case)
    keys = {one.key for one in wanted if one.key}
    return [
        RequirementRow(
            key=requirements.key_of(one),
            text=one.text,
            files=[rows[file.id] for file in files if one.key and file.field == one.key],
            ticked=requirements.key_of(one) in ticked,
            may_be_sent=one.upload is not None,
        )
        for one in wanted
    ], [rows[file.id] for file in files if file.field not in keys]

"""The copy of everything that is stored of a citizen: one page that any phone can open."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import audit_log, cases, privacy_requests, surveys
from actions.casework.messages import Sender
from actions.casework.returned import form_of_case
from actions.catalogue.reference import ReferenceData
from actions.forms import engine
from actions.forms.form import Field
from actions.forms.show import show_day
from actions.storage.tables import (
    Attachment,
    Case,
    CaseNote,
    Chat,
    Escalation,
    Message,
    PrivacyRequest,
    Survey,
)

LINES_AT_ONCE, MOST_LINES = 500, 5000
MOST_LOOKS = 1000
IN_FULL = {"nik", "kk"}
"""Kinds of answers that are masked elsewhere."""
STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:0 auto;padding:1rem}"
    "dt{font-weight:600;margin-top:.5rem}dd{margin:0;white-space:pre-line}"
    "h2{border-top:1px solid #999;padding-top:1rem}li{white-space:pre-line}"
)

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the page: a heading, values by their labels, and lines."""

    heading: str
    pairs: Sequence[Pair] = ()
    lines: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class _Maker:
    session: AsyncSession
    reference: ReferenceData

    def word(self, key: str, **params: object) -> str:
        return self.reference.texts.plain(f"salinan.{key}", 0, **params)

    def time(self, moment: datetime) -> str:
        local = self.reference.local(moment)
        return f"{local:%d-%m-%Y %H.%M} {local.tzname()}"


async def page_of(
    session: AsyncSession, reference: ReferenceData, chats: Sequence[str], now: datetime
) -> str:
    """The page for a chat and its pseudonym, as HTML without anything from elsewhere."""
    maker = _Maker(session, reference)
    made = maker.word("dibuat", waktu=maker.time(now), kantor=reference.catalogue.office.name)
    parts = [f"<h1>{escape(maker.word('judul'))}</h1>", f"<p>{escape(made)}</p>"]
    for chat in chats:
        parts += [_rendered(section, maker) async for section in _sections(maker, chat)]
    head = f"<title>{escape(maker.word('judul'))}</title><style>{STYLE}</style>"
    meta = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    body = "\n".join(parts)
    return f'<!doctype html><html lang="id"><head>{meta}{head}</head><body>{body}</body></html>'


def _rendered(section: Section, maker: _Maker) -> str:
    pairs = "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in section.pairs)
    lines = "".join(f"<li>{escape(line)}</li>" for line in section.lines)
    body = (f"<dl>{pairs}</dl>" if pairs else "") + (f"<ul>{lines}</ul>" if lines else "")
    nothing = f"<p>{escape(maker.word('kosong'))}</p>"
    return f"<h2>{escape(section.heading)}</h2>{body or nothing}"


async def _sections(maker: _Maker, chat: str) -> AsyncIterator[Section]:
    row = await maker.session.get_one(Chat, chat)
    consent = maker.word("izin.tidak" if row.no_surveys else "izin.ya")
    about = [(maker.word("percakapan"), chat), (maker.word("izin.survei"), consent)]
    yield Section(maker.word("tentang"), about)
    mine = select(Case).where(Case.chat == chat).order_by(Case.id)
    for case in (await maker.session.scalars(mine)).all():
        if case.code or case.answers:
            yield await _case(maker, case)
    yield Section(maker.word("dilihat"), lines=await _looks(maker, chat))
    yield Section(maker.word("petugas"), lines=await _talks(maker, chat))
    yield Section(maker.word("hak"), lines=await _requests(maker, chat))
    yield await _lines(maker, chat)


async def _case(maker: _Maker, case: Case) -> Section:
    """The answers of a case, how it stands, its files, its survey, and its history."""
    catalogue = maker.reference.catalogue
    status = maker.reference.texts.plain(f"status.nama.{case.status}")
    pairs = [(maker.word("status"), status)]
    pairs.append((maker.word("unit"), catalogue.unit(case.unit).name))
    if case.due_on:
        pairs.append((maker.word("janji"), f"{show_day(case.due_on)} {case.due_on.year}"))
    if case.secret:
        pairs.append((maker.word("rahasia"), maker.word("ya")))
    form = form_of_case(case)
    pairs += [
        (field.label, _in_full(field, case) or shown)
        for field, shown in engine.summary(form, case.answers)
    ]
    pairs += await _survey(maker, case)
    history = [
        maker.word(
            "langkah",
            waktu=maker.time(event.at),
            apa=maker.reference.texts.plain(f"status.nama.{event.to_status}"),
            siapa=maker.word(f"pelaku.{event.actor}"),
            alasan=event.reason or "",
        ).strip()
        for event in await cases.history(maker.session, case)
        if event.to_status
    ]
    heading = f"{case.code or maker.word('belum_dikirim')}, {catalogue.called(case.slug)}"
    return Section(heading, pairs, [*history, *await _files(maker, case, form.fields)])


def _in_full(field: Field, case: Case) -> str | None:
    value = case.answers.get(field.key)
    return str(value) if field.kind in IN_FULL and value is not None else None


async def _survey(maker: _Maker, case: Case) -> list[Pair]:
    survey: Survey | None = await surveys.of_request(maker.session, case.id)
    if survey is None or survey.overall is None:
        return []
    texts = maker.reference.texts
    pairs = [(maker.word("nilai"), texts.plain(f"survei.nilai.{survey.overall}"))]
    given = await surveys.answers(maker.session, survey)
    pairs += [(maker.word("unsur", unsur=element), str(score)) for element, score in given.items()]
    return pairs + ([(maker.word("komentar"), survey.comment)] if survey.comment else [])


async def _files(maker: _Maker, case: Case, fields: Sequence[Field]) -> list[str]:
    labels = {field.key: field.label for field in fields}
    kept: Sequence[Attachment] = await cases.attachments(maker.session, case)
    files = [
        maker.word(
            "berkas",
            nama=labels.get(file.field, file.field),
            jenis=file.mime,
            kb=max(file.size // 1024, 1),
            waktu=maker.time(file.at),
        )
        for file in kept
    ]
    counted = select(func.count(CaseNote.id)).where(CaseNote.case_id == case.id)
    notes = await maker.session.scalar(counted) or 0
    return files + ([maker.word("catatan", jumlah=notes)] if notes else [])


async def _looks(maker: _Maker, chat: str) -> list[str]:
    looks = await audit_log.of_chat(maker.session, chat, MOST_LOOKS)
    return [audit_log.in_words(maker.reference, look) for look in looks]


async def _talks(maker: _Maker, chat: str) -> list[str]:
    mine = select(Escalation).where(Escalation.chat == chat).order_by(Escalation.id)
    return [
        maker.word(
            "dialihkan",
            waktu=maker.time(talk.opened_at),
            sebab=maker.reference.texts.plain(f"petugas.sebab.{talk.reason}"),
        )
        for talk in (await maker.session.scalars(mine)).all()
    ]


async def _requests(maker: _Maker, chat: str) -> list[str]:
    asked: Sequence[PrivacyRequest] = await privacy_requests.of_chat(maker.session, chat)
    return [privacy_requests.in_words(maker.reference, request) for request in asked]


async def _lines(maker: _Maker, chat: str) -> Section:
    """What was written, oldest first; of very much the newest part, which is said."""
    counted = select(func.count(Message.id)).where(Message.chat == chat)
    total = await maker.session.scalar(counted) or 0
    told: list[str] = []
    before: int | None = None
    while len(told) < min(total, MOST_LINES):
        newest = select(Message).where(Message.chat == chat).order_by(Message.id.desc())
        newest = newest if before is None else newest.where(Message.id < before)
        found = (await maker.session.scalars(newest.limit(LINES_AT_ONCE))).all()
        if not found:
            break
        before = found[-1].id
        told += [_line(maker, line) for line in found]
    cut = [maker.word("terpotong", dari=total)] if total > len(told) else []
    return Section(maker.word("pesan", jumlah=len(told)), lines=[*cut, *reversed(told)])


def _line(maker: _Maker, line: Message) -> str:
    sender = maker.word(f"pelaku.{Sender(line.sender)}")
    file = f" {maker.word('dengan_berkas')}" if line.file else ""
    return f"{maker.time(line.at)} {sender}: {line.text}{file}"

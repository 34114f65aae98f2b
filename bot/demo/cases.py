"""Moves one case from draft to where it stands, with what is written around it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from actions.casework import returned
from actions.casework.attachments import PROOF, row
from actions.casework.audit_log import Look
from actions.casework.cases import kind_of
from actions.casework.places import village_of
from actions.casework.proof import is_asked
from actions.casework.search_terms import terms_of
from actions.dialogue.handlers.form.build import STORY
from actions.domain.codes import new_code
from actions.domain.status import Actor, CaseKind, Status, is_open
from actions.domain.work import Channel, EventKind, awaited
from actions.forms.engine import summary
from actions.forms.form import UPLOADS
from actions.forms.show import show_day
from actions.storage.tables import AccessLog, Attachment, Case, CaseEvent, SearchTerm
from bot.demo.clock import Clock
from bot.demo.paths import Move
from bot.demo.scribe import TABLES, Scribe, Told

URGENT, LOOKS_AT_NUMBERS = 0.03, 0.1
BEFORE = timedelta(minutes=1)
PROOF_COLUMNS = ("case_id", "field", "name", "mime", "size", "at")
CASE_COLUMNS = tuple(column.name for column in TABLES[Case].columns)
CHANNELS = ((Channel.TELEGRAM, Channel.COUNTER, Channel.PHONE), (85, 11, 4))
OWNED = 0.7
"""How many open cases have an owner, once an officer has touched them."""
HEADINGS = {CaseKind.REQUEST: "layanan", CaseKind.COMPLAINT: "pengaduan"}


@dataclass
class CaseMaker:
    """One case on its way. `others` are codes of complaints alike, the newest by slug."""

    scribe: Scribe
    told: Told
    case: Case
    random: Random
    others: dict[str, str]

    def __post_init__(self) -> None:
        """Wind the clock of the case up."""
        self.clock = Clock(self.scribe, self.case, self.random)

    def apply(self, move: Move) -> None:
        """Move the case as casework does."""
        case = self.case
        if move.origin is Status.DRAFT:
            self._leave_draft(move)
        reason = self._reason(move)
        if move.actor is Actor.OFFICER and is_asked(self.scribe.reference, case, move.target):
            self._show(move)
        self.clock.run(move)
        case.status, case.updated_at = move.target, move.at
        case.awaits = awaited(move.target)
        case.closed_at = None if is_open(move.target) else move.at
        case.version += 1
        self.scribe.add(
            CaseEvent,
            case_id=case.id,
            kind=EventKind.MOVED,
            at=move.at,
            actor=move.actor,
            staff_id=self._look(move) if move.actor is Actor.OFFICER else None,
            from_status=move.origin,
            to_status=move.target,
            reason=reason or None,
        )
        if case.code is not None:
            self._tell(move, reason, show_day(case.due_on) if case.due_on else "")

    def _show(self, move: Move) -> None:
        """The photo that shows that it is done."""
        case, scribe, picture = self.case, self.scribe, self.scribe.forms.picture
        proof = row(picture, move.at, chat=case.chat, album=None, case_id=case.id, field=PROOF)
        values = {name: getattr(proof, name) for name in PROOF_COLUMNS}
        scribe.add(Attachment, **values)
        hal = scribe.reference.catalogue.called(case.slug)
        self._hears(move.at - BEFORE, "umum.foto_bukti", kode=case.code, hal=hal)

    def _leave_draft(self, move: Move) -> None:
        """Hand the draft in; what nobody handed in is forgotten."""
        scribe, case = self.scribe, self.case
        self.told.memory.pop("draft", None)
        if not is_open(move.target):
            case.answers = {} if move.actor is Actor.SYSTEM else case.answers
            return
        item = scribe.reference.catalogue.item(case.slug)
        case.code = new_code(scribe.reference.catalogue.office.code_prefix, scribe.codes)
        case.submitted_at = move.at
        case.village = village_of(case.answers)
        due = scribe.reference.due(move.at.date(), item.duration.working_days)
        self.clock.promise(due, move.at)
        pairs = summary(scribe.forms.forms[case.slug], case.answers)
        shown = "\n".join(f"{asked.label}: {answer}" for asked, answer in pairs)
        self._hears(move.at - BEFORE, "formulir.ringkasan", hal=item.called, isi=shown)

    def _reason(self, move: Move) -> str:
        """What the officer writes; a duplicate names the other case."""
        if move.actor is not Actor.OFFICER:
            return ""
        if move.target is Status.DUPLICATE:
            return self.others.get(self.case.slug) or str(self.case.code)
        return self.random.choice(self.scribe.words.notes_of(move.target))

    def _look(self, move: Move) -> int:
        """The officer opens the case before moving it."""
        staff_id = self.scribe.officer(self.case.unit, secret=self.case.secret)
        if self.case.owner_id is None and self.random.random() < OWNED:
            self.case.owner_id = staff_id
        looks = [Look.CASE]
        looks += [Look.NUMBERS] if self.random.random() < LOOKS_AT_NUMBERS else []
        for look in looks:
            self.scribe.add(
                AccessLog,
                staff_id=staff_id,
                case_id=self.case.id,
                escalation_id=None,
                action=look,
                at=move.at - BEFORE,
            )
        return staff_id

    def _tell(self, move: Move, reason: str, due: str) -> None:
        """What the citizen reads of a move, and what was answered before."""
        case, catalogue = self.case, self.scribe.reference.catalogue
        if move.origin is Status.DRAFT:
            self._hears(move.at, "formulir.diterima", kode=case.code, tanggal=due)
        elif (
            move.actor is Actor.CITIZEN and move.origin in returned.RETURNED and not case.closed_at
        ):
            answer = self.random.choice(self.scribe.words.chat["balasan"][move.origin])
            self.told.says(move.at - BEFORE, answer)
            case.answers = {**case.answers, returned.form_of_case(case).fields[-1].key: answer}
            self._hears(move.at, "formulir.dilengkapi", kode=case.code, tanggal=due)
        elif move.actor is not Actor.CITIZEN:
            self._hears(
                move.at,
                f"kabar.{move.target}",
                kode=case.code,
                hal=catalogue.item(case.slug).called,
                alasan=reason,
                alamat="",
                janji=self.scribe.text("terlambat.janji", tanggal=due) if due else "",
                unit=catalogue.unit(case.unit).short,
            )
        if move.target in returned.RETURNED:
            returned.ask(self.scribe.reference, case, reason)

    def _hears(self, at: datetime, key: str, **params: Any) -> None:
        self.told.hears(at, self.scribe.text(key, self.case.id, **params))

    def write(self) -> None:
        """Keep the rows of the case and its files."""
        case, scribe = self.case, self.scribe
        if case.due_on is not None and case.met_on is None and case.closed_at is None:
            case.remind_at = case.updated_at  # wound up by the first job, silently
        if case.code is not None:
            self._index()
        scribe.add(Case, **{name: getattr(case, name) for name in CASE_COLUMNS})
        self.clock.write()
        for asked in scribe.forms.forms[case.slug].fields:
            file: Mapping[str, Any] | None = case.answers.get(asked.key)
            if asked.kind in UPLOADS and file:
                scribe.add(
                    Attachment,
                    case_id=case.id,
                    field=asked.key,
                    name=file["nama"],
                    mime=file["mime"],
                    size=file["ukuran"],
                    at=case.created_at,
                )

    def _index(self) -> None:
        """Write down by what the case is found, as casework does when it is sent."""
        self.case.indexed_with = self.scribe.key
        for kind, term in terms_of(self.case):
            self.scribe.add(SearchTerm, case_id=self.case.id, kind=kind, term=term)


def begin(scribe: Scribe, told: Told, slug: str, start: datetime, random: Random) -> Case:
    """A draft with the first words of its citizen."""
    item = scribe.reference.catalogue.item(slug)
    kind = kind_of(item)
    (channel,) = random.choices(*CHANNELS)
    case = Case(
        id=scribe.number(Case),
        kind=kind,
        slug=slug,
        unit=item.unit,
        chat=told.citizen.chat,
        channel=channel,
        awaits=awaited(Status.DRAFT),
        status=Status.DRAFT,
        answers=scribe.forms.fill(slug, told.citizen, start.date(), random),
        form=scribe.forms.snapshots[slug],
        secret=getattr(item, "secret", False),
        urgent=kind is CaseKind.COMPLAINT and random.random() < URGENT,
        anonymous=False,
        discreet=False,
        created_at=start,
        updated_at=start,
        version=1,
    )
    opening = random.choice(scribe.words.chat["pembuka"]).format(hal=item.called)
    told.says(start, str(case.answers.get(STORY) or opening))
    told.hears(start, scribe.text(f"formulir.mulai_{HEADINGS[kind]}", case.id, hal=item.called))
    told.memory |= {"topic": slug, "draft": case.id}
    return case

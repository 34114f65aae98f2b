"""Sentences that the model may learn from: kept masked, labelled by officers, then accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.chats import NOBODY
from actions.catalogue import Catalogue
from actions.domain.learning import LONGEST, SampleState, Source
from actions.domain.masking import mask
from actions.domain.understanding import Understanding
from actions.storage.batches import delete_some
from actions.storage.tables import LearningSample, Staff

PAGE = 20
_OPEN = (SampleState.NEW, SampleState.LABELLED)
NO_MEANING, NO_TARGET, WRONG_TARGET = "arti_kosong", "tentang_kosong", "tentang_lain"
NO_WORDS = "kalimat_kosong"
FAULTS = (NO_MEANING, NO_TARGET, WRONG_TARGET, NO_WORDS)


class LabelError(Exception):
    """What an officer chose does not fit; `key` says why, `field` where."""

    def __init__(self, field: str, key: str) -> None:
        super().__init__(key)
        self.field, self.key = field, key


class DecidedError(Exception):
    """Somebody has decided about this sentence meanwhile."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a sentence means: an intent and, where that is about something, its target."""

    intent: str
    target: str | None


def is_secret(catalogue: Catalogue, known: Understanding) -> bool:
    """Whether the words may be of a secret complaint, which is kept nowhere else."""
    items = (catalogue.find(candidate.name) for candidate in known.targets[:3])
    return any(getattr(item, "secret", False) for item in items)


async def keep(
    session: AsyncSession,
    catalogue: Catalogue,
    *,
    chat: str,
    source: Source,
    known: Understanding,
    now: datetime,
) -> None:
    """Keep a sentence of a chat, masked; not what is too long, or may be secret.

    The same sentence of the same chat is kept once, for the more telling reason.
    """
    if len(known.text) > LONGEST or is_secret(catalogue, known):
        return
    text = mask(known.text, known.entities, catalogue.vocabulary)
    last = select(LearningSample).where(LearningSample.chat == chat)
    before = await session.scalar(last.order_by(LearningSample.id.desc()).limit(1))
    if before is not None and before.text == text:
        if source is not Source.SAMPLE and before.state == SampleState.NEW:
            before.source = source
        return
    target = known.targets[0].name if known.targets else None
    session.add(
        LearningSample(
            chat=chat,
            source=source,
            text=text,
            intent=known.intent.name,
            target=target,
            confidence=known.intent.confidence,
            at=now,
            state=SampleState.NEW,
        )
    )


def check(catalogue: Catalogue, intent: str, target: str | None) -> Label:
    """The label that was chosen; raises LabelError where the two do not go together."""
    traits = catalogue.intents.get(intent)
    if traits is None:
        raise LabelError("niat", NO_MEANING)
    if target is None and traits.opens:
        raise LabelError("tentang", NO_TARGET)
    if target is not None and target not in targets_of(catalogue, intent):
        raise LabelError("tentang", WRONG_TARGET)
    return Label(intent, target)


def targets_of(catalogue: Catalogue, intent: str) -> Sequence[str]:
    """What an intent may be about, by slug; nothing where it is about nothing."""
    office = catalogue.office
    kinds = {
        "layanan": [*catalogue.services],
        "keluhan": [*catalogue.complaints],
        "kantor": [*office.units, *office.others],
    }
    kind = catalogue.intent(intent).target
    return kinds.get(kind, []) if kind else []


def label(
    sample: LearningSample, catalogue: Catalogue, text: str, meant: Label, staff: Staff
) -> None:
    """Say what a sentence means; what was written anew is masked again."""
    if sample.state not in _OPEN:
        raise DecidedError(sample.id)
    masked = " ".join(mask(text, (), catalogue.vocabulary).split())
    if not any(letter.isalpha() for letter in masked):
        raise LabelError("kalimat", NO_WORDS)
    sample.text = masked
    sample.label_intent, sample.label_target = meant.intent, meant.target
    sample.state, sample.labelled_by = SampleState.LABELLED, staff.id


def accept(sample: LearningSample, staff: Staff) -> None:
    """Let the model learn a sentence; from now on it belongs to no chat."""
    if sample.state != SampleState.LABELLED:
        raise DecidedError(sample.id)
    sample.state, sample.decided_by, sample.chat = SampleState.ACCEPTED, staff.id, NOBODY


def drop(sample: LearningSample, staff: Staff) -> None:
    """Set a sentence aside; its words are forgotten. An accepted one is learnt no more."""
    if sample.state == SampleState.DROPPED:
        raise DecidedError(sample.id)
    sample.state, sample.decided_by = SampleState.DROPPED, staff.id
    sample.text, sample.chat = "", NOBODY


def give_back(sample: LearningSample) -> None:
    """Let an officer look at a labelled sentence once more."""
    if sample.state != SampleState.LABELLED:
        raise DecidedError(sample.id)
    sample.state = SampleState.NEW


async def samples(
    session: AsyncSession,
    state: SampleState,
    *,
    source: Source | None = None,
    before: int | None = None,
    limit: int = PAGE,
) -> Sequence[LearningSample]:
    """Sentences in a state, newest first, those before an id; one more than `limit`."""
    wanted = select(LearningSample).where(LearningSample.state == state)
    if source is not None:
        wanted = wanted.where(LearningSample.source == source)
    if before is not None:
        wanted = wanted.where(LearningSample.id < before)
    newest = wanted.order_by(LearningSample.id.desc()).limit(limit + 1)
    return (await session.scalars(newest)).all()


async def following(
    session: AsyncSession, state: SampleState, before: int
) -> LearningSample | None:
    """The next sentence in a list, or the first where there is none further down."""
    further = await samples(session, state, before=before, limit=1)
    first = further or await samples(session, state, limit=1)
    return next(iter(first), None)


async def counts(session: AsyncSession) -> dict[SampleState, int]:
    """How many sentences are in each state."""
    grouped = select(LearningSample.state, func.count()).group_by(LearningSample.state)
    found = {row[0]: row[1] for row in await session.execute(grouped)}
    return {state: found.get(state, 0) for state in SampleState}


async def accepted(session: AsyncSession) -> Sequence[LearningSample]:
    """All that the model may learn, in the order in which they came."""
    wanted = select(LearningSample).where(LearningSample.state == SampleState.ACCEPTED)
    return (await session.scalars(wanted.order_by(LearningSample.id))).all()


async def erase_chat(session: AsyncSession, chat: str) -> None:
    """Forget the sentences of a chat; what was accepted belongs to none."""
    await session.execute(delete(LearningSample).where(LearningSample.chat == chat))


async def prune(session: AsyncSession, now: datetime, keep_for: timedelta) -> int:
    """Forget old sentences that nobody accepted; returns how many."""
    unused = LearningSample.state != SampleState.ACCEPTED
    return await delete_some(session, LearningSample, LearningSample.at < now - keep_for, unused)

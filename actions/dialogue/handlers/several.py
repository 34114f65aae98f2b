"""Several wishes in one message: all are served, in order.

Questions are answered at once and the first form is opened; other forms wait in the chat's
memory, and each is offered when the one before is sent or given up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from actions.catalogue import Complaint
from actions.catalogue.intent_models import Intent
from actions.dialogue import reading, waiting
from actions.dialogue.agreement import agrees, declines
from actions.dialogue.context import TurnContext
from actions.dialogue.decide import SERVICE, Reading
from actions.dialogue.handlers.form import prefill
from actions.dialogue.handlers.form.opening import begin
from actions.dialogue.handlers.form.questions import stale
from actions.dialogue.registry import ON_INTENT, Replies, on_awaited, on_button, once
from actions.dialogue.waiting import Waiting
from actions.domain.memory import ChatMemory
from actions.domain.messages import Reply
from actions.domain.text import words_of
from actions.domain.understanding import Candidate, Entity, Wish

SHARE = 0.25
"""From here on the model thinks of a service beside another one."""
OF_A_PERSON = frozenset({"nik", "kk", "hp"})
SHORTCUTS = "layanan."
"""Replies whose buttons only lead on; without them they join the next message."""


def meant(turn: TurnContext) -> list[Intent]:
    """What the message wants: the intents of its wishes, else its own."""
    known, catalogue = turn.understanding, turn.reference.catalogue
    names = [wish.intent.name for wish in known.wishes] or [known.intent.name]
    return [catalogue.intent(name) for name in names]


def surely(turn: TurnContext) -> bool:
    """Whether what the message wants is clear enough to act on."""
    return bool(turn.understanding.wishes) or reading.is_sure(turn)


async def serve_all(turn: TurnContext) -> Replies:
    """Do the several things that the message wants; nothing where it is one."""
    parts = list(_parts(turn))
    return await _serve_parts(turn, parts) if len(parts) > 1 else []


def are_wanted_together(turn: TurnContext, found: Sequence[Reading]) -> bool:
    """Whether what seems to be a choice are several services, each named by words of its own."""
    services = _in_one_breath(turn)
    return len(services) > 1 and found[0].target in services


def with_what_else_was_said(turn: TurnContext, opened: Replies) -> Replies:
    """Note the services that were named in one breath with the one that is opened now."""
    services = _in_one_breath(turn)
    if turn.memory.topic not in services or not turn.memory.untouched:
        return opened
    others = [slug for slug in services if slug != turn.memory.topic]
    for slug in others:
        waiting.remember(turn, slug, turn.text, prefill.found(turn, slug))
    return _with_note(turn, opened, others)


def only_wish(turn: TurnContext) -> TurnContext:
    """The turn as if nothing but its one wish had been said, where courtesies stand around it.

    A question keeps the words around it, which may ask for more of the same service.
    """
    parts, known = list(_parts(turn)), turn.understanding
    if len(parts) != 1:
        return turn
    if not _asks(turn, known.wishes[0]):
        return parts[0]
    one = parts[0].understanding
    return turn.hearing(replace(known, intents=one.intents, targets=one.targets, wishes=()))


def _parts(turn: TurnContext) -> Iterator[TurnContext]:
    known = turn.understanding
    for wish in known.wishes:
        whole = replace(wish, target=wish.target or _spoken_of(turn, wish))
        yield turn.hearing(known.part(whole, tuple(_of_the_person(turn, wish))))


def _spoken_of(turn: TurnContext, wish: Wish) -> Candidate | None:
    """The one service of the message, for a question that names none: "berapa lama dan ..."."""
    targets = [w.target for w in turn.understanding.wishes if w.target]
    found = {t.name: t for t in targets if t.name in turn.reference.catalogue.services}
    return next(iter(found.values())) if _asks(turn, wish) and len(found) == 1 else None


def _asks(turn: TurnContext, wish: Wish) -> bool:
    """Whether it is a question about a service."""
    intent = turn.reference.catalogue.intent(wish.intent.name)
    return intent.target == SERVICE and not intent.opens


def _in_one_breath(turn: TurnContext) -> list[str]:
    """Several services that the model splits its mind over, each with words of its own.

    Not so for complaints: there the other words tell where it is, and what it leads to.
    """
    known, catalogue = turn.understanding, turn.reference.catalogue
    intent, meant = catalogue.intent(known.intent.name), list[str]()
    if known.wishes or not intent.opens or intent.target != SERVICE:
        return []
    for target in known.targets:
        thought_of = target.confidence >= SHARE and target.name in catalogue.services
        if thought_of and all(_apart(turn, target.name, other) for other in meant):
            meant.append(target.name)
    return meant


def _apart(turn: TurnContext, slug: str, other: str) -> bool:
    return turn.reference.matcher.apart(turn.understanding.affirmed, slug, other)


def _of_the_person(turn: TurnContext, wish: Wish) -> Iterator[Entity]:
    """What was said elsewhere in the message of whoever speaks, and not within the wish."""
    known = turn.understanding
    outside = [e for e in known.entities if not (wish.start <= e.start and e.end <= wish.end)]
    within = {e.kind for e in known.entities if e not in outside}
    for entity in outside:
        own = entity.kind in OF_A_PERSON or _is_own_name(turn, entity)
        if own and entity.kind not in within:
            yield entity


def _is_own_name(turn: TurnContext, entity: Entity) -> bool:
    """Whether somebody tells their own name, and not a child's: "nama saya ..."."""
    return entity.kind == prefill.NAME and prefill.introduced(turn, entity, "nama_sendiri")


@dataclass
class _Served:
    """What wishes came to: answers, what waits, and the one thing that goes on after them."""

    answers: Replies = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    last: TurnContext | None = None


async def _serve_parts(turn: TurnContext, parts: Sequence[TurnContext]) -> Replies:
    draft = turn.memory.draft
    served = await _in_order(turn, parts)
    if served.last is None:
        return [*_joined(served.answers[:-1]), *served.answers[-1:]]
    last = await ON_INTENT[served.last.understanding.intent.name](served.last)
    if turn.memory.draft not in {None, draft}:
        turn.memory.parked = turn.memory.awaited = None
    return [*_joined(served.answers), *_with_note(turn, last, served.waiting)]


async def _in_order(turn: TurnContext, parts: Sequence[TurnContext]) -> _Served:
    """Answer what can be answered. A human comes last and before any form, which then waits."""
    wants_human = any(intent.hands_over for intent in meant(turn))
    served = _Served()
    for part in parts:
        (intent,), slug = meant(part), _slug(part)
        if intent.hands_over:
            served.last = part
        elif intent.opens and served.last is None and not wants_human:
            served.last, turn.memory.topic = part, slug or turn.memory.topic
        elif intent.opens and slug is not None:
            waiting.remember(turn, slug, part.text, prefill.found(part, slug))
            served.waiting.append(slug)
        elif not intent.opens:
            served.answers.extend(await ON_INTENT[part.understanding.intent.name](part))
    return served


def _slug(part: TurnContext) -> str | None:
    """The service or complaint that a part is about."""
    known = part.understanding
    slug = known.targets[0].name if known.targets else None
    return slug if part.reference.catalogue.find(slug) is not None else None


def _joined(replies: Replies) -> Replies:
    """Answers that something follows, without shortcuts to what they are about."""
    return [
        Reply(reply.key, reply.text) if reply.key.startswith(SHORTCUTS) else reply
        for reply in replies
    ]


def _with_note(turn: TurnContext, opened: Replies, slugs: Sequence[str]) -> Replies:
    """Tell what was noted for later, behind the first words of what is opened now."""
    if not slugs:
        return opened
    names = ", ".join(turn.called(slug) for slug in slugs)
    first = 1 if len(opened) > 1 else 0
    return [*opened[:first], turn.say("keinginan.dicatat", hal=names), *opened[first:]]


def busy(memory: ChatMemory) -> bool:
    """Whether a form or a human has the chat."""
    return memory.draft is not None or memory.with_human


def next_one(turn: TurnContext, *, was_busy: bool) -> Replies:
    """Offer the next waiting wish once the chat is free for it.

    It is offered when a form or a human has just left the chat; one that never was, also at
    any quiet moment.
    """
    memory, wishes = turn.memory, waiting.everything(turn)
    if not wishes or busy(memory) or memory.awaited is not None:
        return []
    quiet = memory.parked is None and not wishes[0].offered
    return [_offer(turn, wishes[0])] if was_busy or quiet else []


def _offer(turn: TurnContext, wish: Waiting) -> Reply:
    waiting.replaced(turn, replace(wish, offered=True))
    turn.wait_for("keinginan")
    is_complaint = isinstance(turn.reference.catalogue.item(wish.slug), Complaint)
    ways = [
        [
            turn.button("ya_lanjut", "wish", "go", wish.slug),
            turn.button("nanti_saja", "wish", "later", wish.slug),
        ]
    ]
    key = "keinginan.pengaduan" if is_complaint else "keinginan.layanan"
    return turn.say(key, ways, hal=turn.called(wish.slug))


@on_awaited("keinginan")
async def answer_offer(turn: TurnContext) -> Replies | None:
    """Yes, no or later in words to the wish that was offered; None when it is neither."""
    wishes = waiting.everything(turn)
    if not wishes or busy(turn.memory):
        return None
    if agrees(turn):
        return await begin(turn, wishes[0])
    said = " ".join(words_of(turn.text))
    if said in turn.reference.words["keinginan"]["nanti"] or declines(turn):
        return _later(turn, wishes[0])
    return None


@on_button("wish")
@once
async def answer_offer_by_button(turn: TurnContext, act: str, slug: str) -> Replies:
    """Go on with the wish that was offered, or not now."""
    wish = waiting.of(turn, slug)
    if wish is None:
        return stale(turn)
    return await begin(turn, wish) if act == "go" else _later(turn, wish)


def _later(turn: TurnContext, wish: Waiting) -> Replies:
    waiting.forget(turn, wish.slug)
    ways = [[turn.button("menu", "menu")]]
    return [turn.say("keinginan.nanti", ways, hal=turn.called(wish.slug))]

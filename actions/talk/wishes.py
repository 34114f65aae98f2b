"""Several wishes in one message: all are served, in order.

Questions are answered at once and the first form is opened; other forms wait in the chat's
memory, and each is offered when the one before is sent or given up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from actions.catalogue import Complaint
from actions.conversation import Conversation
from actions.flow.words import words_of
from actions.registry import HANDLERS, Replies, presses
from actions.scene import Scene
from actions.talk import agreeing, answering, prefill, waiting
from actions.talk.items import name_of
from actions.talk.waiting import Waiting
from actions.turn import Reply
from actions.understanding import Entity, Wish

ANSWERED = "keinginan"
FORMS = frozenset({"ajukan_layanan", "lapor"})
HUMAN = "minta_petugas"
OF_A_PERSON = frozenset({"nik", "kk", "hp"})
SHORTCUTS = "layanan."
"""Replies whose buttons only lead on; without them they join the next message."""


def intents(scene: Scene) -> set[str]:
    """What the message wants: the intents of its wishes, else its own."""
    known = scene.understanding
    return {wish.intent.name for wish in known.wishes} or {known.intent.name}


def surely(scene: Scene) -> bool:
    """Whether what the message wants is clear enough to act on."""
    known = scene.understanding
    if known.wishes:
        return all(wish.intent.name in HANDLERS for wish in known.wishes)
    return known.intent.confidence >= known.accept and known.intent.name in HANDLERS


async def serve(scene: Scene) -> Replies:
    """Do what the message wants, be it one thing or several."""
    parts = list(_parts(scene))
    if not parts:
        return await HANDLERS[scene.understanding.intent.name](scene)
    if len(parts) == 1:
        return await HANDLERS[parts[0].understanding.intent.name](parts[0])
    return await _serve_all(scene, parts)


def _parts(scene: Scene) -> Iterator[Scene]:
    known = scene.understanding
    for wish in known.wishes:
        yield scene.hearing(known.part(wish, tuple(_of_the_person(scene, wish))))


def _of_the_person(scene: Scene, wish: Wish) -> Iterator[Entity]:
    """What was said elsewhere in the message of whoever speaks, and not within the wish."""
    known = scene.understanding
    outside = [e for e in known.entities if not (wish.start <= e.start and e.end <= wish.end)]
    within = {e.kind for e in known.entities if e not in outside}
    for entity in outside:
        own = entity.kind in OF_A_PERSON or _is_own_name(scene, entity)
        if own and entity.kind not in within:
            yield entity


def _is_own_name(scene: Scene, entity: Entity) -> bool:
    """Whether somebody tells their own name, and not a child's: "nama saya ..."."""
    return entity.kind == prefill.NAME and prefill.introduced(scene, entity, "nama_sendiri")


@dataclass
class _Served:
    """What wishes came to: answers, what waits, and the one thing that goes on after them."""

    answers: Replies = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    last: Scene | None = None


async def _serve_all(scene: Scene, parts: Sequence[Scene]) -> Replies:
    draft = scene.memory.draft
    served = await _in_order(scene, parts)
    noted = _noted(scene, served.waiting)
    if served.last is None:
        return [*_joined(served.answers[:-1]), *served.answers[-1:]]
    last = await HANDLERS[served.last.understanding.intent.name](served.last)
    if scene.memory.draft not in {None, draft}:
        scene.memory.parked = scene.memory.expects = None
    opening = 1 if len(last) > 1 else 0
    return [*_joined(served.answers), *last[:opening], *noted, *last[opening:]]


async def _in_order(scene: Scene, parts: Sequence[Scene]) -> _Served:
    """Answer what can be answered. A human comes last and before any form, which then waits."""
    wants_human = any(part.understanding.intent.name == HUMAN for part in parts)
    served = _Served()
    for part in parts:
        name, slug = part.understanding.intent.name, _slug(part)
        if name == HUMAN:
            served.last = part
        elif name in FORMS and served.last is None and not wants_human:
            served.last, scene.memory.topic = part, slug or scene.memory.topic
        elif name in FORMS and slug is not None:
            waiting.remember(scene, slug, part.text, prefill.found(part, slug))
            served.waiting.append(slug)
        elif name not in FORMS:
            served.answers.extend(await HANDLERS[name](part))
    return served


def _slug(part: Scene) -> str | None:
    """The service or complaint that a part is about."""
    known = part.understanding
    slug = known.targets[0].name if known.targets else None
    return slug if part.hall.catalogue.find(slug) is not None else None


def _joined(replies: Replies) -> Replies:
    """Answers that something follows, without shortcuts to what they are about."""
    return [
        Reply(reply.key, reply.text) if reply.key.startswith(SHORTCUTS) else reply
        for reply in replies
    ]


def _noted(scene: Scene, slugs: Sequence[str]) -> Replies:
    """Tell what was noted for later."""
    names = [name_of(scene, slug) for slug in slugs]
    return [scene.say("keinginan.dicatat", hal=", ".join(names))] if names else []


def busy(memory: Conversation) -> bool:
    """Whether a form or a human has the chat."""
    return memory.draft is not None or memory.with_human


def next_one(scene: Scene, *, was_busy: bool) -> Replies:
    """Offer the next waiting wish once the chat is free for it.

    It is offered when a form or a human has just left the chat; one that never was, also at
    any quiet moment.
    """
    memory, wishes = scene.memory, waiting.everything(scene)
    if not wishes or busy(memory) or memory.expects is not None:
        return []
    quiet = memory.parked is None and not wishes[0].offered
    return [_offer(scene, wishes[0])] if was_busy or quiet else []


def _offer(scene: Scene, wish: Waiting) -> Reply:
    waiting.replaced(scene, replace(wish, offered=True))
    scene.memory.expects = ANSWERED
    is_complaint = isinstance(scene.hall.catalogue.item(wish.slug), Complaint)
    ways = [[scene.button("ya_lanjut", "wish", "go", wish.slug),
             scene.button("nanti_saja", "wish", "later", wish.slug)]]  # fmt: skip
    key = "keinginan.pengaduan" if is_complaint else "keinginan.layanan"
    return scene.say(key, ways, hal=name_of(scene, wish.slug))


async def answered(scene: Scene) -> Replies | None:
    """Yes, no or later in words to the wish that was offered; None when it is neither."""
    scene.memory.expects = None
    wishes = waiting.everything(scene)
    if not wishes or busy(scene.memory):
        return None
    if agreeing.agrees(scene):
        return await answering.begin(scene, wishes[0])
    said = " ".join(words_of(scene.text))
    if said in scene.hall.words["keinginan"]["nanti"] or agreeing.declines(scene):
        return _later(scene, wishes[0])
    return None


@presses("wish")
async def _wish(scene: Scene, args: list[str]) -> Replies:
    act, slug = args
    wish = waiting.of(scene, slug)
    if wish is None:
        return answering.stale(scene)
    return await answering.begin(scene, wish) if act == "go" else _later(scene, wish)


def _later(scene: Scene, wish: Waiting) -> Replies:
    waiting.forget(scene, wish.slug)
    called = name_of(scene, wish.slug)
    return [scene.say("keinginan.nanti", [[scene.button("menu", "menu")]], hal=called)]

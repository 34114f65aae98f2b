"""Asks what was meant, with two or three choices and a way out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from actions.registry import HANDLERS, Replies, presses
from actions.scene import Scene, press, rows
from actions.talk import targets
from actions.talk.items import name_of
from actions.turn import Button, Gathered, Reply
from actions.understanding import Candidate, Understanding

CHOICES = 3
NEVER_OFFERED = frozenset({"di_luar_cakupan", "setuju", "tolak", "terima_kasih", "sapa"})
NO_TARGET = "-"
WORTH_OFFERING = 0.05


def offer(scene: Scene) -> Reply | None:
    """Offer what the sentence may have meant; None when there is nothing worth offering."""
    buttons = list(dict.fromkeys([*_choices(scene), *_wish(scene)]))[:CHOICES]
    if not buttons:
        return None
    scene.memory.parked = scene.text
    key = "umum.maksud_mana" if len(buttons) > 1 else "umum.maksud_ini"
    return scene.say(key, [*rows(buttons), [scene.button("bukan_itu", "none")]])


def _choices(scene: Scene) -> Iterator[Button]:
    for intent in scene.understanding.intents[: CHOICES + 1]:
        if intent.name in NEVER_OFFERED or intent.name not in HANDLERS:
            continue
        if intent.confidence < WORTH_OFFERING:
            return
        if intent.name == "perbaiki" and scene.memory.draft is None:
            continue
        for slug in _targets_of(scene, intent.name):
            yield _choice(scene, intent.name, slug)


def _wish(scene: Scene) -> Iterator[Button]:
    """The service that is named for sure may be wanted, whatever the rest of the words say."""
    slug = targets.clear(targets.services(scene))
    if slug is not None:
        yield _choice(scene, "ajukan_layanan", slug)


def _targets_of(scene: Scene, intent: str) -> Sequence[str]:
    if intent == "lapor":
        return [c.name for c in targets.complaints(scene)[:2]] or [NO_TARGET]
    if intent == "ajukan_layanan":
        return [c.name for c in targets.services(scene)[:2]] or [NO_TARGET]
    if f"umum.maksud.{intent}" in scene.hall.texts:
        return [targets.topic(scene) or NO_TARGET]
    return [NO_TARGET]


def _choice(scene: Scene, intent: str, slug: str) -> Button:
    if slug == NO_TARGET:
        label = scene.word(f"umum.maksud_umum.{intent}")
    else:
        label = scene.word(f"umum.maksud.{intent}", hal=name_of(scene, slug))
    return press(label, "mean", intent, slug)


def which(scene: Scene, candidates: Sequence[Candidate], intent: str, key: str) -> Reply:
    """Ask which of several services or complaints is meant, with what tells them apart."""
    scene.memory.parked = scene.text
    slugs = [candidate.name for candidate in candidates[:CHOICES]]
    buttons = [press(name_of(scene, slug), "mean", intent, slug) for slug in slugs]
    lines = [
        scene.word("umum.beda", hal=name_of(scene, slug),
                   isi=scene.hall.catalogue.item(slug).summary)
        for slug in slugs
    ]  # fmt: skip
    ways = [*rows(buttons), [scene.button("bukan_itu", "none")]]
    if len(slugs) == 1:
        return scene.say("umum.maksud_ini", ways)
    return scene.say(key, ways, daftar="\n".join(lines))


@presses("mean")
async def _mean(scene: Scene, args: list[str]) -> Replies:
    """Act as if the sentence had been understood like the chosen button."""
    intent, slug = args
    text, scene.memory.parked = scene.memory.parked or "", None
    chosen = () if slug == NO_TARGET else (Candidate(slug, 1.0),)
    known = Understanding(text, (Candidate(intent, 1.0),), chosen, source="pilihan")
    scene.incoming = replace(scene.incoming, text=text)
    scene.gathered = Gathered(known)
    return await HANDLERS[intent](scene)

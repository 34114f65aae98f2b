"""Which service, complaint or office a sentence is about: the model's word and the catalogue's.

A name of the catalogue that the model has never seen counts by itself, so that a new data
file is found before anything is trained again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from actions.scene import Scene
from actions.understanding import Candidate

MODEL_SHARE = 0.65
SURE = 0.5
MARGIN = 0.15
POSSIBLE = 0.12
NAMED = 0.7
GROUP, ABOUT_SOMETHING = 3, 0.6
"""Where the best few together are below this, the model only names what is left over."""

CATALOGUE_ENTITIES = ("layanan", "keluhan", "kantor")


def ranked(scene: Scene, fits: Callable[[str], bool]) -> list[Candidate]:
    """The targets that `fits` allows, best first, with a share of 0 to 1."""
    known = {c.name: c.confidence for c in scene.understanding.targets if fits(c.name)}
    by_name: dict[str, float] = {}
    for candidate in _named(scene):
        if fits(candidate.name):
            best = max(by_name.get(candidate.name, 0.0), candidate.confidence)
            by_name[candidate.name] = best
    if sum(sorted(known.values())[-GROUP:]) < ABOUT_SOMETHING:
        known = {slug: share for slug, share in known.items() if slug in by_name}
    shares = {slug: _share(slug, known, by_name) for slug in known.keys() | by_name.keys()}
    ordered = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Candidate(slug, share) for slug, share in ordered if share >= POSSIBLE]


def _named(scene: Scene) -> Iterator[Candidate]:
    """What the words name, as they were typed and in plain spelling; nothing that is denied."""
    known = scene.understanding
    if known.denied:
        yield from scene.hall.matcher.rank(known.affirmed)
        return
    for text in (known.normalised or scene.text, scene.text):
        yield from scene.hall.matcher.rank(text)


def _share(slug: str, known: Mapping[str, float], by_name: Mapping[str, float]) -> float:
    if not known or slug not in known:
        return by_name.get(slug, 0.0) * (1.0 if not known else 1 - MODEL_SHARE / 2)
    return MODEL_SHARE * known[slug] + (1 - MODEL_SHARE) * by_name.get(slug, 0.0)


def clear(candidates: Sequence[Candidate]) -> str | None:
    """The target that is meant for sure; None when it must be asked."""
    if not candidates or candidates[0].confidence < SURE:
        return None
    second = candidates[1].confidence if len(candidates) > 1 else 0.0
    return candidates[0].name if candidates[0].confidence - second >= MARGIN else None


def services(scene: Scene) -> list[Candidate]:
    """The services that the sentence may be about."""
    return ranked(scene, scene.hall.catalogue.services.__contains__)


def complaints(scene: Scene) -> list[Candidate]:
    """The complaints that the sentence may be about."""
    return ranked(scene, scene.hall.catalogue.complaints.__contains__)


def offices(scene: Scene) -> list[Candidate]:
    """The offices that the sentence may be about."""
    office = scene.hall.catalogue.office
    return ranked(scene, lambda slug: slug in office.units or slug in office.others)


def named(scene: Scene) -> list[Candidate]:
    """What the words name by themselves, whatever the model makes of them."""
    denied = scene.understanding.denied
    text = scene.understanding.affirmed if denied else scene.text
    return [c for c in scene.hall.matcher.rank(text) if c.confidence >= NAMED]


def mentions_something(scene: Scene) -> bool:
    """Whether the sentence itself is about a service, complaint or office."""
    known = scene.understanding
    if any(known.of(kind) for kind in CATALOGUE_ENTITIES) or named(scene):
        return True
    return bool(known.targets) and known.targets[0].confidence >= SURE


def elsewhere(scene: Scene) -> str | None:
    """The office of somebody else that the sentence is about for sure."""
    office = clear(offices(scene))
    return office if office in scene.hall.catalogue.office.others else None


def topic(scene: Scene) -> str | None:
    """The service that is spoken of: named now, else in the open form or before."""
    sure = clear(services(scene))
    if sure is not None:
        return sure
    return None if mentions_something(scene) else scene.memory.topic

"""Which service, complaint or office a sentence is about: the model's word and the catalogue's.

A name of the catalogue that the model has never seen counts by itself, so that a new data
file is found before anything is trained again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from actions.scene import Scene
from actions.understanding import Candidate

MODEL_SHARE = 0.65
SURE = 0.5
MARGIN = 0.15
POSSIBLE = 0.12


def ranked(scene: Scene, fits: Callable[[str], bool]) -> list[Candidate]:
    """The targets that `fits` allows, best first, with a share of 0 to 1."""
    known = {c.name: c.confidence for c in scene.understanding.targets if fits(c.name)}
    text = scene.understanding.normalised or scene.text
    named = {c.name: c.confidence for c in scene.hall.matcher.rank(text) if fits(c.name)}
    for other, score in ((c.name, c.confidence) for c in scene.hall.matcher.rank(scene.text)):
        if fits(other):
            named[other] = max(named.get(other, 0.0), score)
    shares = {slug: _share(slug, known, named) for slug in known.keys() | named.keys()}
    best = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Candidate(slug, share) for slug, share in best if share >= POSSIBLE]


def _share(slug: str, known: Mapping[str, float], named: Mapping[str, float]) -> float:
    if not known or slug not in known:
        return named.get(slug, 0.0) * (1.0 if not known else 1 - MODEL_SHARE / 2)
    return MODEL_SHARE * known[slug] + (1 - MODEL_SHARE) * named.get(slug, 0.0)


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


def topic(scene: Scene) -> str | None:
    """The service that is spoken of: named now, or in the open form, or before."""
    found = services(scene)
    sure = clear(found)
    if sure is not None:
        return sure
    return None if found and found[0].confidence >= SURE else scene.memory.topic

"""Takes what a sentence already told over into the form that it opens."""

from __future__ import annotations

from collections.abc import Mapping

from actions.flow.engine import Found
from actions.scene import Scene

KINDS: Mapping[str, str] = {
    "nik": "nik",
    "kk": "kk",
    "hp": "telepon",
    "nama": "nama",
    "tanggal": "tanggal",
    "uang": "uang",
}
PLACE = ("patokan", "wilayah", "rt_rw")


def found(scene: Scene) -> list[Found]:
    """The entities of the sentence as kinds of question; a place is one piece."""
    known = scene.understanding
    pieces = [
        Found(KINDS[entity.kind], entity.value)
        for entity in known.entities
        if entity.kind in KINDS
    ]
    place = [entity for entity in known.entities if entity.kind in PLACE]
    if place:
        start = min(entity.start for entity in place)
        end = max(entity.end for entity in place)
        pieces.append(Found("lokasi", known.text[start:end]))
    return pieces

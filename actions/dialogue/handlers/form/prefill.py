"""Takes what a sentence already told over into the form that it opens."""

from collections.abc import Iterator, Mapping

from actions.dialogue.context import TurnContext
from actions.domain.text import words_of
from actions.domain.understanding import Entity
from actions.forms.engine import Found

KINDS: Mapping[str, str] = {
    "nik": "nik",
    "kk": "kk",
    "hp": "telepon",
    "nama": "nama",
    "tanggal": "tanggal",
    "uang": "uang",
}
PLACE = frozenset({"patokan", "wilayah", "rt_rw"})
AREA, DATE, SINCE, NAME = "wilayah", "tanggal", "sejak", "nama"
LONGEST_LEAD = 3


def found(turn: TurnContext, slug: str) -> list[Found]:
    """The entities of the sentence as kinds of question in the form of `slug`."""
    known = turn.understanding
    asked = {question.key for question in turn.reference.catalogue.item(slug).questions}
    pieces = [
        Found(KINDS[entity.kind], entity.value)
        for entity in known.entities
        if entity.kind in KINDS
        and not (entity.kind == DATE and SINCE in asked and not _lasts(turn, entity))
        and not (entity.kind == NAME and _only_mentioned(turn, entity))
    ]
    return [*pieces, *_place(known.text, known.entities)]


def _only_mentioned(turn: TurnContext, name: Entity) -> bool:
    """Whether a name is that of somebody spoken of; one from another wish has been judged."""
    return name.end > 0 and not introduced(turn, name, "nama")


def introduced(turn: TurnContext, name: Entity, leads: str) -> bool:
    """Whether the words before a name say whose it is; others are only spoken of."""
    known = turn.reference.words["keinginan"]
    before = words_of(turn.understanding.text[: name.start])
    while before and before[-1] in known["sebutan"]:
        before.pop()
    return any(" ".join(before[-count:]) in known[leads] for count in range(1, LONGEST_LEAD + 1))


def _lasts(turn: TurnContext, entity: Entity) -> bool:
    """Whether a time says how long something has lasted, and not just when it was noticed."""
    words, text = turn.reference.words["lama"], turn.understanding.text
    before, said = text[: entity.start], text[entity.start : entity.end]
    return _last_word(before) in words["sebelum"] or _last_word(said) in words["satuan"]


def _last_word(text: str) -> str:
    return (words_of(text) or [""])[-1]


def _place(text: str, entities: tuple[Entity, ...]) -> Iterator[Found]:
    """The place as one piece; a landmark without its village may be anywhere and is asked."""
    places = sorted((e for e in entities if e.kind in PLACE), key=lambda e: (e.start, -e.end))
    if all(entity.kind != AREA for entity in places):
        return
    pieces: list[str] = []
    reached = -1
    for entity in places:
        if entity.start >= reached:
            pieces.append(text[entity.start : entity.end])
            reached = entity.end
    yield Found("lokasi", ", ".join(pieces))

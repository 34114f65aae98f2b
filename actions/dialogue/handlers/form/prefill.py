"""Takes what a sentence already told over into the form that it opens."""

from collections.abc import Iterator, Mapping

from actions.dialogue.context import TurnContext
from actions.domain.text import words_of
from actions.domain.understanding import Entity
from actions.forms.context import Area
from actions.forms.engine import CHOICE, Found
from actions.forms.landmarks import find_landmark
from actions.forms.places import distance_at

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
SHORT_GAP = 2


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
    told = Found(CHOICE, _without(known.text, known.entities))
    place = _place(known.text, known.entities, turn.form_context.area)
    return [*pieces, *place, *([told] if told.text else [])]


def _without(text: str, entities: tuple[Entity, ...]) -> str:
    """The sentence without its names and places, in which the words of a choice count."""
    kept, reached = "", 0
    for entity in sorted(entities, key=lambda e: e.start):
        if entity.kind in PLACE | {NAME} and entity.start >= reached:
            kept += text[reached : entity.start] + ", "
            reached = entity.end
    return (kept + text[reached:]).strip(" ,")


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


def _place(text: str, entities: tuple[Entity, ...], area: Area) -> Iterator[Found]:
    """The place as one piece in its own words.

    A landmark without its village may be anywhere and is asked, unless everybody knows it.
    """
    places = sorted((e for e in entities if e.kind in PLACE), key=lambda e: (e.start, -e.end))
    said = " ".join(text[entity.start : entity.end] for entity in places)
    if all(entity.kind != AREA for entity in places) and find_landmark(said, area) is None:
        return
    said, reached = "", -1
    for entity in places:
        if entity.start >= reached:
            gap = text[reached : entity.start] if said else ""
            said += gap if len(words_of(gap)) <= SHORT_GAP else ", "
            said += text[entity.start : entity.end]
            reached = entity.end
    yield Found("lokasi", said + distance_at(text, reached))

"""What the words of a turn may mean, weighed by what was asked last, and the move for it."""

from collections.abc import Mapping

from actions.dialogue import targets
from actions.dialogue.context import TurnContext
from actions.dialogue.decide import CHOICES, REPLIES, Kind, Move, Reading, decide, readings, unlike
from actions.dialogue.registry import ON_INTENT
from actions.domain.text import words_of
from actions.forms.form import Field

WISH, WAIT, UNKNOWN = "keinginan", "tunggu", "tidak_tahu"
WORTH_OFFERING = 0.02
OTHERWISE, CLOSED = "lain", "tertutup"
"""The states of a question whose answer could not be read, and of one with few answers."""
FREE = frozenset({"nama", "alamat", "lokasi", "teks"})
"""Kinds of question that nearly any words would answer."""
CHOSEN = frozenset({"pilihan", "ya_tidak", "angka", "tanggal", "uang"})
"""Kinds whose answer is a word or two, which may stand in any sentence."""
FEW_WORDS = 6
LIKELY = 0.5
"""Where a role is more likely than not."""


def move(turn: TurnContext, state: str | None = None) -> Move:
    """What to do with the words.

    `state` is the kind of the question that is open, a key of data/language/words/peluang.yml;
    None where nothing is asked.
    """
    intents = turn.reference.catalogue.intents
    return decide(what_is_meant(turn, state), intents, asked=names_a_wish(turn))


def is_long(turn: TurnContext) -> bool:
    """Whether there are more words than most answers have."""
    return len(turn.text.split()) > FEW_WORDS


def is_doubtful(turn: TurnContext, field: Field) -> bool:
    """Whether the words may be anything, so that they are weighed before they are an answer."""
    return field.kind in FREE or (is_long(turn) and field.kind in CHOSEN)


def state_of(turn: TurnContext, field: Field | None) -> str:
    """What was asked last, as data/language/words/peluang.yml names it."""
    if field is None or not is_doubtful(turn, field):
        return OTHERWISE
    return field.kind if field.kind in FREE else CLOSED


def asks_to_wait(turn: TurnContext) -> bool:
    """Whether the words by themselves are rather a plea to wait: "nanti dulu, cari KTP"."""
    return turn.is_legible and turn.understanding.roles.get(WAIT, 0.0) >= LIKELY


def is_rather_a_wish(turn: TurnContext) -> bool:
    """Whether the model finds that the words by themselves want something, and answer nothing."""
    return turn.understanding.roles.get(WISH, 0.0) >= LIKELY


def is_sure(turn: TurnContext) -> bool:
    """Whether the words by themselves are clear enough to act on, or to show what they mean."""
    return move(turn).kind in {Kind.ACT, Kind.CARD}


def is_about_another(turn: TurnContext, slug: str) -> bool:
    """Whether the words are clearly about something that the form of `slug` is not."""
    decided = move(turn) if turn.is_legible else Move(Kind.MISS)
    clear = decided.kind in {Kind.ACT, Kind.CARD}
    return clear and decided.first.target not in {None, slug}


def what_is_meant(turn: TurnContext, state: str | None = None) -> list[Reading]:
    """Every reading of the words, likeliest first; the answer to an open question among them."""
    known, intents = turn.understanding, turn.reference.catalogue.intents
    named = [candidate for candidate in known.intents if candidate.name in ON_INTENT]
    about = {kind: targets.of_kind(turn, kind) for kind in targets.KINDS}
    found = readings(named, about, intents)
    if state is None:
        return found
    shares = replies(turn, state)
    wishes = [Reading(r.intent, r.target, r.share * shares[WISH]) for r in found]
    answers = [Reading(kind, None, shares[kind]) for kind in REPLIES if shares[kind]]
    return sorted([*answers, *wishes], key=lambda reading: -reading.share)


def others(turn: TurnContext, slug: str) -> list[Reading]:
    """The next best of what can be offered once `slug` was not meant, its siblings last."""
    catalogue = turn.reference.catalogue
    item = catalogue.find(slug)
    found = [r for r in what_is_meant(turn) if slug != r.target and r.share >= WORTH_OFFERING]
    found = [r for r in found if catalogue.intent(r.intent).button and (r.target or not turn.text)]
    siblings = [
        Reading(*targets.opening(turn, other), 0.0) for other in (item.similar if item else ())
    ]
    return unlike([*found, *siblings])[:CHOICES]


def replies(turn: TurnContext, state: str) -> dict[str, float]:
    """How likely the words are an answer, a plea to wait, an "I do not know", or a wish."""
    usual: Mapping[str, float] = turn.reference.words["peluang"][state]
    roles = turn.understanding.roles or {WISH: 1.0}
    weighed = {role: roles.get(role, 0.0) * share for role, share in usual.items()}
    total = sum(weighed.values()) or 1.0
    wish, wait, unknown = (weighed.pop(role, 0.0) / total for role in (WISH, WAIT, UNKNOWN))
    answer = sum(weighed.values()) / total
    return {WISH: wish, Kind.ANSWER: answer, Kind.WAIT: wait, Kind.SKIP: unknown}


def names_a_wish(turn: TurnContext) -> bool:
    """Whether the words say that something is wanted, and not only what happened.

    Who has a form open wants something.
    """
    if turn.memory.draft is not None:
        return True
    wanting = turn.reference.words["keinginan"]["ingin"]
    said = words_of(turn.understanding.normalised or turn.text)
    return any(word in wanting for word in said)

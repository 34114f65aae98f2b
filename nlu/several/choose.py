"""Chooses between one wish and several, from what the model makes of a message's parts.

Conservative: a message comes apart only where each part is surely a wish of its own, shows
it by its words, and where the joint turns strongly enough for this pair of wishes. A wrong
cut tears a story; a missed one costs the citizen one more message.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from nlu.entities.span import Span
from nlu.several import cues
from nlu.several.boundaries import Turn
from nlu.several.compatibility import all_differ
from nlu.several.plan import Plan, Run, inside
from nlu.several.prediction import Judgement
from nlu.several.wish import (
    ABOUT,
    APPLY,
    COURTESIES,
    ELSEWHERE,
    KINDS,
    NEVER,
    OF_THE_TOPIC,
    PLACE,
    QUESTIONS,
    REPORT,
    Wish,
)

MOST_WISHES = 3
SURE = 0.6
SURE_OF_TARGET = 0.5
SURE_OF_NAME = 0.8
NAMED = 0.85
FEWEST_WORDS = 3


@dataclass(frozen=True)
class Message:
    """A message with its plan, the catalogue's names in it, and which target is of what kind."""

    plan: Plan
    names: Sequence[Span]
    kinds: Mapping[str, str]

    def plain(self, span: tuple[int, int]) -> str:
        """The plain words of a stretch."""
        return self.plan.plain(*span)

    def named(self, kind: str, span: tuple[int, int]) -> set[str]:
        """What is called by its name in a stretch; a name found once may be said again there."""
        plain = f" {self.plain(span)} "
        return {
            name.value
            for name in self.names
            if name.kind == kind
            and (span[0] <= name.start < span[1] or f" {self._name(name)} " in plain)
        }

    def _name(self, name: Span) -> str:
        return self.plan.plain(name.start, name.end)


def choose(message: Message, judged: Mapping[Run, Judgement]) -> list[Wish]:
    """Return the wishes in order, without courtesies; none when the message is one as a whole.

    A single one is what remains when courtesies are cut off.
    """
    best: list[Wish] = []
    for turns, runs in _partitions(message):
        wishes = _wishes(message, judged, turns, runs)
        if wishes is None or not all_differ(message.plan, wishes):
            continue
        if not best or _score(wishes) > _score(best):
            best = wishes
    return best


def _score(wishes: Sequence[Wish]) -> tuple[bool, float]:
    """Several sure wishes rank before the one that hides them."""
    return len(wishes) > 1, min(wish.worth for wish in wishes)


def _partitions(message: Message) -> Iterator[tuple[list[Turn], list[Run]]]:
    """Every way to cut a message at one joint or more, with the turns between the runs.

    "Pajak bumi dan bangunan" is not cut.
    """
    joints = message.plan.joints
    free = [
        number
        for number, joint in enumerate(joints)
        if joint.turn is not Turn.LINK or not any(inside(joint, name) for name in message.names)
    ]
    for count in range(1, MOST_WISHES + 1):
        for cuts in combinations(free, count):
            firsts = [0, *(cut + 1 for cut in cuts)]
            yield (
                [joints[cut].turn for cut in cuts],
                list(zip(firsts, [*cuts, len(joints)], strict=True)),
            )


def _wishes(
    message: Message, judged: Mapping[Run, Judgement], turns: Sequence[Turn], runs: Sequence[Run]
) -> list[Wish] | None:
    """The wish of each run that is no courtesy; None where one is no clear wish."""
    wishes: list[Wish] = []
    for turn, run in zip([turns[0], *turns], runs, strict=True):
        span = message.plan.stretch(run)
        if not wishes and _says_nothing(message, span):
            continue
        wish = _wish(message, span, judged[run], turn, wishes)
        if wish.confidence < SURE or not _shows(message, wish):
            return None
        if wish.intent not in COURTESIES:
            wishes.append(wish)
    return wishes


def _says_nothing(message: Message, span: tuple[int, int]) -> bool:
    """Whether a message only begins with a word such as "nanti" or "pak"."""
    few = len(message.plain(span).split()) <= 1
    return few and not any(span[0] <= name.start < span[1] for name in message.names)


def _wish(
    message: Message, span: tuple[int, int], judgement: Judgement, turn: Turn,
    before: Sequence[Wish],
) -> Wish:  # fmt: skip
    intent, confidence = judgement.intent
    if _goes_on(message, span, judgement, turn, before):
        intent, confidence = APPLY, before[-1].confidence
    target, surety = _target(message, span, intent, judgement, before)
    return Wish(intent, confidence, target, surety, *span, turn)


def _goes_on(
    message: Message, span: tuple[int, int], judgement: Judgement, turn: Turn,
    before: Sequence[Wish],
) -> bool:  # fmt: skip
    """Whether a bare name goes on with what was wanted before: "... sama surat domisili"."""
    if turn < Turn.LINK or not before or before[-1].intent != APPLY:
        return False
    target, surety = judgement.target
    is_name = surety >= SURE_OF_NAME and target in message.named("layanan", span)
    return is_name and cues.names_only(message.plain(span))


def _target(
    message: Message, span: tuple[int, int], intent: str, judgement: Judgement,
    before: Sequence[Wish],
) -> tuple[str | None, float]:  # fmt: skip
    """The target that the model is sure of, else one that is named, else the one before."""
    target, surety = judgement.target
    if intent not in ABOUT:
        return (target, surety) if surety >= SURE_OF_TARGET else (None, 0.0)
    named = message.named(KINDS[intent], span)
    if target in named:
        return target, max(surety, NAMED)
    if surety >= SURE_OF_TARGET:
        fits = intent == PLACE or message.kinds.get(str(target)) == KINDS[intent]
        return (target, surety) if fits else (None, 0.0)
    if len(named) == 1:
        return named.pop(), NAMED
    return _inherited(message, intent, before)


def _inherited(message: Message, intent: str, before: Sequence[Wish]) -> tuple[str | None, float]:
    """A question without a name of its own is about what was spoken of before, maybe earlier."""
    if before and intent in QUESTIONS and before[-1].intent in QUESTIONS:
        return before[-1].target, before[-1].target_confidence
    if before and intent == PLACE:
        offices = message.named("kantor", before[-1].span)
        return (offices.pop() if len(offices) == 1 else None), NAMED
    return None, NAMED if intent in OF_THE_TOPIC else 0.0


def _shows(message: Message, wish: Wish) -> bool:
    """Whether the words themselves show this kind of wish, not the model alone."""
    if wish.intent in NEVER or (wish.intent in ABOUT - OF_THE_TOPIC and wish.target is None):
        return False
    if wish.turn is Turn.TOPIC and wish.worth >= SURE_OF_NAME:
        return True
    shown = _SHOWN.get(wish.intent)
    if shown is not None:
        return shown(message, wish)
    return wish.confidence >= (SURE if wish.turn is Turn.TOPIC else SURE_OF_NAME)


def _wanted(message: Message, wish: Wish) -> bool:
    plain = message.plain(wish.span)
    bare = wish.turn >= Turn.LINK and cues.names_only(plain)
    named = bare and wish.target in message.named("layanan", wish.span)
    return cues.wants(plain) or named


def _reported(message: Message, wish: Wish) -> bool:
    return len(message.plain(wish.span).split()) >= FEWEST_WORDS


def _asked(message: Message, wish: Wish) -> bool:
    with_mark = message.plan.text[wish.start : wish.end + 1]
    lost = wish.turn is Turn.COMMA and wish.target is None
    return cues.asks(message.plain(wish.span), with_mark) and not lost


def _wanted_elsewhere(message: Message, wish: Wish) -> bool:
    return wish.worth >= SURE_OF_NAME and cues.wants(message.plain(wish.span))


def _called(message: Message, wish: Wish) -> bool:
    return cues.calls_human(message.plain(wish.span))


def _about_data(message: Message, wish: Wish) -> bool:
    return cues.about_data(message.plain(wish.span))


def _handed_in(message: Message, wish: Wish) -> bool:
    named = message.named("layanan", wish.span) or wish.target_confidence >= SURE_OF_TARGET
    return bool(named) or cues.handed_in(message.plain(wish.span))


_SHOWN = {
    APPLY: _wanted,
    REPORT: _reported,
    **dict.fromkeys((*QUESTIONS, PLACE), _asked),
    ELSEWHERE: _wanted_elsewhere,
    "minta_petugas": _called,
    "data_saya": _about_data,
    "cek_status": _handed_in,
}

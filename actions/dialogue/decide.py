"""One move for what was said: the one that is expected to cost the citizen least.

Pure. What the words may mean are readings, an intent with its target and a share of the
probability; each move has a price for every reading. The unit is one tap or one question.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from actions.catalogue.intent_models import Intent
from actions.domain.understanding import Candidate

ONE_TAP, TARGET_ASKED = 1.0, 1.2
INSTEAD, BEGUN_INSTEAD = 1.5, 2.5
"""Something else under a wrong answer, or under a form that was begun in error: a tap more."""
OTHER_ANSWER, OTHER_FORM = 1.0, 1.5
"""The right thing under the wrong act: its ways on are below the answer."""
WRONG_ANSWER, WRONG_FORM, WRONG_CHOICES = 3.0, 4.0, 2.0
CARD, CARD_ASKED_FOR, UNASKED = 0.8, 0.2, 0.5
"""The card of a service to who wants something of it; to who only told what happened; and a form
to those."""
REFUSED, MISSED, MISSED_OUTSIDE = 4.0, 2.5, 0.5
WISH_STORED, ANSWER_LOST = 4.5, 3.0
"""A wish kept as the answer to a question; an answer that is taken for a wish."""
CHOICES = 3
NEWS, SERVICE = "kabar", "layanan"
TARGETS_EACH = 4


class Kind(StrEnum):
    """What can be done with a message."""

    ACT = "act"
    CARD = "card"
    OFFER = "offer"
    MISS = "miss"
    ANSWER = "answer"
    WAIT = "wait"
    SKIP = "skip"


REPLIES = (Kind.ANSWER, Kind.WAIT, Kind.SKIP)
"""What only a question that is open can be given; a reading of one has its name for an intent."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that the words may mean; `share` of 0 to 1, `target` None where none is named."""

    intent: str
    target: str | None
    share: float


@dataclass(frozen=True, slots=True)
class Move:
    """What to do: act on the first reading, show the card of its target, or offer them all."""

    kind: Kind
    readings: tuple[Reading, ...] = ()

    @property
    def first(self) -> Reading:
        """What is acted on."""
        return self.readings[0]


@dataclass(frozen=True, slots=True)
class Costs:
    """The price of each move for each reading.

    `asked` says that the words name a wish ("mau", "minta"), and not only what happened.
    """

    intents: Mapping[str, Intent]
    asked: bool

    def of(self, move: Move, meant: Reading) -> float:
        """The price of `move` where `meant` is what was meant."""
        if move.kind in REPLIES:
            return self._reply(move.kind, meant)
        if move.kind is Kind.MISS:
            return MISSED_OUTSIDE if self._outside(meant) else MISSED
        if move.kind is Kind.OFFER:
            return ONE_TAP if meant in move.readings else WRONG_CHOICES
        if move.kind is Kind.CARD:
            return self._card(move, meant)
        return self._act(move, meant)

    def _reply(self, kind: Kind, meant: Reading) -> float:
        if meant.intent == kind:
            return 0.0
        if meant.intent in REPLIES:
            return ONE_TAP
        return WISH_STORED if kind is Kind.ANSWER else MISSED

    def _act(self, move: Move, meant: Reading) -> float:
        done, others = move.first, move.readings[1:]
        if meant.intent in REPLIES:
            return ANSWER_LOST
        if done.intent == meant.intent:
            return self._same_intent(done, meant, others)
        if done.target is not None and done.target == meant.target:
            return OTHER_FORM if self._opens(done) else OTHER_ANSWER
        if self.intents[done.intent].case == NEWS and meant.target and self._opens(meant):
            return OTHER_ANSWER
        return self._elsewhere(done, meant, others)

    def _same_intent(self, done: Reading, meant: Reading, others: Sequence[Reading]) -> float:
        opens = self._opens(done)
        if meant.target == done.target or (meant.target is None and not opens):
            return UNASKED if opens and self._is_of_service(done) and not self.asked else 0.0
        if done.target is None or meant.target is None:
            return TARGET_ASKED
        return OTHER_ANSWER if self._outside(done) else self._elsewhere(done, meant, others)

    def _elsewhere(self, done: Reading, meant: Reading, others: Sequence[Reading]) -> float:
        if meant in others:
            return BEGUN_INSTEAD if self._opens(done) else INSTEAD
        if self._outside(done):
            return REFUSED
        dear = self._opens(done) or self.intents[done.intent].hands_over
        return WRONG_FORM if dear else WRONG_ANSWER

    def _card(self, move: Move, meant: Reading) -> float:
        shown, others = move.first, move.readings[1:]
        if meant.intent in REPLIES:
            return ANSWER_LOST
        if self.intents[meant.intent].case == NEWS:
            return CARD
        if shown.target != meant.target:
            return INSTEAD if meant in others else WRONG_ANSWER
        return CARD_ASKED_FOR if self._opens(meant) and not self.asked else CARD

    def _is_of_service(self, reading: Reading) -> bool:
        return bool(reading.target) and self.intents[reading.intent].target == SERVICE

    def _opens(self, reading: Reading) -> bool:
        return self.intents[reading.intent].opens

    def _outside(self, reading: Reading) -> bool:
        return reading.intent not in REPLIES and self.intents[reading.intent].outside


def readings(
    intents: Sequence[Candidate],
    targets: Mapping[str, Sequence[Candidate]],
    known: Mapping[str, Intent],
) -> list[Reading]:
    """Every intent with every target that it may be about, likeliest first.

    `targets` are candidates by kind; what their shares leave to 1 is that none is named.
    """
    found: list[Reading] = []
    for intent in intents:
        if intent.name not in known:
            continue
        about = targets.get(known[intent.name].target or "", ())[:TARGETS_EACH]
        total = max(1.0, sum(target.confidence for target in about))
        shares = [(t.name, t.confidence / total) for t in about]
        left = 1.0 - sum(share for _, share in shares)
        found += [Reading(intent.name, name, intent.confidence * share) for name, share in shares]
        found.append(Reading(intent.name, None, intent.confidence * left))
    return sorted(
        found, key=lambda reading: (-reading.share, reading.intent, reading.target or "")
    )


def decide(found: Sequence[Reading], intents: Mapping[str, Intent], *, asked: bool) -> Move:
    """The cheapest move; of two as cheap the one that does more.

    `found` are `readings`; `intents` their traits; `asked` as in Costs.
    """
    costs = Costs(intents, asked)
    return min(_moves(found, intents), key=lambda move: round(expected(costs, move, found), 6))


def expected(costs: Costs, move: Move, found: Sequence[Reading]) -> float:
    """What a move costs in the mean; what no reading explains is never right."""
    rest = max(0.0, 1.0 - sum(reading.share for reading in found))
    unknown = {Kind.MISS: MISSED, Kind.OFFER: WRONG_CHOICES}.get(move.kind, WRONG_ANSWER)
    return sum(costs.of(move, r) * r.share for r in found) + rest * unknown


def _moves(found: Sequence[Reading], intents: Mapping[str, Intent]) -> Iterator[Move]:
    answers = [reading for reading in found if reading.intent in REPLIES]
    wishes = [reading for reading in found if reading.intent not in REPLIES]
    yield from (Move(Kind(answer.intent), (answer,)) for answer in answers)
    for reading in wishes[: CHOICES + 2]:
        yield Move(Kind.ACT, (reading, *alternatives(wishes, reading, intents)))
    services = [r for r in wishes if r.target and intents[r.intent].target == SERVICE]
    for reading in {r.target: r for r in reversed(services)}.values():
        yield Move(Kind.CARD, (reading, *alternatives(wishes, reading, intents)))
    possible = [r for r in answers if r.intent == Kind.ANSWER]
    possible += [r for r in wishes if _is_worth_offering(r, wishes, intents)]
    if len(possible) > len(answers[:1]):
        yield Move(Kind.OFFER, tuple(possible[:CHOICES]))
    yield Move(Kind.MISS)


def _is_worth_offering(
    reading: Reading, wishes: Sequence[Reading], intents: Mapping[str, Intent]
) -> bool:
    """Whether it has a button that says more than one with a target would."""
    named = any(r.intent == reading.intent and r.target for r in wishes)
    empty = intents[reading.intent].opens and reading.target is None and named
    return intents[reading.intent].button is not None and not empty


def alternatives(
    found: Sequence[Reading], done: Reading, intents: Mapping[str, Intent]
) -> tuple[Reading, ...]:
    """The next best two that a button below the answer leads to, and its ways on do not."""
    others = [
        other
        for other in found
        if intents[other.intent].button is not None
        and other != done
        and not (done.target and other.target == done.target)
        and not (other.intent == done.intent and other.target is None)
        and (other.target or not intents[other.intent].opens)
    ]
    return tuple(others[:2])


def unlike(found: Sequence[Reading]) -> list[Reading]:
    """Each intent with each target once, the first time that it is named."""
    return [*{(r.intent, r.target): r for r in reversed(found)}.values()][::-1]

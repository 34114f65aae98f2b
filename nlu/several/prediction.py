"""What the model makes of a stretch, and what remains of it when something is denied."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Ranking = Sequence[tuple[str, float]]

SURE_OF_REST = 0.6
SURE_OF_DENIED = 0.6
VERY_SURE = 0.8
SURE_OF_WHOLE = 0.9
CLEAR_SAY = 3.0
TAKES_BACK = "batal"
LEFT_ALONE = frozenset(
    {"perbaiki", "setuju", "tolak", "sapa", "terima_kasih", "bantuan", "data_saya"}
)
"""Intents in which "bukan" corrects an answer or only declines."""


@dataclass(frozen=True)
class Judgement:
    """Ranked intents and targets with their probabilities, best first."""

    intents: Ranking
    targets: Ranking

    @property
    def intent(self) -> tuple[str, float]:
        """The best intent."""
        return self.intents[0]

    @property
    def target(self) -> tuple[str | None, float]:
        """The best target, or none."""
        return self.targets[0] if self.targets else (None, 0.0)


def pushed_down(judgement: Judgement, denied: Sequence[Judgement]) -> Judgement:
    """Take from every target what the denied stretches are about."""
    if not denied:
        return judgement
    left = dict(judgement.targets)
    for other in denied:
        taken = dict(other.targets)
        left = {name: share * (1 - taken.get(name, 0.0)) ** 2 for name, share in left.items()}
    return Judgement(judgement.intents, _ranked(left))


def affirmed(whole: Judgement, rest: Judgement, denied: Sequence[Judgement]) -> Judgement | None:
    """Judge a message by what it affirms, where else the denied would win; else None.

    The words that remain may have lost their noun ("bukan KTP baru, punya saya patah"), so
    the whole message still has a say in the target.
    """
    if LEFT_ALONE & {whole.intent[0], rest.intent[0]} or rest.intent[1] < SURE_OF_REST:
        return None
    if not any(_wins(other, whole, rest) for other in denied):
        return None
    shares = dict.fromkeys((name for name, _ in (*whole.targets, *rest.targets)), 0.0)
    for half, say in ((whole, 1.0), (rest, CLEAR_SAY if _stands_alone(rest) else 1.0)):
        for name, share in pushed_down(half, denied).targets:
            shares[name] += say * share
    return Judgement(rest.intents, _ranked(shares))


def _wins(denied: Judgement, whole: Judgement, rest: Judgement) -> bool:
    """Whether the whole message is taken for what it denies, swayed by it, or for the denying."""
    target, surety = denied.target
    if surety >= SURE_OF_DENIED and target == whole.target[0]:
        return rest.target[0] != target or rest.target[1] < SURE_OF_REST
    swayed = rest.intent[0] == whole.intent[0] and rest.target[0] != whole.target[0]
    if swayed and _stands_alone(rest):
        return True
    unsure = whole.intent[1] < SURE_OF_WHOLE and whole.intent[0] == denied.intent[0]
    taken_for_it = unsure or whole.intent[0] == TAKES_BACK
    return taken_for_it and rest.intent[0] != whole.intent[0] and _stands_alone(rest)


def _stands_alone(rest: Judgement) -> bool:
    """Whether what remains is clear without what was denied."""
    return rest.intent[1] >= VERY_SURE and rest.target[1] >= SURE_OF_REST


def _ranked(shares: Mapping[str, float]) -> Ranking:
    total = sum(shares.values()) or 1.0
    ordered = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(name, share / total) for name, share in ordered]

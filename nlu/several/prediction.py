"""What the model makes of a stretch, and what remains of it when something is denied."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Ranking = Sequence[tuple[str, float]]

SURE = 0.6
VERY_SURE = 0.8


@dataclass(frozen=True)
class Prediction:
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


def pushed_down(prediction: Prediction, denied: Sequence[Prediction]) -> Prediction:
    """Take from every target what the denied stretches are about."""
    if not denied:
        return prediction
    left = dict(prediction.targets)
    for other in denied:
        taken = dict(other.targets)
        left = {name: share * (1 - taken.get(name, 0.0)) ** 2 for name, share in left.items()}
    return Prediction(prediction.intents, _ranked(left))


def affirmed(
    whole: Prediction, rest: Prediction, denied: Sequence[Prediction]
) -> Prediction | None:
    """Read a message by what it affirms, where else the denied would win; else None.

    The words that remain may have lost their noun ("bukan KTP baru, punya saya patah"); then the
    whole message still has a say in the target.
    """
    is_clear = rest.intent[1] >= VERY_SURE and rest.target[1] >= SURE
    wins = any(each.target[1] >= SURE and each.target[0] == whole.target[0] for each in denied)
    differs = (rest.intent[0], rest.target[0]) != (whole.intent[0], whole.target[0])
    if rest.intent[1] < SURE or not (differs and (wins or is_clear)):
        return None
    if is_clear:
        return pushed_down(rest, denied)
    shares = dict.fromkeys((name for name, _ in (*whole.targets, *rest.targets)), 0.0)
    for half in (whole, rest):
        for name, share in pushed_down(half, denied).targets:
            shares[name] += share
    return Prediction(rest.intents, _ranked(shares))


def _ranked(shares: Mapping[str, float]) -> Ranking:
    total = sum(shares.values()) or 1.0
    ordered = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(name, share / total) for name, share in ordered]

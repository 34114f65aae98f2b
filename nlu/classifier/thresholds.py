"""Chooses, by a written cost, when to act, when to ask and when to say "not understood".

The unit is one question that the citizen has to answer.

- acting on a wrong intent costs five: the form has to be left and everything said again;
- "Maksud Bapak/Ibu ...?" with three buttons costs one, and three when none of them is meant;
- saying "not understood" costs nothing for what is not ours, else two and a half.

What is probably not ours is not acted on either: `scope` keeps 92 of 100 sentences that are.
"""

from collections.abc import Sequence

import numpy as np

from nlu.corpus import OUT_OF_SCOPE

WRONG_ACT = 5.0
ASKED, ASKED_IN_VAIN = 1.0, 3.0
MISSED = 2.5
KEEP = 0.92
CHOICES = 3


def choose(
    probabilities: np.ndarray, answers: Sequence[int], labels: Sequence[str]
) -> dict[str, float]:
    """Return `accept`, `ask` and `scope`.

    At or above `accept` act, at or above `ask` ask, below that give up. Act only where the
    probability of out of scope is below `scope` too, or is itself the best: else ask.

    `probabilities` are those of sentences that the model had not seen.
    """
    order = np.argsort(-probabilities, axis=1)
    truth = np.asarray(answers)
    best = probabilities.max(axis=1)
    act = np.where(order[:, 0] == truth, 0.0, WRONG_ACT)
    named = (order[:, :CHOICES] == truth[:, None]).any(axis=1)
    ask = np.where(named, ASKED, ASKED_IN_VAIN)
    outside = labels.index(OUT_OF_SCOPE) if OUT_OF_SCOPE in labels else -1
    give_up = np.where(truth == outside, 0.0, MISSED)
    accept = _cheapest(best, act, ask)
    below = best < accept
    return {
        "accept": accept,
        "ask": min(accept, _cheapest(best[below], ask[below], give_up[below])),
        "scope": _scope(probabilities, truth, outside),
    }


def _scope(probabilities: np.ndarray, truth: np.ndarray, outside: int) -> float:
    """Return the probability of out of scope that 92 of 100 sentences in scope stay below."""
    if outside < 0:
        return 1.0
    return round(float(np.quantile(probabilities[truth != outside, outside], KEEP)), 4)


def _cheapest(scores: np.ndarray, above: np.ndarray, below: np.ndarray) -> float:
    """Return the score from which on `above` costs least in all, when `below` is paid under it."""
    grid = np.round(np.arange(0.05, 0.96, 0.01), 2)
    costs = [np.where(scores >= limit, above, below).sum() for limit in grid]
    return float(grid[int(np.argmin(costs))])

"""What a message seems to tell of besides, where it is not sure enough to come apart.

In a story the parts of one matter look like others: a blocked drain smells (pollution), who wants
a death certificate has lost somebody. So it is only said where it is of another kind than what the
message is about, or surely another service; the dialogue offers it and does nothing by itself.
"""

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from nlu.several.language import Language
from nlu.several.prediction import Prediction

OF_ANOTHER_KIND, OF_THE_SAME = 0.85, 0.9
"""How sure, intent and target together: of 82 stories with one wish (tunggal.yml) one is hit."""
COMPLAINT = "keluhan"
Stretch = tuple[int, int]


@dataclass(frozen=True)
class Besides:
    """What may be wanted too; `start` and `end` are positions in the message."""

    intent: str
    confidence: float
    target: str
    target_confidence: float
    start: int
    end: int

    @property
    def sure(self) -> float:
        """How sure all of it is."""
        return self.confidence * self.target_confidence


def told_besides(
    judged: Mapping[Stretch, Prediction],
    served: Collection[str],
    kinds: Mapping[str, str],
    language: Language,
) -> tuple[Besides, ...]:
    """The surest thing that a stretch tells of and nothing serves, or nothing.

    `served` are the targets that the message is about.
    """
    found = [
        each
        for each in _openings(judged, kinds, language)
        if each.target not in served and each.sure >= _least(each, served, kinds)
    ]
    best = max(found, key=lambda each: each.sure, default=None)
    return (best,) if best else ()


def _openings(
    judged: Mapping[Stretch, Prediction], kinds: Mapping[str, str], language: Language
) -> Iterator[Besides]:
    """Each stretch as something to begin, asked about or wanted, with how sure that is."""
    intents = {kind: intent for intent, kind in language.opens.items()}
    of_these = {name for name, kind in language.kinds.items() if kind in intents}
    for (start, end), prediction in judged.items():
        target, surety = prediction.target
        intent = intents.get(kinds.get(target or "", ""))
        if target is not None and intent is not None:
            about = sum(share for name, share in prediction.intents if name in of_these)
            yield Besides(intent, min(about, 1.0), target, surety, start, end)


def _least(each: Besides, served: Collection[str], kinds: Mapping[str, str]) -> float:
    """How sure it must be; a complaint beside another one mostly is what that one leads to."""
    kind = kinds[each.target]
    if kind not in {kinds.get(target) for target in served}:
        return OF_ANOTHER_KIND
    return math.inf if kind == COMPLAINT else OF_THE_SAME

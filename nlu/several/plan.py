"""Decides which stretches of a message the model has to judge besides the whole."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nlu.several.boundaries import Boundary, Normalise, Said, find_boundaries, said
from nlu.several.denials import Denial, find_denials
from nlu.several.language import Language, Turn

PartSpan = tuple[int, int]

MOST_BOUNDARIES = 2
MOST_BESIDES = 6
LONG = 30
FEWEST_WORDS = {Turn.COMMA: LONG, Turn.STOP: 4, Turn.LINK: 2, Turn.TOPIC: 1}


@dataclass(frozen=True)
class Plan:
    """How a message may come apart.

    `parts` are what stands between the boundaries; a span of them is named by its first and its
    last part. `denials` are taken out of whatever is judged. `besides` are stretches where
    something else may be told of, though the message does not come apart there.
    """

    text: str
    words: tuple[Said, ...] = ()
    boundaries: tuple[Boundary, ...] = ()
    denials: tuple[Denial, ...] = ()
    besides: tuple[tuple[int, int], ...] = ()

    @property
    def parts(self) -> list[tuple[int, int]]:
        """The stretches between the boundaries."""
        starts = [0, *(boundary.end for boundary in self.boundaries)]
        ends = [*(boundary.start for boundary in self.boundaries), len(self.text)]
        return list(zip(starts, ends, strict=True))

    def spans(self) -> list[PartSpan]:
        """Every span of parts that is to be judged, the shortest first."""
        count = len(self.parts)
        every = [(f, f + n) for n in range(count) for f in range(count - n)]
        return every if self.denials else every[:-1]

    def stretch(self, span: PartSpan) -> tuple[int, int]:
        """Where a span of parts starts and ends."""
        return self.parts[span[0]][0], self.parts[span[1]][1]

    def said(self, start: int, end: int) -> list[Said]:
        """The words between two positions."""
        return [word for word in self.words if start <= word.start < end]

    def texts(self) -> list[str]:
        """What to judge: all spans in order, then what is denied, then what is told besides."""
        spans, denied = (self._affirmed(s) for s in self.spans()), (d.text for d in self.denials)
        return [*spans, *denied, *(self.text[start:end] for start, end in self.besides)]

    def _affirmed(self, span: PartSpan) -> str:
        """The words of a span without what is denied."""
        start, end = self.stretch(span)
        kept = []
        for denial in self.denials:
            if start <= denial.start < end:
                kept.append(self.text[start : denial.start])
                start = min(denial.end, end)
        return " ".join(" ".join([*kept, self.text[start:end]]).split())


def plan_of(text: str, plain: Normalise, language: Language) -> Plan:
    """Return the plan of a message; `plain` gives the plain form of a word."""
    words = said(text, plain)
    found = find_boundaries(text, words, language)
    is_short = len(words) <= LONG
    denials = find_denials(text, words, found, language.denials) if is_short else []
    plan = Plan(text, tuple(words), tuple(found), tuple(denials))
    worth = [
        boundary
        for boundary, after in zip(found, plan.parts[1:], strict=True)
        if (is_short or boundary.turn is Turn.TOPIC)
        and _promises(boundary.turn, plan.said(*after), language)
    ]
    strongest = sorted(worth, key=lambda boundary: (-boundary.turn, boundary.start))
    kept = sorted(strongest[:MOST_BOUNDARIES], key=lambda boundary: boundary.start)
    parted = replace(plan, boundaries=tuple(kept))
    return parted if denials else replace(parted, besides=tuple(_besides(plan, parted)))


def _besides(whole: Plan, parted: Plan) -> list[tuple[int, int]]:
    """The longest stretches between any boundaries that are no span of the plan."""
    judged = {parted.stretch(span) for span in parted.spans()}
    lengths = {each: len(whole.said(*each)) for each in whole.parts if each not in judged}
    told = [each for each, words in lengths.items() if words >= FEWEST_WORDS[Turn.LINK]]
    longest = sorted(told, key=lambda each: -lengths[each])[:MOST_BESIDES]
    return sorted(longest) if len(longest) + len(judged) > 1 else []


def _promises(turn: Turn, then: Sequence[Said], language: Language) -> bool:
    """Whether the words behind a boundary could be a wish of their own; the model is not cheap."""
    cues = language.words["tanda_keperluan"]
    return len(then) >= FEWEST_WORDS[turn] or any(word.is_any(cues) for word in then)

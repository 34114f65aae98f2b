"""Decides which stretches of a message the model has to judge besides the whole."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nlu.entities.span import Span
from nlu.several import cues
from nlu.several.boundaries import LONG, Joint, Normalise, Said, Turn, find_joints, said, strongest
from nlu.several.denials import Denial, find_denials

Run = tuple[int, int]

FEWEST_WORDS = 4


@dataclass(frozen=True)
class Plan:
    """How a message may come apart.

    `parts` are what stands between the joints; a run of them is named by its first and its
    last part. `denials` are taken out of whatever is judged.
    """

    text: str
    words: tuple[Said, ...] = ()
    joints: tuple[Joint, ...] = ()
    denials: tuple[Denial, ...] = ()

    @property
    def parts(self) -> list[tuple[int, int]]:
        """The stretches between the joints."""
        starts = [0, *(joint.end for joint in self.joints)]
        ends = [*(joint.start for joint in self.joints), len(self.text)]
        return list(zip(starts, ends, strict=True))

    def runs(self) -> list[Run]:
        """Every run of parts that is to be judged, the shortest first."""
        count = len(self.parts)
        every = [(f, f + n) for n in range(count) for f in range(count - n)]
        return every if self.denials else every[:-1]

    def stretch(self, run: Run) -> tuple[int, int]:
        """Where a run of parts starts and ends."""
        return self.parts[run[0]][0], self.parts[run[1]][1]

    def plain(self, start: int, end: int) -> str:
        """The plain words between two positions."""
        return " ".join(w.plain for w in self.words if start <= w.start < end)

    def texts(self) -> list[str]:
        """What to judge: all runs in order, then what is denied."""
        return [*(self._affirmed(run) for run in self.runs()), *(d.text for d in self.denials)]

    def _affirmed(self, run: Run) -> str:
        """The words of a run without what is denied."""
        start, end = self.stretch(run)
        kept = []
        for denial in self.denials:
            if start <= denial.start < end:
                kept.append(self.text[start : denial.start])
                start = min(denial.end, end)
        return " ".join("".join([*(f"{k} " for k in kept), self.text[start:end]]).split())


def plan_of(text: str, plain: Normalise) -> Plan:
    """Return the plan of a message; `plain` gives the plain form of a word."""
    words = said(text, plain)
    joints = find_joints(text, words)
    denials = find_denials(text, words, joints) if len(words) <= LONG else []
    loose = [_lone(denial, joints, text) for denial in denials]
    free = [joint for joint in joints if joint not in loose]
    plan = Plan(text, tuple(words), tuple(free), tuple(denials))
    worth = [
        joint
        for joint, after in zip(free, plan.parts[1:], strict=True)
        if _promises(plan, joint, after)
    ]
    return replace(plan, joints=tuple(strongest(worth, words)))


def _promises(plan: Plan, joint: Joint, after: tuple[int, int]) -> bool:
    """Whether the words behind a joint could be a wish of their own; the model is not cheap."""
    if joint.turn is Turn.TOPIC:
        return True
    then = plan.plain(*after)
    if cues.asks(then, plan.text[after[0] : after[1] + 1]) or cues.calls_human(then):
        return True
    if joint.turn is Turn.COMMA:
        taken_back_or_praised = cues.closes(plan.plain(0, joint.start))
        return cues.added(then, plan.text) or (taken_back_or_praised and cues.wants(then))
    if joint.turn is Turn.STOP and len(then.split()) >= FEWEST_WORDS:
        return True
    named = joint.turn is Turn.LINK and cues.names_only(then)
    return named or cues.wants(then) or cues.added(then, plan.text)


def inside(joint: Joint, name: Span) -> bool:
    """Whether a joint belongs to a name, with words of it on both sides."""
    return name.start < joint.start and joint.end < name.end


def _lone(denial: Denial, joints: Sequence[Joint], text: str) -> Joint | None:
    """The joint that leaves nothing but a denial on one side."""
    before = [joint for joint in joints if joint.end <= denial.start]
    after = [joint for joint in joints if joint.start >= denial.end]
    start = before[-1].end if before else 0
    end = after[0].start if after else len(text)
    if len([*text[start : denial.start].split(), *text[denial.end : end].split()]) > 1:
        return None
    return after[0] if after else before[-1] if before else None

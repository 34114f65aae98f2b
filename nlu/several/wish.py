"""A wish of a message, and the kinds of intent that matter to cutting."""

from collections.abc import Mapping
from dataclasses import dataclass

from nlu.several.boundaries import Turn

APPLY, REPORT, PLACE, ELSEWHERE = "ajukan_layanan", "lapor", "tanya_jam_lokasi", "di_luar_cakupan"
QUESTIONS = frozenset({"tanya_syarat", "tanya_biaya", "tanya_lama", "tanya_info"})
COURTESIES = frozenset({"sapa", "terima_kasih"})
NEVER = frozenset({"setuju", "tolak", "perbaiki", "bantuan"})
"""Intents that are no wish of their own beside others."""
ABOUT = QUESTIONS | {APPLY, REPORT, PLACE, ELSEWHERE}
"""Intents that mean little without a target."""
OF_THE_TOPIC = frozenset({"tanya_syarat", "tanya_biaya", "tanya_lama", PLACE})
"""Of these the chat itself may know what they are about."""
KINDS: Mapping[str, str] = {
    **dict.fromkeys(QUESTIONS, "layanan"), APPLY: "layanan", REPORT: "keluhan",
    PLACE: "kantor", ELSEWHERE: "kantor",
}  # fmt: skip
"""The kind of target that each of them is about."""
ASK = "tanya"


@dataclass(frozen=True)
class Wish:
    """One wish; `start` and `end` are positions in the message, `turn` is the joint beside it."""

    intent: str
    confidence: float
    target: str | None
    target_confidence: float
    start: int
    end: int
    turn: Turn = Turn.TOPIC

    @property
    def span(self) -> tuple[int, int]:
        """Where it starts and ends."""
        return self.start, self.end

    @property
    def family(self) -> str:
        """The intent, all questions about services as one."""
        return ASK if self.intent in QUESTIONS else self.intent

    @property
    def worth(self) -> float:
        """How sure all of it is."""
        return self.confidence * (self.target_confidence if self.intent in ABOUT else 1.0)

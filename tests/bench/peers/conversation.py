"""What every citizen of the comparison says, and what the reply must hold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

HERE = Path(__file__).parent
FILE = HERE / "conversation.yml"


@dataclass(frozen=True, slots=True)
class Step:
    """One message and its reply, as the peers are told it."""

    says: str
    reads: str
    answers: str

    def said_by(self, number: int) -> str:
        """The words of one citizen: everybody reports from a place of their own."""
        return self.says.format(nomor=number)

    def is_answered_by(self, text: str) -> bool:
        """Whether a message of a bot is the reply that is waited for."""
        return self.reads in text.casefold()


def read_conversation() -> tuple[Step, ...]:
    """The steps, in order."""
    steps = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple(Step(**step) for step in steps)

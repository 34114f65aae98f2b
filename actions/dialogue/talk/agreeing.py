"""Whether a few words agree or decline, where a whole sentence may mean something else."""

from __future__ import annotations

import re

from actions.dialogue.context import TurnContext
from actions.dialogue.talk import answering
from actions.domain.text import words_of
from actions.forms.context import Unreadable

SHORT_ANSWER = 3
DOUBLED = re.compile(r"(.)\1+")


def agrees(turn: TurnContext) -> bool:
    """Whether every single word agrees; nothing is handed in on "ada yang salah"."""
    words = turn.reference.words["kirim"]
    said = [DOUBLED.sub(r"\1", word) for word in words_of(turn.text) or turn.text.split()]
    agreeing = [word for word in said if word in words["setuju"]]
    return bool(agreeing) and {*said} <= {*words["setuju"], *words["pengiring"]}


def declines(turn: TurnContext) -> bool:
    """Whether a few words say no; longer sentences may hold a correction."""
    try:
        return len(turn.text.split()) <= SHORT_ANSWER and not answering.yes_or_no(turn)
    except Unreadable:
        return False

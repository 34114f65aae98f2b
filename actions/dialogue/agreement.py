"""Whether a few words agree or decline, where a whole sentence may mean something else."""

import re

from actions.dialogue.context import TurnContext
from actions.domain.text import words_of
from actions.forms.context import RawAnswer, Unreadable
from actions.forms.form import Field
from actions.forms.kinds import KINDS

SHORT_ANSWER = 3
DOUBLED = re.compile(r"(.)\1+")
YES_NO = Field(key="setuju", kind="ya_tidak", label="", question="")


def means_yes(turn: TurnContext) -> bool:
    """Whether the words mean yes; raises Unreadable when they mean neither yes nor no."""
    return KINDS["ya_tidak"].read(RawAnswer(text=turn.text), YES_NO, turn.form_context) == "ya"


def means_no(turn: TurnContext) -> bool:
    """Whether the words mean no, however many they are."""
    try:
        return not means_yes(turn)
    except Unreadable:
        return False


def agrees(turn: TurnContext) -> bool:
    """Whether every single word agrees; nothing is handed in on "ada yang salah"."""
    words = turn.reference.words["kirim"]
    said = [DOUBLED.sub(r"\1", word) for word in words_of(turn.text) or turn.text.split()]
    agreeing = [word for word in said if word in words["setuju"]]
    return bool(agreeing) and {*said} <= {*words["setuju"], *words["pengiring"]}


def declines(turn: TurnContext) -> bool:
    """Whether a few words say no; longer sentences may hold a correction."""
    return len(turn.text.split()) <= SHORT_ANSWER and means_no(turn)

"""Whether a few words agree or decline, where a whole sentence may mean something else."""

import re

from actions.dialogue.context import TurnContext
from actions.domain.text import words_of
from actions.forms.context import RawAnswer, Unreadable
from actions.forms.form import Field
from actions.forms.kinds import KINDS

SHORT_ANSWER = 3
SUMMARY = "formulir.ringkasan"
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
    """Whether every single word agrees; nothing is handed in on "ada yang salah".

    "Sudah" by itself agrees only to the summary, which asks whether all is right.
    """
    words = turn.reference.words["kirim"]
    said = words_of(turn.text) or turn.text.split()
    at_summary = SUMMARY in (turn.memory.last_key or "")
    agreeing = {*words["setuju"], *(words["sudah"] if at_summary else ())}
    return _says_only(said, turn, agreeing, *words["sudah"])


def says_done(turn: TurnContext) -> bool:
    """Whether "sudah" is all that is said, politely or not."""
    return _says_only(words_of(turn.text), turn, {*turn.reference.words["kirim"]["sudah"]})


def says_send(turn: TurnContext) -> bool:
    """Whether "kirim" is all that is said, politely or not."""
    return _says_only(words_of(turn.text), turn, {*turn.reference.words["kirim"]["langsung"]})


def _says_only(said: list[str], turn: TurnContext, wanted: set[str], *besides: str) -> bool:
    """Whether one of the words is said, and beside them nothing but polite ones, or `besides`."""
    possible = {*wanted, *besides, *turn.reference.words["kirim"]["pengiring"]}
    return bool(_among(said, wanted)) and len(_among(said, possible)) == len(said)


def _among(said: list[str], known: set[str]) -> list[str]:
    """The words that are known as they stand ("nggih"), or without stretched letters ("yaaa")."""
    return [word for word in said if word in known or DOUBLED.sub(r"\1", word) in known]


def declines(turn: TurnContext) -> bool:
    """Whether a few words say no; longer sentences may hold a correction."""
    return len(turn.text.split()) <= SHORT_ANSWER and means_no(turn)

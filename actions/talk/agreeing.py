"""Whether a few words agree or decline, where a whole sentence may mean something else."""

from __future__ import annotations

import re

from actions.flow.context import Unreadable
from actions.flow.words import words_of
from actions.scene import Scene
from actions.talk import answering

SHORT_ANSWER = 3
DOUBLED = re.compile(r"(.)\1+")


def agrees(scene: Scene) -> bool:
    """Whether every single word agrees; nothing is handed in on "ada yang salah"."""
    words = scene.hall.words["kirim"]
    said = [DOUBLED.sub(r"\1", word) for word in words_of(scene.text) or scene.text.split()]
    agreeing = [word for word in said if word in words["setuju"]]
    return bool(agreeing) and {*said} <= {*words["setuju"], *words["pengiring"]}


def declines(scene: Scene) -> bool:
    """Whether a few words say no; longer sentences may hold a correction."""
    try:
        return len(scene.text.split()) <= SHORT_ANSWER and not answering.yes_or_no(scene)
    except Unreadable:
        return False

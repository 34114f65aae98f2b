"""Which of the messages that wait in a chat are one turn, and how long more are waited for.

People send three pictures before a word, and one sentence in five short lines. What comes within
the quiet window after each other is answered once. Whoever answers a question that has a short
answer never waits for that: a single text is waited after only where more of it may follow, that
is where nothing was asked, or something that is told in sentences. A question and a code are
whole as they are. Who writes faster than anybody types is answered once, whatever was asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from actions.domain.text import is_question

FEW_WORDS = 3
MOST = 20
FLOOD = 8
"""So many messages behind each other that nobody typed them as answers."""
LONGEST = 3
"""Windows after which a burst is answered though it still goes on."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What a message may be of a burst: words, or something shared, perhaps with words below."""

    words: str = ""
    shares: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether nobody has more to say: a question of some words, or a code."""
        said = self.words.split()
        code = len(said) == 1 and any(char.isdigit() for char in self.words)
        return not self.shares and (code or (len(said) >= FEW_WORDS and is_question(self.words)))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that waits. One that is no `piece` is a turn by itself: a button, an edit."""

    piece: Piece | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Quiet:
    """The window, and what is known of the chat.

    `open_ended`: nothing was asked, or something that is told in sentences, so that words may
    come in pieces. `most` is how many messages are one turn at most.
    """

    window: timedelta
    open_ended: bool = True
    most: int = MOST


@dataclass(frozen=True, slots=True)
class Burst:
    """How many messages are the next turn, and the seconds until it may be taken."""

    size: int
    wait: float = 0.0


def next_burst(waiting: Sequence[Waiting], quiet: Quiet, now: datetime) -> Burst:
    """The messages of the next turn, of those that wait in order."""
    if len(waiting) >= FLOOD:
        quiet = replace(quiet, open_ended=True)
    found = _together(waiting, quiet)
    if not found:
        return Burst(1)
    is_over = len(found) < len(waiting) or len(found) >= quiet.most
    if is_over or not _may_go_on(found, quiet):
        return Burst(len(found))
    until = min(found[-1].at + quiet.window, found[0].at + LONGEST * quiet.window)
    wait = (until - now).total_seconds()
    # Longer than the window: it came by a wrong clock.
    return Burst(len(found), wait if 0 < wait <= quiet.window.total_seconds() else 0.0)


def _may_go_on(found: Sequence[Waiting], quiet: Quiet) -> bool:
    pieces = [one.piece for one in found if one.piece]
    if any(piece.shares for piece in pieces):
        return True
    return quiet.open_ended and not (len(pieces) == 1 and pieces[0].is_whole)


def _together(waiting: Sequence[Waiting], quiet: Quiet) -> Sequence[Waiting]:
    """The pieces at the beginning that belong together.

    An answer to a question with a short answer is one message: what is written behind it answers
    the next question, as with somebody who knows the form.
    """
    found: list[Waiting] = []
    answered = False
    for one in waiting[: quiet.most]:
        if one.piece is None or (found and one.at - found[-1].at > quiet.window):
            break
        if one.piece.words and answered and not quiet.open_ended:
            break
        answered = answered or bool(one.piece.words)
        found.append(one)
    return found

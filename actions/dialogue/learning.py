"""Notices, at the end of a turn, that its words may be worth learning from."""

from actions.casework import learning
from actions.dialogue.context import TurnContext
from actions.dialogue.registry import Replies
from actions.domain.learning import SHARE, Source
from actions.domain.messages import UnderstandingNeeded
from actions.domain.understanding import Understanding

PRESSED = frozenset({"none", "not"})
"""Buttons that say that something else was meant."""
SAID = {
    "petugas.tidak_paham": Source.ESCALATED,
    "umum.tidak_paham": Source.MISSED,
    "survei.maaf": Source.LOW_MARK,
}
"""What the bot says where it has not understood, or has served badly."""
ANSWERED = ("survei.", "pribadi.")
"""What is said to words that were asked for."""
FROM_MODEL = "model"


async def notice(turn: TurnContext, replies: Replies) -> None:
    """Keep the words that this turn was about, where it went wrong, and a few of all others.

    Words that tell of danger are nobody's exercise.
    """
    source = _why(turn, replies)
    known = _understood(turn, source) if source else None
    if source is None or known is None or turn.danger is not None:
        return
    if turn.memory.pseudonym in turn.spoken_of:
        return
    catalogue = turn.reference.catalogue
    await learning.keep(
        turn.session, catalogue, chat=turn.chat, source=source, known=known, now=turn.now
    )


def _why(turn: TurnContext, replies: Replies) -> Source | None:
    if (turn.incoming.button or "").partition(":")[0] in PRESSED:
        return Source.NOT_THAT
    for reply in replies:
        if reply.key in SAID:
            return SAID[reply.key]
    known = turn.fetched.known
    by_model = known is not None and known.source == FROM_MODEL and bool(turn.text)
    is_answer = turn.memory.draft is not None or any(r.key.startswith(ANSWERED) for r in replies)
    return Source.SAMPLE if by_model and not is_answer and turn.random.random() < SHARE else None


def _understood(turn: TurnContext, source: Source) -> Understanding | None:
    """What was made of the words in question: this turn's, or those that were decided on last."""
    known, words = turn.fetched.known, turn.text
    if source in {Source.NOT_THAT, Source.LOW_MARK}:
        words = turn.memory.heard or ""
    if known is None and words:
        raise UnderstandingNeeded(words)
    return known if known is not None and known.text == words and words.strip() else None

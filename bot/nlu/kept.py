"""Keeps what the model said of fixed words: "halo" and "makasih" mean the same each time."""

import time
from collections.abc import Callable

from actions.catalogue.reference import ReferenceData
from actions.dialogue.short_words import ways_said
from actions.domain.understanding import Understanding

LONGEST = 40
MOST = 500
SECONDS = 3600.0
"""A server elsewhere may get a newer model, and nobody tells us."""


class KeptAnswers:
    """The model's answers about greetings, thanks, yes and no, where nothing else is said.

    They are found by the very words that were asked about, so a turn decides as if it had asked.
    What else citizens write is not kept: which words are fixed stands in data/language/intents.
    """

    def __init__(
        self, reference: ReferenceData, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._reference, self._clock = reference, clock
        self._known: dict[str, tuple[float, Understanding]] = {}
        courtesies = (one for one in reference.catalogue.intents.values() if one.courtesy)
        phrases = (phrase for one in courtesies for phrase in (*one.keywords, *one.examples))
        self._fixed = {way for phrase in phrases for way in ways_said(reference, phrase)} - {""}

    def find(self, text: str) -> Understanding | None:
        """What the model said of this text, if that is kept and not old."""
        kept = self._known.get(text)
        if kept is None or self._clock() - kept[0] > SECONDS:
            return None
        return kept[1]

    def keep(self, known: Understanding) -> None:
        """Keep an answer, if its text is fixed words and nothing else."""
        if not self._is_fixed(known.text):
            return
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[known.text] = (self._clock(), known)

    def forget(self) -> None:
        """Another model answers from now on."""
        self._known.clear()

    def _is_fixed(self, text: str) -> bool:
        return len(text) <= LONGEST and not self._fixed.isdisjoint(
            ways_said(self._reference, text)
        )

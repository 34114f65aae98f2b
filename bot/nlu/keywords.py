"""Understands by words alone: what carries on while the model cannot be asked.

Words stand in data/language/intents (`kata_kunci`); services, complaints and offices are found by
their names in the catalogue.
"""

from collections.abc import Mapping

from actions.catalogue import Catalogue, Complaint
from actions.catalogue.names import Matcher, telling_words
from actions.domain.text import is_question
from actions.domain.understanding import Candidate, Understanding

SURE, UNSURE = 0.9, 0.45
NAMED = 0.6
QUESTIONS_FIRST = 1.0
ROLES = ("nama", "tempat", "uraian", "keinginan")


class Keywords:
    """An NLU without a model; never raises and needs no network."""

    def __init__(self, catalogue: Catalogue, matcher: Matcher, slang: Mapping[str, str]) -> None:
        self._catalogue = catalogue
        self._matcher = matcher
        self._slang = slang
        self._phrases = {
            intent: [telling_words(phrase, slang) for phrase in data.keywords]
            for intent, data in catalogue.intents.items()
        }

    async def understand(self, text: str) -> Understanding:
        """Rank intents by the words they share with the text; two equals are not sure.

        "Halo", "ya" and "makasih" count only where nothing else was said.
        """
        targets = self._matcher.rank(text)
        scores = self._scores(telling_words(text, self._slang), targets)
        intent = self._catalogue.intent
        wishes = {name: score for name, score in scores.items() if not intent(name).courtesy}
        ranked = sorted((wishes or scores).items(), key=lambda pair: -pair[1])
        best = ranked[0][1] if ranked else 0.0
        clear = best > 0 and (len(ranked) == 1 or best - ranked[1][1] >= 1)
        top = SURE if clear else UNSURE
        intents = tuple(Candidate(name, top * score / best) for name, score in ranked if best)
        nothing = Candidate(self._catalogue.outside, 0.0)
        return Understanding(
            text,
            intents or (nothing,),
            targets,
            source="words",
            roles=self._roles(text, intents[0] if clear else nothing),
        )

    def _roles(self, text: str, best: Candidate) -> dict[str, float]:
        """A question, or a wish to leave a form, is a wish; other words may answer a question."""
        intent = self._catalogue.intent(best.name)
        away = is_question(text) or (intent.leaves_form and not intent.opens)
        leaves = best.confidence >= SURE and away
        return {"keinginan": 1.0} if leaves else dict.fromkeys(ROLES, 1.0)

    def _scores(self, words: list[str], targets: tuple[Candidate, ...]) -> dict[str, float]:
        """Words matched by intent; a named service or complaint counts as wanting it."""
        scores: dict[str, float] = {}
        for intent, phrases in self._phrases.items():
            matched = max((len(p) for p in phrases if _within(p, words)), default=0)
            if matched:
                scores[intent] = matched + QUESTIONS_FIRST
        for target in targets[:1]:
            item = self._catalogue.find(target.name)
            if item is not None and target.confidence >= NAMED:
                kind = "keluhan" if isinstance(item, Complaint) else "layanan"
                opening = self._catalogue.opening(kind)
                scores[opening] = scores.get(opening, 0.0) + 1
        return scores


def _within(phrase: list[str], words: list[str]) -> bool:
    """Whether the words of the phrase follow each other in the text."""
    size = len(phrase)
    return any(words[start : start + size] == phrase for start in range(len(words) - size + 1))

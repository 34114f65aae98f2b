"""Says which wishes may stand beside each other, and how strongly the words must turn."""

from collections.abc import Sequence
from itertools import pairwise

from nlu.several.language import Language, Turn
from nlu.several.wish import Wish

SURE, SURE_OF_TOPIC = 0.8, 0.4
"""How sure two wishes must be, intent and target together: behind a mark or a link, and behind
words that turn to another topic."""


def all_fit(wishes: Sequence[Wish], language: Language) -> bool:
    """Whether no two are the same, and each pair of neighbours has enough of a turn."""
    alone = language.intents["berdiri_sendiri"]
    told = {(wish.intent, None if wish.intent in alone else wish.target) for wish in wishes}
    if not wishes or len(told) < len(wishes):
        return False
    return all(_fit(first, then, language) for first, then in pairwise(wishes))


def _fit(first: Wish, then: Wish, language: Language) -> bool:
    surety, pair = min(first.sure, then.sure), {first.intent, then.intent}
    if _asks_of_the_wanted(first, then, language) or _takes_it_back(first, then, language):
        return False
    if then.turn is Turn.TOPIC or surety < SURE:
        return then.turn is Turn.TOPIC and surety >= SURE_OF_TOPIC
    if pair <= language.intents["diceritakan"]:
        enough = Turn.STOP if len(pair) == 1 else Turn.LINK
        return _differ(first, then) and (then.is_added or then.turn >= enough)
    return _says_enough(first, then, language)


def _asks_of_the_wanted(first: Wish, then: Wish, language: Language) -> bool:
    """Whether a question is about the very thing that is wanted beside it."""
    pair = (first.intent, then.intent)
    one_kind = len({language.kinds.get(intent) for intent in pair}) == 1
    one_opens = sum(intent in language.opens for intent in pair) == 1
    return one_kind and one_opens and not _differ(first, then)


def _takes_it_back(first: Wish, then: Wish, language: Language) -> bool:
    """Whether what was just asked for is taken back: nobody asks for it to withdraw it."""
    on_its_own = then.target is not None or then.turn is Turn.TOPIC
    takes_back = then.intent in language.intents["mencabut"] and not on_its_own
    return takes_back and first.intent in language.opens


def _says_enough(first: Wish, then: Wish, language: Language) -> bool:
    """Whether wishes that lack a target may stand there: behind a comma none, else both or one."""
    alone = language.intents["berdiri_sendiri"]
    known = [wish.target is not None or wish.intent in alone for wish in (first, then)]
    return all(known) if then.turn is Turn.COMMA else known[1] or not known[0]


def _differ(first: Wish, then: Wish) -> bool:
    return None not in {first.target, then.target} and first.target != then.target

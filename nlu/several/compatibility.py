"""Says which wishes may stand beside each other, and how strongly the words must turn."""

from collections.abc import Sequence
from itertools import pairwise

from nlu.several.language import Language, Turn
from nlu.several.wish import Wish

SURE, SURE_OF_TOPIC, CLEAR = 0.8, 0.4, 0.85
"""How sure two wishes must be, intent and target together: behind a mark or a link, behind
words that turn to another topic, and where one matter is likelier to be told twice."""


def all_fit(wishes: Sequence[Wish], language: Language) -> bool:
    """Whether no two are the same, and each pair of neighbours has enough of a turn."""
    if not wishes or len({(wish.intent, wish.target) for wish in wishes}) < len(wishes):
        return False
    return all(_fit(first, then, language) for first, then in pairwise(wishes))


def _fit(first: Wish, then: Wish, language: Language) -> bool:
    surety, pair = min(first.sure, then.sure), {first.intent, then.intent}
    is_topic = then.turn is Turn.TOPIC
    if surety < (SURE_OF_TOPIC if is_topic else SURE) or _asks_of_the_wanted(
        first, then, language
    ):
        return False
    if is_topic:
        return True
    if any(pair <= family for family in language.families):
        return _two_matters(first, then, language)
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


def _two_matters(first: Wish, then: Wish, language: Language) -> bool:
    """Whether two intents that often tell of one matter tell of two, or ask two things of one."""
    clear = min(first.sure, then.sure) >= CLEAR
    if first.intent not in language.intents["pertanyaan"]:
        return _differ(first, then) and (then.is_added or (clear and then.turn >= Turn.LINK))
    if first.target == then.target:
        return True
    return clear and then.turn >= Turn.STOP


def _says_enough(first: Wish, then: Wish, language: Language) -> bool:
    """Whether wishes without a target are clear by themselves."""
    alone = language.intents["berdiri_sendiri"]
    if then.intent in alone:
        return then.sure >= CLEAR and first.intent not in alone
    if then.target is None:
        open_topic = then.intent in language.intents["tahu_dari_percakapan"]
        return open_topic and first.target is None and then.turn >= Turn.LINK
    return first.target is not None or first.intent in alone or then.turn > Turn.COMMA


def _differ(first: Wish, then: Wish) -> bool:
    return None not in {first.target, then.target} and first.target != then.target

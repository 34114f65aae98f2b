"""Which service, complaint or office a sentence is about: the model's word and the catalogue's.

A name of the catalogue that the model has never seen counts by itself, so that a new data
file is found before anything is trained again.
"""

from collections.abc import Callable, Sequence

from actions.dialogue.context import TurnContext
from actions.domain.understanding import Candidate

SURE = 0.5
MARGIN = 0.15
POSSIBLE = 0.08
NAMED = 0.7
NEAR = 0.3
NAME_SHARE = 0.35
"""What a name weighs beside the model: it breaks ties, and names what the model has not seen."""

SHARPER = 3
"""Names that fit half are hardly meant where another fits whole."""
UNNAMED = 0.4
"""How much less often an intent that is about something names nothing than any words do."""
SOFT = 0.7
"""The model is surer of its own sentences than it should be of a stranger's."""

KINDS = ("layanan", "keluhan", "kantor")


def ranked(turn: TurnContext, fits: Callable[[str], bool]) -> list[Candidate]:
    """The targets that `fits` allows, best first, with a share of 0 to 1."""
    decided = turn.understanding.decided
    if decided is not None and fits(decided):
        return [Candidate(decided, 1.0)]
    by_name = _by_name(turn, fits)
    known, nothing = _by_model(turn, fits)
    shares = {
        slug: share * (1 + NAME_SHARE * by_name.get(slug, 0)) for slug, share in known.items()
    }
    for slug in by_name.keys() - known.keys():
        shares[slug] = by_name[slug] ** SHARPER * max(NAME_SHARE, nothing)
    total = max(1.0, sum(shares.values()))
    ordered = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Candidate(slug, share / total) for slug, share in ordered if share >= POSSIBLE]


def _by_model(turn: TurnContext, fits: Callable[[str], bool]) -> tuple[dict[str, float], float]:
    """The model's targets of this kind, given that it is about this kind or nothing named."""
    by_words = turn.understanding.source == "words"
    all_known = () if by_words else turn.understanding.targets
    known = {c.name: c.confidence for c in all_known if fits(c.name)}
    nothing = UNNAMED * max(0.0, 1.0 - sum(candidate.confidence for candidate in all_known))
    named, soft = sum(known.values()), {name: share**SOFT for name, share in known.items()}
    total, weight = named + nothing or 1.0, sum(soft.values()) or 1.0
    return {name: share / weight * named / total for name, share in soft.items()}, nothing / total


def _by_name(turn: TurnContext, fits: Callable[[str], bool]) -> dict[str, float]:
    """What the words name, as they were typed and in plain spelling; nothing that is denied."""
    known, found = turn.understanding, dict[str, float]()
    texts = (known.affirmed,) if known.denied else (known.normalised or turn.text, turn.text)
    for candidate in (c for text in texts for c in turn.names_in(text)):
        if fits(candidate.name):
            found[candidate.name] = max(found.get(candidate.name, 0.0), candidate.confidence)
    return found


def clear(candidates: Sequence[Candidate]) -> str | None:
    """The target that is meant for sure; None when it must be asked."""
    if not candidates or candidates[0].confidence < SURE:
        return None
    second = candidates[1].confidence if len(candidates) > 1 else 0.0
    return candidates[0].name if candidates[0].confidence - second >= MARGIN else None


def of_kind(turn: TurnContext, kind: str) -> list[Candidate]:
    """The services ("layanan"), complaints or offices that the sentence may be about."""
    finders = {"layanan": services, "keluhan": complaints, "kantor": offices}
    return finders[kind](turn)


def services(turn: TurnContext) -> list[Candidate]:
    """The services that the sentence may be about."""
    return ranked(turn, turn.reference.catalogue.services.__contains__)


def complaints(turn: TurnContext) -> list[Candidate]:
    """The complaints that the sentence may be about."""
    return ranked(turn, turn.reference.catalogue.complaints.__contains__)


def offices(turn: TurnContext) -> list[Candidate]:
    """The offices that the sentence may be about."""
    office = turn.reference.catalogue.office
    return ranked(turn, lambda slug: slug in office.units or slug in office.others)


def named(turn: TurnContext) -> list[Candidate]:
    """What the words name by themselves, whatever the model makes of them."""
    denied = turn.understanding.denied
    text = turn.understanding.affirmed if denied else turn.text
    return [c for c in turn.names_in(text) if c.confidence >= NAMED]


def named_besides(turn: TurnContext, slug: str) -> list[str]:
    """Services and complaints that are named with words of their own beside `slug`."""
    matcher, catalogue, words = turn.reference.matcher, turn.reference.catalogue, turn.text
    others = [c.name for c in named(turn) if c.name != slug and catalogue.find(c.name)]
    return [other for other in others if matcher.apart(words, slug, other)]


def mentions_something(turn: TurnContext) -> bool:
    """Whether the sentence itself is about a service, complaint or office."""
    known = turn.understanding
    if any(known.of(kind) for kind in KINDS) or named(turn):
        return True
    return bool(known.targets) and known.targets[0].confidence >= SURE


def item(turn: TurnContext) -> str | None:
    """The one service or complaint that the words are about; None when none is clear."""
    catalogue = turn.reference.catalogue
    return clear(ranked(turn, lambda slug: catalogue.find(slug) is not None))


def near(turn: TurnContext) -> list[str]:
    """What of ours the words come near, although they are rather not ours."""
    catalogue = turn.reference.catalogue
    likely = [c.name for c in turn.understanding.targets if c.confidence >= NEAR]
    candidates = dict.fromkeys([*likely, *(c.name for c in named(turn))])
    return [slug for slug in candidates if catalogue.find(slug) is not None]


def opening(turn: TurnContext, slug: str) -> tuple[str, str]:
    """The intent that begins a service or complaint, and its slug."""
    return turn.reference.catalogue.opening(kind(turn, slug) or KINDS[1]), slug


def elsewhere(turn: TurnContext) -> str | None:
    """The office of somebody else that the sentence is about for sure: named, or as likely.

    The surest of unlikely offices is no answer: "kapan bansos cair" is nobody's pension.
    """
    office = clear(offices(turn))
    known = {c.name for c in turn.understanding.targets if c.confidence >= SURE}
    sure = office in known | {candidate.name for candidate in named(turn)}
    return office if sure and office in turn.reference.catalogue.office.others else None


def kind(turn: TurnContext, slug: str | None) -> str | None:
    """Which of KINDS a service or a complaint is."""
    catalogue = turn.reference.catalogue
    if slug in catalogue.services:
        return KINDS[0]
    return KINDS[1] if slug in catalogue.complaints else None


def topic(turn: TurnContext) -> str | None:
    """The service that is spoken of: named now, else in the open form or before."""
    sure = clear(services(turn))
    if sure is not None:
        return sure
    return None if mentions_something(turn) else turn.memory.topic

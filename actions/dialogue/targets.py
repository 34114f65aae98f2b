"""Which service, complaint or office a sentence is about: the model's word and the catalogue's.

A name of the catalogue that the model has never seen counts by itself, so that a new data
file is found before anything is trained again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from actions.dialogue.context import TurnContext
from actions.domain.understanding import Candidate

MODEL_SHARE = 0.65
SURE = 0.5
MARGIN = 0.15
POSSIBLE = 0.12
NAMED = 0.7
GROUP, ABOUT_SOMETHING = 3, 0.6
"""Where the best few together are below this, the model only names what is left over."""

CATALOGUE_ENTITIES = ("layanan", "keluhan", "kantor")


def ranked(turn: TurnContext, fits: Callable[[str], bool]) -> list[Candidate]:
    """The targets that `fits` allows, best first, with a share of 0 to 1."""
    known = {c.name: c.confidence for c in turn.understanding.targets if fits(c.name)}
    by_name: dict[str, float] = {}
    for candidate in _named(turn):
        if fits(candidate.name):
            best = max(by_name.get(candidate.name, 0.0), candidate.confidence)
            by_name[candidate.name] = best
    if sum(sorted(known.values())[-GROUP:]) < ABOUT_SOMETHING:
        known = {slug: share for slug, share in known.items() if slug in by_name}
    shares = {slug: _share(slug, known, by_name) for slug in known.keys() | by_name.keys()}
    ordered = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Candidate(slug, share) for slug, share in ordered if share >= POSSIBLE]


def _named(turn: TurnContext) -> Iterator[Candidate]:
    """What the words name, as they were typed and in plain spelling; nothing that is denied."""
    known = turn.understanding
    if known.denied:
        yield from turn.reference.matcher.rank(known.affirmed)
        return
    for text in (known.normalised or turn.text, turn.text):
        yield from turn.reference.matcher.rank(text)


def _share(slug: str, known: Mapping[str, float], by_name: Mapping[str, float]) -> float:
    if not known or slug not in known:
        return by_name.get(slug, 0.0) * (1.0 if not known else 1 - MODEL_SHARE / 2)
    return MODEL_SHARE * known[slug] + (1 - MODEL_SHARE) * by_name.get(slug, 0.0)


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
    return [c for c in turn.reference.matcher.rank(text) if c.confidence >= NAMED]


def mentions_something(turn: TurnContext) -> bool:
    """Whether the sentence itself is about a service, complaint or office."""
    known = turn.understanding
    if any(known.of(kind) for kind in CATALOGUE_ENTITIES) or named(turn):
        return True
    return bool(known.targets) and known.targets[0].confidence >= SURE


def elsewhere(turn: TurnContext) -> str | None:
    """The office of somebody else that the sentence is about for sure."""
    office = clear(offices(turn))
    return office if office in turn.reference.catalogue.office.others else None


def topic(turn: TurnContext) -> str | None:
    """The service that is spoken of: named now, else in the open form or before."""
    sure = clear(services(turn))
    if sure is not None:
        return sure
    return None if mentions_something(turn) else turn.memory.topic

"""Reads and checks data/ at the start; anything wrong is shown with file and line."""

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from actions.catalogue.checks import cross_check
from actions.catalogue.intent_models import Intent
from actions.catalogue.models import (
    Complaint,
    Item,
    Office,
    Service,
    Shape,
    Unit,
)
from actions.catalogue.place_checks import check_places
from actions.catalogue.place_models import KnownPlaces, OfficeMap
from actions.catalogue.places import sites_of
from actions.catalogue.reading import Problem, ProblemsError, line_of, read_yaml
from actions.catalogue.times import Holiday, Holidays, Retention
from actions.domain.sites import Sites
from actions.domain.text import words_of

S = TypeVar("S", bound=Shape)
USUAL = 20
"""Sentences that a word of every day stands in, of some 14,000."""


@dataclass(frozen=True)
class Catalogue:
    """Everything the office offers; keys are slugs, which are file names."""

    office: Office
    services: Mapping[str, Service]
    complaints: Mapping[str, Complaint]
    intents: Mapping[str, Intent]
    sites: Sites = field(default_factory=Sites)

    def item(self, slug: str) -> Item:
        """A service or a complaint; raises KeyError for an unknown slug."""
        found = self.find(slug)
        if found is None:
            raise KeyError(slug)
        return found

    def find(self, slug: str | None) -> Item | None:
        """A service or a complaint; None for an unknown slug."""
        return self.services.get(slug or "") or self.complaints.get(slug or "")

    def called(self, slug: str) -> str:
        """How people call an item or an office; the slug itself when it is gone."""
        item = self.find(slug)
        unit = self.office.units.get(slug) or self.office.others.get(slug)
        return item.called if item else unit.short if unit else slug

    def intent(self, name: str) -> Intent:
        """What an intent is like; one without traits for a name that no file has."""
        return self.intents.get(name) or Intent(description=name)

    def opening(self, target: str) -> str:
        """The name of the intent that opens a form of this kind of target."""
        return next(
            (name for name, i in self.intents.items() if i.opens and i.target == target), ""
        )

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words that so many of the examples have that none of them is a name."""
        items = (*self.services.values(), *self.complaints.values())
        sentences = [s for intent in self.intents.values() for s in intent.examples]
        sentences += [s for item in items for s in item.examples]
        found = Counter(word for sentence in sentences for word in set(words_of(sentence)))
        return frozenset(word for word, times in found.items() if times >= USUAL)

    @property
    def outside(self) -> str:
        """The name of the intent of what the office does not do."""
        return next((name for name, intent in self.intents.items() if intent.outside), "")

    def unit(self, key: str) -> Unit:
        """An office of ours, or another one that people ask about."""
        return self.office.units.get(key) or self.office.others[key]


def read_catalogue(folder: Path) -> Catalogue:
    """Read `folder`; raises ProblemsError with every mistake found."""
    problems: list[Problem] = []
    office = _read(folder / "office.yml", Office, problems)
    services = dict(_read_all(folder / "services", Service, problems))
    complaints = dict(_read_all(folder / "complaints", Complaint, problems))
    intents = dict(_read_all(folder / "language" / "intents", Intent, problems))
    chart, known = _read_places(folder, problems)
    if problems or office is None:
        raise ProblemsError(problems)
    problems.extend(cross_check(folder, office, services, complaints, intents))
    problems.extend(check_places(folder, office, chart, known))
    if problems:
        raise ProblemsError(problems)
    return Catalogue(office, services, complaints, intents, sites_of(chart, known))


def _read_places(
    folder: Path, problems: list[Problem]
) -> tuple[OfficeMap, dict[str, KnownPlaces]]:
    """The map and the landmarks; an office may do without either."""
    path, places = folder / "map.yml", folder / "places"
    chart = _read(path, OfficeMap, problems) if path.exists() else None
    known = dict(_read_all(places, KnownPlaces, problems)) if places.exists() else {}
    return chart or OfficeMap.model_validate({}), known


def read_holidays(path: Path) -> tuple[Holiday, ...]:
    """The days on which offices are closed; raises ProblemsError."""
    return _read_one(path, Holidays).days


def read_retention(path: Path) -> Retention:
    """How long data is kept; raises ProblemsError."""
    return _read_one(path, Retention)


def _read_one(path: Path, shape: type[S]) -> S:
    problems: list[Problem] = []
    model = _read(path, shape, problems)
    if model is None:
        raise ProblemsError(problems)
    return model


def _read_all(folder: Path, shape: type[S], problems: list[Problem]) -> Iterator[tuple[str, S]]:
    paths = sorted(folder.glob("*.yml"))
    if not paths:
        problems.append(Problem(folder, 1, "folder_kosong"))
    for path in paths:
        model = _read(path, shape, problems)
        if model is not None:
            yield path.stem, model


def _read(path: Path, shape: type[S], problems: list[Problem]) -> S | None:
    try:
        content = read_yaml(path)
    except ProblemsError as error:
        problems.extend(error.problems)
        return None
    try:
        return shape.model_validate(content)
    except ValidationError as error:
        problems.extend(_problem(path, shape, fault) for fault in error.errors())
        return None


KEYS = {
    "missing": "kunci_kurang",
    "extra_forbidden": "kunci_tak_dikenal",
    "literal_error": "nilai_tak_dikenal",
    "string_too_long": "terlalu_panjang",
    "string_pattern_mismatch": "bentuk_salah",
    "too_short": "daftar_kosong",
}

OWN_FAULTS = {
    "tanya_kurang",
    "pilihan_kurang",
    "unggah_tanpa_kunci",
    "biaya_kosong",
    "tinjau_kurang",
    "tinjau_terbalik",
    "letak_kosong",
    "membuka_apa",
}


def _problem(path: Path, shape: type[Shape], fault: ErrorDetails) -> Problem:
    place = [part for part in fault["loc"] if part != "[key]"]
    params: dict[str, object] = {
        "kunci": ".".join(str(part) for part in place),
        "nilai": _short(fault["input"]),
        "harapan": _expected(fault, shape),
    }
    own = fault["type"] in OWN_FAULTS
    key = fault["type"] if own else KEYS.get(fault["type"], "nilai_salah")
    return Problem(path, line_of(path, place), key, params)


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:37]}..."  # noqa: PLR2004


def _expected(fault: ErrorDetails, shape: type[Shape]) -> str:
    context = fault.get("ctx", {})
    if fault["type"] == "extra_forbidden":
        return _nearest(str(fault["loc"][-1]), shape)
    for name in ("expected", "max_length", "pattern", "ge", "le"):
        if name in context:
            return str(context[name])
    return fault["msg"]


def _nearest(key: str, shape: type[Shape]) -> str:
    names = [field.alias or name for name, field in shape.model_fields.items()]
    return (difflib.get_close_matches(key, names, n=1, cutoff=0.5) or [", ".join(names)])[0]

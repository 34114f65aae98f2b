"""What a single data file cannot know: names used twice, units and neighbours that exist."""

from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from actions.catalogue.intent_models import Intent
from actions.catalogue.models import Complaint, Item, Office, Question, Requirement, Service
from actions.catalogue.reading import Problem, line_of
from actions.domain.calendar import BadHoursError, read_hours

Items = Mapping[str, Item]
MOST_QUESTIONS = 5
"""Of a complaint: who is asked more gives up."""


def cross_check(
    folder: Path,
    office: Office,
    services: Mapping[str, Service],
    complaints: Mapping[str, Complaint],
    intents: Mapping[str, Intent],
) -> Iterator[Problem]:
    """Check the files of `folder` against each other."""
    yield from _time_zone(folder / "office.yml", office)
    yield from _hours(folder / "office.yml", office)
    yield from _roles(folder / "office.yml", office, complaints)
    yield from _squares(folder / "office.yml", office)
    everything: dict[str, Item] = {**services, **complaints}
    yield from _twice(folder, services, complaints, office)
    yield from _rivals(folder / "language" / "intents", intents)
    for slug, item in everything.items():
        path = folder / ("services" if slug in services else "complaints") / f"{slug}.yml"
        yield from _item(path, item, office, everything)


def _problem(path: Path, place: list[str | int], key: str, **params: object) -> Problem:
    return Problem(path, line_of(path, place), key, params)


def _rivals(folder: Path, intents: Mapping[str, Intent]) -> Iterator[Problem]:
    """No two intents can open the same kind of form, or stand for what is not ours."""
    seen: dict[str, str] = {}
    for name, intent in intents.items():
        for key, role in (
            ("membuka", intent.opens and intent.target),
            ("di_luar", intent.outside),
        ):
            if role and seen.setdefault(f"{key} {role}", name) != name:
                other = seen[f"{key} {role}"]
                yield _problem(folder / f"{name}.yml", [key], "niat_bersaing", niat=other)


def _time_zone(path: Path, office: Office) -> Iterator[Problem]:
    try:
        ZoneInfo(office.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        yield _problem(path, ["zona_waktu"], "zona_waktu_salah", nilai=office.time_zone)


def _roles(path: Path, office: Office, complaints: Mapping[str, Complaint]) -> Iterator[Problem]:
    if office.help_desk and office.help_desk not in office.units:
        expected = ", ".join(office.units)
        yield _problem(
            path, ["meja_bantuan"], "unit_tak_dikenal", nilai=office.help_desk, harapan=expected
        )
    if office.service_complaint and office.service_complaint not in complaints:
        yield _problem(
            path, ["keluhan_pelayanan"], "mirip_tak_dikenal", nilai=office.service_complaint
        )


def _squares(path: Path, office: Office) -> Iterator[Problem]:
    """A square of the map belongs to one village, and that one is listed."""
    taken: dict[tuple[int, int], str] = {}
    for n, part in enumerate(office.area):
        for village, square in part.squares.items():
            place: list[str | int] = ["wilayah", n, "petak", village]
            if village not in part.villages:
                expected = ", ".join(part.villages)
                yield _problem(path, place, "petak_tanpa_desa", nilai=village, harapan=expected)
            elif taken.setdefault(square, village) != village:
                yield _problem(path, place, "petak_dua_kali", nilai=village, lain=taken[square])


def _hours(path: Path, office: Office) -> Iterator[Problem]:
    for part, units in (("unit", office.units), ("kantor_lain", office.others)):
        for key, unit in units.items():
            try:
                read_hours(unit.hours)
            except BadHoursError as error:
                yield _problem(path, [part, key, "jam"], "jam_salah", nilai=error)


def _twice(
    folder: Path,
    services: Mapping[str, Service],
    complaints: Mapping[str, Complaint],
    office: Office,
) -> Iterator[Problem]:
    for slug in services.keys() & (complaints.keys() | office.units.keys()):
        yield _problem(folder / "services" / f"{slug}.yml", [], "nama_berkas_dua_kali", nilai=slug)
    for part, items in (("services", services), ("complaints", complaints)):
        seen: dict[str, str] = {}
        for slug, item in items.items():
            first = seen.setdefault(item.called.casefold(), slug)
            if first != slug:
                path = folder / part / f"{slug}.yml"
                yield _problem(
                    path, ["sebutan"], "sebutan_dua_kali", nilai=item.called, lain=first
                )


def _item(path: Path, item: Item, office: Office, everything: Items) -> Iterator[Problem]:
    if item.unit not in office.units:
        yield _problem(
            path, ["unit"], "unit_tak_dikenal", nilai=item.unit, harapan=", ".join(office.units)
        )
    for number, slug in enumerate(item.similar):
        if slug not in everything:
            yield _problem(path, ["mirip", number], "mirip_tak_dikenal", nilai=slug)
    yield from _form(path, item)
    if isinstance(item, Complaint):
        yield from _complaint(path, item, office)


def _complaint(path: Path, item: Complaint, office: Office) -> Iterator[Problem]:
    """Who reports something is asked little; what is said of an office does not go to it."""
    most = _most_asked(item)
    if most > MOST_QUESTIONS:
        yield _problem(path, ["tanya"], "tanya_terlalu_banyak", nilai=most, harapan=MOST_QUESTIONS)
    keys = [question.key for question in item.questions]
    if item.reported is not None and item.reported not in keys:
        expected = ", ".join(keys)
        yield _problem(
            path, ["terlapor"], "terlapor_tak_dikenal", nilai=item.reported, harapan=expected
        )
    if item.stand_in is not None and item.stand_in not in office.units.keys() - {item.unit}:
        expected = ", ".join(office.units.keys() - {item.unit})
        yield _problem(
            path, ["pengganti"], "unit_tak_dikenal", nilai=item.stand_in, harapan=expected
        )


def _most_asked(item: Item) -> int:
    """How many questions are asked at most, whatever is answered."""
    decide = {key for question in item.questions for key in question.when}
    ways = [
        [(question.key, value) for value in (*question.choices, "ya", "tidak")]
        for question in item.questions
        if question.key in decide
    ]
    return max(
        sum(_applies(question, dict(way)) for question in item.questions) for way in product(*ways)
    )


def _applies(question: Question, said: Mapping[str, str]) -> bool:
    return all(said.get(key) in values for key, values in question.when.items())


def _form(path: Path, item: Item) -> Iterator[Problem]:
    known: dict[str, set[str] | None] = {}
    for number, question in enumerate(item.questions):
        place: list[str | int] = ["tanya", number]
        if question.key in known:
            yield _problem(path, [*place, "kunci"], "kunci_dua_kali", nilai=question.key)
        yield from _conditions(path, place, question.when, known)
        for choice in question.words.keys() - question.choices.keys():
            at, known_choices = [*place, "kata", choice], ", ".join(question.choices)
            yield _problem(path, at, "kata_tanpa_pilihan", nilai=choice, harapan=known_choices)
        known[question.key] = (
            {"ya", "tidak"} if question.kind == "ya_tidak" else set(question.choices) or None
        )
    for number, requirement in enumerate(_requirements(item)):
        place = ["syarat", number]
        yield from _conditions(path, place, requirement.when, known)
        if requirement.key in known:
            yield _problem(path, [*place, "kunci"], "kunci_dua_kali", nilai=requirement.key)


def _requirements(item: Item) -> tuple[Requirement, ...]:
    return item.requirements if isinstance(item, Service) else ()


def _conditions(
    path: Path,
    place: list[str | int],
    when: Mapping[str, tuple[str, ...]],
    known: Mapping[str, set[str] | None],
) -> Iterator[Problem]:
    for key, values in when.items():
        if key not in known:
            yield _problem(path, [*place, "jika", key], "jika_tak_dikenal", nilai=key)
            continue
        for value in values:
            choices = known[key]
            if choices is not None and value not in choices:
                yield _problem(
                    path,
                    [*place, "jika", key],
                    "jika_nilai_salah",
                    nilai=value,
                    harapan=", ".join(sorted(choices)),
                )

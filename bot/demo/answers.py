"""Answers that a form accepts: drawn from data/demo and read by the form's own kinds."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from actions.catalogue.reference import ReferenceData
from actions.dialogue.handlers.form.build import STORY, form_of
from actions.domain.messages import StoredFile
from actions.forms.context import Area, FormContext, RawAnswer, Unreadable
from actions.forms.engine import holds
from actions.forms.form import UPLOADS, Field, Form, Json, to_json
from actions.forms.kinds import KINDS
from bot.demo.people import Citizen, name
from bot.demo.words import Words

SKIPS, SENDS_FILE, SAYS_YES = 0.45, 0.3, 0.7
A_YEAR = 1900
PLACES = frozenset({"alamat", "lokasi"})
"""Read alike in every form, and slowly."""


class Forms:
    """The forms of the catalogue, and who fills them in. What is read twice is read once."""

    def __init__(
        self, reference: ReferenceData, words: Words, today: date, picture: StoredFile
    ) -> None:
        office = reference.catalogue.office
        area = Area({part.district: part.villages for part in office.area})
        self.picture = picture
        self._words, self._context = words, FormContext(today, area)
        self._file: Json = {"nama": picture.name, "mime": picture.mime, "ukuran": picture.size}
        self._read: dict[tuple[str, str, str], Json] = {}
        catalogue = reference.catalogue
        self.forms = {
            slug: form_of(slug, catalogue.item(slug), reference.texts)
            for slug in (*catalogue.services, *catalogue.complaints)
        }
        self.snapshots = {slug: to_json(form) for slug, form in self.forms.items()}

    def fill(self, slug: str, citizen: Citizen, day: date, random: Random) -> dict[str, Json]:
        """Answer every question that applies, in order; optional ones are skipped at times."""
        form, answers = self.forms[slug], dict[str, Json]()
        told = self._told(form, citizen, random)
        for field in form.fields:
            if field.key in told:
                answers[field.key] = told[field.key]
            elif holds(field.when, answers):
                answers[field.key] = self._answer(form, field, citizen, day, random)
        return answers

    def _told(self, form: Form, citizen: Citizen, random: Random) -> dict[str, Json]:
        """The story of a complaint, and what else it says."""
        if not any(field.key == STORY for field in form.fields):
            return {}
        choice, story = random.choice(self._words.stories_of(form.slug))
        fitting = (f for f in form.fields if any(c.key == choice for c in f.choices))
        told: dict[str, Json] = {field.key: choice for field in fitting if not field.when}
        return {**told, STORY: story.format(desa=citizen.village, jalan=citizen.street)}

    def _answer(
        self, form: Form, field: Field, citizen: Citizen, day: date, random: Random
    ) -> Json:
        if field.kind in UPLOADS:
            return self._file if random.random() < SENDS_FILE else None
        if not field.required and random.random() < SKIPS:
            return None
        if own := self._own(form, field, citizen, random):
            return own
        if field.choices:
            return random.choice(field.choices).key
        if field.kind == "ya_tidak":
            return "ya" if random.random() < SAYS_YES else "tidak"
        if field.kind == "tanggal":
            return _some_day(field, day, random)
        return self._drawn(form.slug, field, citizen, random)

    def _drawn(self, slug: str, field: Field, citizen: Citizen, random: Random) -> Json:
        """The first drawn words that the kind can read; None leaves it to an officer."""
        for pool in self._pools(slug, field):
            words = random.choice(pool).format(desa=citizen.village, jalan=citizen.street)
            value = self._once(slug, field, words)
            if value is not None:
                return value
        return None

    def _once(self, slug: str, field: Field, words: str) -> Json:
        key = ("", field.kind, words) if field.kind in PLACES else (slug, field.key, words)
        if key not in self._read:
            try:
                given = RawAnswer(text=words, insisted=True)
                self._read[key] = KINDS[field.kind].read(given, field, self._context)
            except Unreadable:
                self._read[key] = None
        return self._read[key]

    def _pools(self, slug: str, field: Field) -> Iterator[list[str]]:
        if field.kind == "lokasi":
            yield list(self._words.people["patokan"])
        elif int(field.limits.get("min", 0)) >= A_YEAR:
            yield list(self._words.answers["tahun"])
        for place in (f"{slug}.{field.key}", field.key, field.kind):
            if place in self._words.answers:
                yield list(self._words.answers[place])

    def _own(self, form: Form, field: Field, citizen: Citizen, random: Random) -> Json:
        """What is the citizen's own; a woman's name where the form asks for a second one."""
        if field.kind == "alamat":
            return self._once(form.slug, field, citizen.address)
        if field.kind == "nama":
            first = next(other for other in form.fields if other.kind == "nama")
            return citizen.name if field is first else name(self._words, random, is_woman=True)
        return {"nik": citizen.nik, "kk": citizen.kk, "telepon": citizen.phone}.get(field.kind)


def _some_day(field: Field, day: date, random: Random) -> str:
    ahead = field.limits.get("batas") == "mendatang"
    distance = timedelta(days=random.randint(3, 40))
    return (day + distance if ahead else day - distance).isoformat()

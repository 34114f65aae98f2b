"""Invented citizens. Nothing about them can be somebody's: not the NIK, the phone, the chat."""

from dataclasses import dataclass
from datetime import date
from random import Random

from actions.catalogue.reference import ReferenceData
from bot.demo.words import Words

PREFIX = "demo:"
"""No way to citizens has chats that begin so, so nothing that is queued for them is ever sent."""

NOWHERE = "9999"
"""Province and regency of every invented NIK; no province of Indonesia has this number."""

UNASSIGNED = "+62834"
"""No operator has these numbers, though they have the shape of a mobile phone's."""

WOMEN = 40
YOUNGEST, OLDEST = 18, 75


@dataclass(frozen=True, slots=True)
class Citizen:
    """Somebody who does not exist. `village` and `street` are where they live."""

    chat: str
    name: str
    nik: str
    kk: str
    phone: str
    village: str
    street: str

    @property
    def address(self) -> str:
        """As it would be written into a form."""
        house = int(self.nik[-1]) + 1
        return f"Jalan {self.street} Nomor {house * 3} RT 0{house % 5 + 1} RW 02 {self.village}"


def invent(
    number: int, reference: ReferenceData, words: Words, random: Random, today: date
) -> Citizen:
    """The citizen of a number; the same one for the same chance."""
    is_woman = random.random() < 0.5  # noqa: PLR2004  a half
    district = random.randrange(len(reference.catalogue.office.area))
    area = reference.catalogue.office.area[district]
    born = (random.randint(1, 28), random.randint(1, 12), today.year - _age(random))
    region = f"{NOWHERE}{district + 1:02}"
    return Citizen(
        chat=f"{PREFIX}{number:07}",
        name=name(words, random, is_woman=is_woman),
        nik=region + _dated(*born, number, WOMEN if is_woman else 0),
        kk=region + _dated(random.randint(1, 28), random.randint(1, 12), 2010, number, 0),
        phone=f"{UNASSIGNED}{number % 10**7:07}",
        village=random.choice(area.villages),
        street=random.choice(words.people["jalan"]),
    )


def name(words: Words, random: Random, *, is_woman: bool) -> str:
    """A given name, and a family name that says that it is invented."""
    given = words.people["perempuan" if is_woman else "laki_laki"]
    return f"{random.choice(given)} {random.choice(words.people['keluarga'])}"


def _age(random: Random) -> int:
    return int(random.triangular(YOUNGEST, OLDEST, 36))


def _dated(day: int, month: int, year: int, number: int, shift: int) -> str:
    return f"{day + shift:02}{month:02}{year % 100:02}{number % 9999 + 1:04}"

"""What a confirmed complaint may teach: a landmark, told by a citizen's words and their pin."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import office_settings
from actions.casework.office_settings import Hand
from actions.catalogue.reference import ReferenceData
from actions.catalogue.sheets import PLACES, read
from actions.domain.geo import Point
from actions.domain.status import CaseKind, Meaning, Status, status_of
from actions.forms.kinds.place_name import place_name
from actions.storage.tables import Case

UNFOUNDED = frozenset({Status.REJECTED, Status.WITHDRAWN, Status.DUPLICATE, Status.NOT_OURS})
"""How a complaint may end without anybody having found what it told."""


class NothingToLearnError(Exception):
    """The case has no pin with words, is not confirmed, or its landmark is known already."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A landmark to be: `name` is a proposal made of the citizen's words."""

    name: str
    village: str
    at: Point


def suggested(case: Case, reference: ReferenceData) -> Suggestion | None:
    """What the place of a confirmed complaint may teach; never one that is secret."""
    status = status_of(case.status)
    confirmed = status.meaning is not Meaning.WAITING and status not in UNFOUNDED
    if case.kind != CaseKind.COMPLAINT or case.secret or not confirmed:
        return None
    sites = reference.catalogue.sites
    for place in case.answers.values():
        if isinstance(place, Mapping) and {"teks", "lat", "lon"} <= place.keys():
            at = Point(float(place["lat"]), float(place["lon"]))
            village = sites.village_at(at)
            if village is not None and sites.landmark_at(at) is None:
                return Suggestion(place_name(str(place["teks"])), village, at)
    return None


async def learn(
    session: AsyncSession,
    shipped: ReferenceData,
    reference: ReferenceData,
    case: Case,
    name: str,
    by: Hand,
) -> None:
    """Keep the place of a case as a landmark of that name.

    Raises NothingToLearnError, or FieldsError where the name says nothing.
    """
    suggestion = suggested(case, reference)
    if suggestion is None:
        raise NothingToLearnError
    sent = {
        "nama": name,
        "desa": suggestion.village,
        "titik": f"{suggestion.at.latitude:.6f}, {suggestion.at.longitude:.6f}",
    }
    villages: dict[str, Any] = {"desa": reference.catalogue.office.villages}
    values = read(PLACES, sent, villages)
    await office_settings.save(session, shipped, PLACES, None, values, by)

"""What officers write where a place is sent."""

from __future__ import annotations

import pytest

from actions.casework.places_sent import PlaceSent, UnknownPlaceError, choices, read
from actions.domain.messages import Location
from tests.support.running_bot import reference_of_tests

SITES = reference_of_tests().catalogue.sites
MARKET = PlaceSent("Pasar Wonorejo, Wonorejo", Location(-6.9763, 107.6714))


@pytest.mark.parametrize(
    "written", ["Pasar Wonorejo, Wonorejo", "pasar wonorejo", "pasar wage", "PASAR WONOREJO"]
)
def test_a_landmark_by_any_of_its_names(written: str) -> None:
    assert read(SITES, written) == MARKET


def test_every_choice_is_one_place() -> None:
    for choice in choices(SITES):
        found = read(SITES, choice)
        assert found is not None
        assert found.name == choice


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("-6.9763,107.6714", "Pasar Wonorejo, Wonorejo"),
        ("https://maps.google.com/?q=-6.9800,107.6700", "Wonorejo"),
        ("-8.65000, 115.21667", "-8.65000, 115.21667"),
    ],
)
def test_coordinates_are_called_by_what_is_there(written: str, name: str) -> None:
    found = read(SITES, written)
    assert found is not None
    assert found.name == name


def test_nothing_is_no_place() -> None:
    assert read(SITES, "") is None


@pytest.mark.parametrize("written", ["di situ", "51.5000, -0.1200", "Pasar", "<b>"])
def test_what_is_no_place_is_refused(written: str) -> None:
    with pytest.raises(UnknownPlaceError):
        read(SITES, written)

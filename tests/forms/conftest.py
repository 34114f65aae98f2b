"""The office that the kinds of question are tried in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from actions.catalogue.reading import read_yaml
from actions.domain.geo import Point
from actions.domain.sites import Neighbour, Sites
from actions.forms.context import Area, FormContext, YesNo

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture(scope="session")
def context() -> FormContext:
    """Kabupaten Sukamaju on Tuesday, 24 November 2026, with the shipped words."""
    office = read_yaml(DATA / "office.yml")
    area = {part["kecamatan"]: tuple(part["desa"]) for part in office["wilayah"]}
    words = read_yaml(DATA / "language" / "words" / "ya_tidak.yml")
    yes_no = YesNo(*(frozenset(words[key]) for key in ("ya", "tidak", "tidak_tentu")))
    edges = office["batas_peta"]
    bounds = (edges["selatan"], edges["utara"], edges["barat"], edges["timur"])
    elsewhere = read_yaml(DATA / "language" / "words" / "daerah_lain.yml")["daerah"]
    far_north = (Point(4.0, 98.0), Point(4.0, 98.1), Point(4.1, 98.1))
    sites = Sites(neighbours=(Neighbour("Kabupaten Tetangga", "Telepon 1.", far_north),))
    ours = Area(area, office["sebutan"], frozenset(elsewhere), bounds, sites)
    return FormContext(date(2026, 11, 24), ours, yes_no)

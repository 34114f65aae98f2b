"""Mistakes in data/map.yml and data/places/ are told with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.catalogue import read_catalogue
from actions.catalogue.reading import ProblemsError
from actions.domain.geo import Point
from tests.catalogue.folder import Folder

CHART = """\
jangkauan: 500
desa:
  Alfa: {titik: [-7.0, 110.0], batas: [[-7.1, 109.9], [-7.1, 110.1], [-6.9, 110.1], [-6.9, 109.9]]}
  Beta: {titik: [-7.0, 110.3]}
tetangga:
  - {nama: Kota Gama, kontak: Telepon 1., batas: [[-8, 110], [-8, 111], [-7.5, 110]]}
"""
MARKETS = """\
jenis: Pasar
kata: [psr]
tempat:
  - {nama: Pasar Alfa, alias: [pasar pagi], desa: Alfa, titik: [-7.01, 110.01]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder.make(tmp_path)
    (tmp_path / "places").mkdir()
    (tmp_path / "map.yml").write_text(CHART)
    (tmp_path / "places/pasar.yml").write_text(MARKETS)
    return made


def test_what_the_files_say(folder: Folder) -> None:
    sites = read_catalogue(folder.path).sites
    assert (sites.reach, sites.spellings) == (500, {"psr": "pasar"})
    assert sites.village_at(Point(-7.05, 110.05)) == "Alfa"
    assert sites.village_at(Point(-7.001, 110.301)) == "Beta"
    assert sites.village_at(Point(-7.02, 110.301)) is None
    assert [mark.names for mark in sites.landmarks] == [("Pasar Alfa", "pasar pagi")]
    assert sites.covers(["Alfa", "Beta"])


def test_an_office_may_do_without_both(tmp_path: Path) -> None:
    sites = read_catalogue(Folder.make(tmp_path).path).sites
    assert not sites.landmarks
    assert not sites.covers(["Alfa"])


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "at"),
    [
        ("map.yml", "  Beta:", "  Delta:", "desa_tak_dikenal", "Delta"),
        ("map.yml", "Beta: {titik: [-7.0, 110.3]}", "Beta: {}", "letak_kosong", "Beta"),
        ("map.yml", "[-7.0, 110.3]", "[-97.0, 110.3]", "nilai_salah", "Beta"),
        ("map.yml", ", [-7.5, 110]]", "]", "daftar_kosong", "Kota Gama"),
        ("places/pasar.yml", "desa: Alfa", "desa: Delta", "desa_tak_dikenal", "Pasar Alfa"),
        ("places/pasar.yml", "[-7.01, 110.01]", "[-7.3, 110.0]", "titik_di_luar_desa", "-7.3"),
        (
            "places/pasar.yml",
            "tempat:",
            "tempat:\n  - {nama: pasar alfa, desa: Alfa, titik: [-7.02, 110.0]}",
            "tempat_dua_kali",
            "Pasar Alfa",
        ),
    ],
)
def test_mistakes(folder: Folder, file: str, old: str, new: str, key: str, at: str) -> None:
    folder.change(file, old, new)
    with pytest.raises(ProblemsError) as caught:
        read_catalogue(folder.path)
    (problem,) = caught.value.problems
    assert (problem.key, problem.path.name) == (key, Path(file).name)
    assert problem.line == folder.line(file, at)

"""Texts are filled with what they ask for, word lists and holidays are what they should be."""

from __future__ import annotations

import shutil
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from actions.catalogue import read_holidays, read_retention
from actions.catalogue.reading import ProblemsError, line_of
from actions.catalogue.texts import UnknownTextError, read_texts
from actions.catalogue.word_lists import NEEDED, read_words
from tests.support.running_bot import DATA, reference_of_tests


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "umum.yml").write_text(
        "sapa:\n  - Halo, {nama}.\n  - Selamat datang, {nama}.\n"
        "menu:\n  judul: Pilih <b>satu</b>\n"
    )
    return tmp_path


def test_variants_take_turns_so_that_none_is_said_twice_in_a_row(folder: Path) -> None:
    texts = read_texts(folder)
    said = [texts.html("umum.sapa", turn, nama="Siti") for turn in range(4)]
    assert all(first != second for first, second in pairwise(said))
    assert set(said) == {"Halo, Siti.", "Selamat datang, Siti."}


def test_what_a_citizen_wrote_is_never_markup(folder: Path) -> None:
    texts = read_texts(folder)
    assert texts.html("umum.sapa", nama="<b>& Budi") == "Halo, &lt;b&gt;&amp; Budi."
    assert texts.plain("umum.sapa", nama="<b>") == "Halo, <b>."
    assert texts.html("umum.menu.judul") == "Pilih <b>satu</b>"


def test_an_unknown_key_or_an_unfilled_text_raises(folder: Path) -> None:
    texts = read_texts(folder)
    with pytest.raises(UnknownTextError, match=r"umum\.sapaan"):
        texts.html("umum.sapaan")
    with pytest.raises(UnknownTextError, match="needs nama"):
        texts.html("umum.sapa")


def test_keys_are_found_below_a_prefix(folder: Path) -> None:
    texts = read_texts(folder)
    assert texts.under("umum") == ("umum.sapa", "umum.menu.judul")
    assert "umum.menu" not in texts


@pytest.mark.parametrize(
    ("written", "key", "line"),
    [
        ("satu: ok\ndua: ['Halo {nama}', Halo]\n", "isian_berbeda", 2),
        ("satu: ok\ndua: []\n", "bukan_teks", 2),
        ("satu:\n  tiga: 3\n", "bukan_teks", 2),
        ("satu: ''\n", "bukan_teks", 1),
    ],
)
def test_a_text_that_cannot_be_said_is_found(
    folder: Path, written: str, key: str, line: int
) -> None:
    (folder / "lain.yml").write_text(written)
    with pytest.raises(ProblemsError) as caught:
        read_texts(folder)
    (problem,) = caught.value.problems
    assert (problem.key, problem.path.name, problem.line) == (key, "lain.yml", line)
    assert reference_of_tests().texts.plain(f"periksa.{key}", 0, **problem.params)


def test_the_line_of_a_place_that_is_not_there_is_the_nearest_above(folder: Path) -> None:
    path = folder / "umum.yml"
    assert line_of(path, ["menu", "judul"]) == 5
    assert line_of(path, ["menu", "isi"]) == 4
    assert line_of(path, ["sapa", 1]) == 3
    assert line_of(path, ["lain"]) == 1


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    shutil.copytree(DATA / "language" / "words", tmp_path / "kata")
    return tmp_path / "kata"


def test_the_shipped_word_lists_are_right(lists: Path) -> None:
    assert set(NEEDED) <= set(read_words(lists))


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_a_word_list_that_the_dialogue_needs_is_missed(lists: Path, name: str) -> None:
    (lists / f"{name}.yml").unlink()
    assert _faults(lists) == [("berkas_tidak_ada", f"{name}.yml", 1)]


@pytest.mark.parametrize(
    ("name", "written", "fault"),
    [
        (
            "kirim",
            "setuju: [ya]\nsudah: [sudah]\nlangsung: [kirim]\n",
            ("kunci_kurang", "kirim.yml", 1),
        ),
        ("lewati", "tidak_tahu: [a]\nlewati: skip\n", ("bukan_teks", "lewati.yml", 2)),
        ("slang", "yg: yang\nsdh: [sudah]\n", ("bukan_teks", "slang.yml", 2)),
        ("asing", "kata: [the, 3]\n", ("bukan_teks", "asing.yml", 1)),
    ],
)
def test_a_word_list_of_the_wrong_shape_is_found(
    lists: Path, name: str, written: str, fault: tuple[str, str, int]
) -> None:
    (lists / f"{name}.yml").write_text(written)
    assert _faults(lists) == [fault]


def _faults(folder: Path) -> list[tuple[str, str, int]]:
    with pytest.raises(ProblemsError) as caught:
        read_words(folder)
    return [(problem.key, problem.path.name, problem.line) for problem in caught.value.problems]


def test_holidays_are_dates(tmp_path: Path) -> None:
    path = tmp_path / "holidays.yml"
    path.write_text("libur:\n  - {tanggal: 2026-12-25, nama: Natal}\n")
    assert [day.day for day in read_holidays(path)] == [date(2026, 12, 25)]
    path.write_text(
        "libur:\n  - {tanggal: 2026-12-25, nama: Natal}\n  - {tanggal: besok, nama: X}\n"
    )
    with pytest.raises(ProblemsError) as caught:
        read_holidays(path)
    (problem,) = caught.value.problems
    assert (problem.key, problem.line) == ("nilai_salah", 3)


def test_how_long_data_is_kept_is_at_least_a_day(tmp_path: Path) -> None:
    path = tmp_path / "retention.yml"
    shipped = (DATA / "retention.yml").read_text(encoding="utf-8")
    path.write_text(shipped.replace("pesan_masuk: 7", "pesan_masuk: 0"))
    with pytest.raises(ProblemsError) as caught:
        read_retention(path)
    (problem,) = caught.value.problems
    line = shipped.splitlines().index("pesan_masuk: 7") + 1
    assert (problem.key, problem.line) == ("nilai_salah", line)

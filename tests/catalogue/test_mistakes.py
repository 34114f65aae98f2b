"""Every kind of mistake in a data file is found, with file and line and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from actions.catalogue import read_catalogue
from actions.catalogue.reading import Problem, ProblemsError
from tests.catalogue.folder import Folder
from tests.support.running_bot import reference_of_tests

OFFICE, SERVICE = "office.yml", "services/ktp_hilang.yml"
COMPLAINT, INTENT = "complaints/jalan_rusak.yml", "language/intents/sapa.yml"


@dataclass(frozen=True, slots=True)
class Mistake:
    """A change of a file, the explanation that it calls for, and the line that it names."""

    key: str
    file: str
    old: str
    new: str
    at: str
    says: str = ""


MISTAKES = [
    Mistake("yaml", SERVICE, "mirip: [jalan_rusak]", "mirip: [jalan_rusak", "alias: [ktp hilang"),
    Mistake("kunci_kurang", SERVICE, "unit: dukcapil\n", "", "nama: Penggantian", "unit"),
    Mistake("kunci_tak_dikenal", SERVICE, "ringkas:", "ringkasan:", "ringkasan:", "ringkas"),
    Mistake("nilai_tak_dikenal", SERVICE, "jenis: nama}", "jenis: namaku}", "namaku", "alamat"),
    Mistake("nilai_salah", SERVICE, "hari_kerja: 3", "hari_kerja: tiga", "hari_kerja", "tiga"),
    Mistake("nilai_salah", SERVICE, "rupiah: 0", "rupiah: -1", "rupiah", "-1"),
    Mistake(
        "terlalu_panjang",
        SERVICE,
        "sebutan: KTP hilang",
        f"sebutan: {'KTP ' * 10}",
        "sebutan:",
        "30",
    ),
    Mistake("bentuk_salah", OFFICE, "awalan_kode: KCT", "awalan_kode: kct", "awalan_kode"),
    Mistake("bentuk_salah", OFFICE, '"08.00-12.00"', '"8-12"', "senin"),
    Mistake("daftar_kosong", SERVICE, "alias: [ktp hilang, ktp ilang]", "alias: []", "alias"),
    Mistake("tanya_kurang", SERVICE, "    label: Surat kehilangan\n", "", "- kunci: lapor"),
    Mistake(
        "pilihan_kurang",
        SERVICE,
        "    pilihan: {sudah: Sudah, belum: Belum}\n",
        "",
        "- kunci: lapor",
    ),
    Mistake("unggah_tanpa_kunci", SERVICE, "    kunci: surat\n", "", "- teks: Surat"),
    Mistake("biaya_kosong", SERVICE, "biaya: {rupiah: 0}", "biaya: {}", "biaya"),
    Mistake(
        "kunci_kurang",
        SERVICE,
        "wakil: {bisa: ya, teks: Dengan surat kuasa.}\n",
        "",
        "nama: Penggantian",
        "wakil",
    ),
    Mistake("nilai_tak_dikenal", SERVICE, "bisa: ya", "bisa: mungkin", "wakil", "sebagian"),
    Mistake(
        "tinjau_kurang", SERVICE, "lama:", "diperiksa: 2026-01-02\nlama:", "nama: Penggantian"
    ),
    Mistake(
        "tinjau_terbalik",
        SERVICE,
        "lama:",
        "diperiksa: 2026-01-02\ntinjau_sebelum: 2026-01-02\nlama:",
        "nama: Penggantian",
    ),
    Mistake(
        "nilai_salah",
        SERVICE,
        "lama:",
        "sumber:\n  - {apa: UU, dibaca: kemarin}\nlama:",
        "dibaca",
        "kemarin",
    ),
    Mistake(
        "unit_tak_dikenal", OFFICE, "zona_waktu", "meja_bantuan: mp\nzona_waktu", "meja", "mp"
    ),
    Mistake(
        "mirip_tak_dikenal",
        OFFICE,
        "zona_waktu",
        "keluhan_pelayanan: pelayan\nzona_waktu",
        "keluhan_pelayanan",
        "pelayan",
    ),
    Mistake("membuka_apa", INTENT, "kata_kunci", "membuka: true\nkata_kunci", ""),
    Mistake(
        "bentuk_salah",
        INTENT,
        "kata_kunci",
        "tombol: {umum: Sapa, hal: Sapa}\nkata_kunci",
        "tombol",
        "hal",
    ),
    Mistake(
        "petak_tanpa_desa",
        OFFICE,
        "desa: [Alfa, Beta]}",
        "desa: [Alfa, Beta], petak: {Gama: [1, 1]}}",
        "kecamatan: Satu",
        "Alfa",
    ),
    Mistake(
        "petak_dua_kali",
        OFFICE,
        "desa: [Alfa, Beta]}",
        "desa: [Alfa, Beta], petak: {Alfa: [1, 1], Beta: [1, 1]}}",
        "kecamatan: Satu",
        "Alfa",
    ),
    Mistake("zona_waktu_salah", OFFICE, "Asia/Jakarta", "Asia/Jkt", "zona_waktu", "Asia/Makassar"),
    Mistake(
        "terlapor_tak_dikenal",
        COMPLAINT,
        "sebutan: Jalan",
        "terlapor: kantor\nsebutan: Jalan",
        "terlapor",
    ),
    Mistake(
        "tanya_terlalu_banyak",
        COMPLAINT,
        "lokasi}\n",
        "lokasi}\n" + "".join(f"  - {{kunci: foto{n}, jenis: foto}}\n" for n in range(5)),
        "tanya:",
        "6",
    ),
    Mistake("jam_salah", OFFICE, '"13.00-15.30"', '"11.00-15.30"', "jam:", "08.00-12.00"),
    Mistake("sebutan_dua_kali", COMPLAINT, "sebutan: Jalan rusak", "sebutan: Jalan", ""),
    Mistake("unit_tak_dikenal", COMPLAINT, "unit: dukcapil", "unit: pupr", "unit", "dukcapil"),
    Mistake("mirip_tak_dikenal", SERVICE, "[jalan_rusak]", "[jalan]", "mirip", "jalan"),
    Mistake("kunci_dua_kali", SERVICE, "kunci: tanggal", "kunci: nama", "- kunci: nama", "nama"),
    Mistake("kunci_dua_kali", SERVICE, "kunci: surat", "kunci: nama", "kunci: nama", "nama"),
    Mistake(
        "jika_tak_dikenal",
        SERVICE,
        "{lapor: sudah}\nbiaya",
        "{lapr: ya}\nbiaya",
        "lapr",
        "lapr",
    ),
    Mistake(
        "kata_tanpa_pilihan",
        SERVICE,
        "    pilihan: {sudah: Sudah, belum: Belum}\n",
        "    pilihan: {sudah: Sudah, belum: Belum}\n    kata: {sdh: [udah lapor]}\n",
        "sdh",
        "sudah, belum",
    ),
    Mistake(
        "jika_nilai_salah",
        SERVICE,
        "tanggal\n    jika: {lapor: sudah}",
        "tanggal\n    jika: {lapor: iya}",
        "iya",
        "belum, sudah",
    ),
]
OTHERWISE = {
    "tempat": "the sentence around all others",
    "berkas_tidak_ada": "test_a_missing_file",
    "folder_kosong": "test_an_empty_folder",
    "bukan_kunci_nilai": "test_a_file_that_is_no_mapping",
    "nama_berkas_dua_kali": "test_a_service_and_a_complaint_of_one_name",
    "niat_bersaing": "test_two_intents_for_one_role",
    "bukan_teks": "tests/catalogue/test_texts.py",
    "isian_berbeda": "tests/catalogue/test_texts.py",
    "letak_kosong": "tests/catalogue/test_places.py",
    "desa_tak_dikenal": "tests/catalogue/test_places.py",
    "titik_di_luar_desa": "tests/catalogue/test_places.py",
    "tempat_dua_kali": "tests/catalogue/test_places.py",
    "fakta_belum": "tests/catalogue/test_facts.py",
    "fakta_lewat": "tests/catalogue/test_facts.py",
    "fakta_tanpa_sumber": "tests/catalogue/test_facts.py",
    "fakta_sumber_lama": "tests/catalogue/test_facts.py",
}
"""Keys that another test asks for."""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder.make(tmp_path / "data")


def problems_of(folder: Folder) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsError) as caught:
        read_catalogue(folder.path)
    return caught.value.problems


def explained(problem: Problem) -> str:
    """As `python -m bot check` says it; raises when the text needs what is not there."""
    return reference_of_tests().texts.plain(f"periksa.{problem.key}", 0, **problem.params)


def test_the_folder_is_right(folder: Folder) -> None:
    catalogue = read_catalogue(folder.path)
    assert set(catalogue.services) == {"ktp_hilang"}
    assert catalogue.item("jalan_rusak").called == "Jalan rusak"


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: f"{m.key}-{m.new[:20].strip()}")
def test_a_mistake_is_found_and_explained(folder: Folder, mistake: Mistake) -> None:
    if mistake.key == "sebutan_dua_kali":
        (folder.path / "complaints/jalan_lain.yml").write_text(
            (folder.path / COMPLAINT).read_text()
        )
        problem = problems_of(folder)[0]
        assert (problem.key, problem.line) == (mistake.key, 2)
        return
    folder.change(mistake.file, mistake.old, mistake.new)
    found = problems_of(folder)
    problem = next(problem for problem in found if problem.key == mistake.key)
    assert problem.path == folder.path / mistake.file
    assert problem.line == folder.line(mistake.file, mistake.at)
    assert mistake.says in explained(problem)


def test_every_explanation_has_its_mistake() -> None:
    keys = {key.partition(".")[2] for key in reference_of_tests().texts.under("periksa")}
    assert keys == {mistake.key for mistake in MISTAKES} | set(OTHERWISE)


def test_all_mistakes_are_told_at_once(folder: Folder) -> None:
    folder.change(SERVICE, "rupiah: 0", "rupiah: -1")
    folder.change(COMPLAINT, "hari_kerja: 14", "hari_kerja: 999")
    folder.change(INTENT, "keterangan:", "ket:")
    found = {problem.path.name for problem in problems_of(folder)}
    assert found == {"ktp_hilang.yml", "jalan_rusak.yml", "sapa.yml"}


def test_a_missing_file(folder: Folder) -> None:
    (folder.path / OFFICE).unlink()
    (problem,) = problems_of(folder)
    assert (problem.key, problem.path.name, problem.line) == ("berkas_tidak_ada", OFFICE, 1)
    assert explained(problem)


def test_an_empty_folder(folder: Folder) -> None:
    (folder.path / INTENT).unlink()
    (problem,) = problems_of(folder)
    assert (problem.key, problem.path.name) == ("folder_kosong", "intents")
    assert explained(problem)


def test_a_file_that_is_no_mapping(folder: Folder) -> None:
    (folder.path / INTENT).write_text("- halo\n")
    (problem,) = problems_of(folder)
    assert (problem.key, problem.path.name) == ("bukan_kunci_nilai", "sapa.yml")
    assert explained(problem)


def test_a_service_and_a_complaint_of_one_name(folder: Folder) -> None:
    (folder.path / "services/jalan_rusak.yml").write_text(
        (folder.path / SERVICE).read_text().replace("KTP hilang", "Jalan")
    )
    problem = next(p for p in problems_of(folder) if p.key == "nama_berkas_dua_kali")
    assert problem.path.name == "jalan_rusak.yml"
    assert "jalan_rusak" in explained(problem)


def test_a_button_label_may_have_thirty_letters_and_no_more(folder: Folder) -> None:
    folder.change(SERVICE, "sebutan: KTP hilang", f"sebutan: {'k' * 30}")
    assert read_catalogue(folder.path)
    folder.change(SERVICE, "k" * 30, "k" * 31)
    assert problems_of(folder)[0].key == "terlalu_panjang"


def test_yes_and_no_may_be_written_as_yaml_reads_them(folder: Folder) -> None:
    folder.change(SERVICE, "jenis: pilihan", "jenis: ya_tidak")
    folder.change(SERVICE, "    pilihan: {sudah: Sudah, belum: Belum}\n", "")
    folder.change(SERVICE, "    jika: {lapor: sudah}\nbiaya", "    jika: {lapor: true}\nbiaya")
    folder.change(SERVICE, "    jika: {lapor: sudah}\n", "    jika: {lapor: [ya, tidak]}\n")
    service = read_catalogue(folder.path).services["ktp_hilang"]
    assert service.requirements[1].when == {"lapor": ("ya",)}
    assert service.questions[2].when == {"lapor": ("ya", "tidak")}


def test_two_intents_for_one_role(folder: Folder) -> None:
    for name in ("sapa", "salam"):
        path = folder.path / f"language/intents/{name}.yml"
        path.write_text("keterangan: Menyapa.\ndi_luar: true\n")
    (problem,) = problems_of(folder)
    assert (problem.key, problem.path.name, problem.line) == ("niat_bersaing", "sapa.yml", 2)
    assert "salam" in explained(problem)

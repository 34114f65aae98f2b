"""Reads the word lists of data/language/words, and says with file and line what one lacks."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from actions.catalogue.reading import Problem, ProblemsError, line_of, read_yaml

Words = Mapping[str, Mapping[str, Any]]

NEEDED: Mapping[str, tuple[str, ...]] = {
    "asing": ("kata",),
    "darurat": ("bahaya",),
    "global": ("menu", "batal", "bantuan", "petugas", "ulang", "maksud", "pelan", "tunggu"),
    "keinginan": ("nama_sendiri", "nama", "sebutan", "nanti", "ingin"),
    "kirim": ("setuju", "sudah", "langsung", "pengiring"),
    "lama": ("sebelum", "satuan"),
    "lanjut": ("lanjut", "tadi", "pengiring"),
    "lewati": ("lewati", "tidak_tahu"),
    "marah": ("jelas", "pendukung"),
    "orang_lain": ("kata", "keluarga", "warga", "lain", "sendiri", "setuju"),
    "peluang": ("nama", "alamat", "lokasi", "teks", "tertutup", "lain"),
    "pendek": ("pengiring", "maksud_lain", "juga", "belum", "nanti"),
    "perbaiki": ("pengantar", "tanda", "awal", "tanya"),
    "peristiwa": (),
    "slang": (),
    "tanya": ("syarat", "biaya", "lama"),
    "wakil": ("frasa", "kelompok"),
    "ya_tidak": ("ya", "tidak", "tidak_tentu"),
}
"""The files that the dialogue looks into, with the keys that each must have."""

PAIRS = "slang"
EVENTS = "peristiwa"
OF_THEIR_OWN_SHAPE = frozenset({"darurat", "marah", "peluang", "wakil"})


def read_words(folder: Path) -> Words:
    """Every word list by the name of its file; raises ProblemsError with all mistakes."""
    problems: list[Problem] = []
    words: dict[str, Mapping[str, Any]] = {}
    for name in sorted({*NEEDED, *(path.stem for path in folder.glob("*.yml"))}):
        path = folder / f"{name}.yml"
        try:
            words[name] = read_yaml(path)
        except ProblemsError as error:
            problems.extend(error.problems)
            continue
        problems.extend(_faults(path, words[name], name))
    if problems:
        raise ProblemsError(problems)
    return words


def _faults(path: Path, content: Mapping[str, Any], name: str) -> Iterator[Problem]:
    for key in NEEDED.get(name, ()):
        if key not in content:
            yield Problem(path, 1, "kunci_kurang", {"kunci": key})
    if name in OF_THEIR_OWN_SHAPE or name not in NEEDED:
        return
    for key, value in content.items():
        if not _is_right(value, name):
            yield Problem(path, line_of(path, [key]), "bukan_teks", {"kunci": key})


def _is_right(value: Any, name: str) -> bool:
    """Slang is one word for another, an event a name with services; all others are lists."""
    if name == PAIRS:
        return isinstance(value, str)
    if name == EVENTS:
        shaped = isinstance(value, Mapping) and isinstance(value.get("sebutan"), str)
        return shaped and _is_right(value.get("layanan"), "")
    return isinstance(value, list) and all(isinstance(word, str) for word in value)

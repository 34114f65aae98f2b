"""The words of the web chat: all in data/texts/warga.yml, all used, none in templates."""

from __future__ import annotations

import re

from bot.web.render import FOLDER
from tests.support.running_bot import reference_of_tests

TEMPLATES = sorted((FOLDER / "templates").glob("*.html"))
CODE = sorted(FOLDER.glob("*.py"))
TEXTS = reference_of_tests().texts
KEY = re.compile(r"""\b(?:t|word|NotTakenError)\(f?["']([a-z0-9_.{}]+)["']""")
FAMILIES = {
    "awal.contoh": ("surat", "lapor", "status", "tanya"),
    "buka": ("foto", "pdf", "halaman", "berkas"),
    "kiriman": ("foto", "dokumen", "lokasi"),
    "galat": ("403", "404", "408", "413", "503", "lain"),
    "salah": ("kosong", "tombol_lama", "lokasi", "simpan", "ramai"),
}
"""Keys that are put together where they are used."""


def test_every_word_exists_and_is_used() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (*TEMPLATES, *CODE)]
    named = {key for source in sources for key in KEY.findall(source)}
    named |= {key for source in sources for key in re.findall(r'"(salah\.\w+)"', source)}
    whole = {key for key in named if f"warga.{key}" in TEXTS}
    family = {f"{part}.{name}" for part, names in FAMILIES.items() for name in names}
    assert {f"warga.{key}" for key in whole | family} == set(TEXTS.under("warga"))


def test_templates_hold_no_words() -> None:
    for path in TEMPLATES:
        bare = re.sub(r"{[{%].*?[%}]}|<[^>]*>", " ", path.read_text(encoding="utf-8"))
        assert re.findall(r"[A-Za-z]{2,}", bare) == [], path.name

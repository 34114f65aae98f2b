"""The words of the console: all in data/texts/konsol.yml, all used, none in templates."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from actions.casework import audit_search, counter, search
from actions.casework.audit_log import Look
from actions.casework.delivery import Mark
from actions.casework.desk import Tray
from actions.casework.escalations import State
from actions.casework.messages import Sender
from actions.casework.ownership import Refusal
from actions.casework.passwords import Weakness
from actions.casework.report_cases import LISTS
from actions.casework.security_log import SecurityKind
from actions.casework.staff import Role
from actions.casework.templates import ATTACHMENT
from actions.casework.transfers import Obstacle
from actions.casework.unit_board import Which
from actions.catalogue.reference import ReferenceData
from actions.catalogue.sheets import SHEETS, Wrong
from actions.catalogue.texts import placeholders
from actions.domain.alerts import AlertEvent
from actions.domain.clocks import Stage
from actions.domain.figures import TalkPart
from actions.domain.learning import Source
from actions.domain.status import Actor, CaseKind, Detail, Status, moves, statuses
from actions.domain.survey import Element, Grade
from actions.domain.terms import Measure
from actions.domain.work import Channel, EventKind, PromiseOutcome, TransferKind
from bot.console import sheet_view
from bot.console.pages import audit, learning, register, training
from bot.console.pages.rights import Act
from bot.console.render import HERE
from bot.console.reports.downloads import TYPES
from bot.console.reports.frame import TABS
from bot.console.reports.villages import MEASURES
from bot.console.views import presses

TEMPLATES = sorted((HERE / "templates").glob("*.html"))
PICTURES = sorted((HERE / "templates").glob("*.svg"))
CODE = sorted(HERE.rglob("*.py"))
BY_OFFICERS = {
    kind: {move for origin in statuses(kind) for move in moves(kind, origin, Actor.OFFICER)}
    for kind in CaseKind
}
CALL = re.compile(r"""\b(?:t|word)\(f?["']([a-z0-9_.]+)["']""")
FAMILIES = {
    "kanal": Channel,
    "laporan.tab": [tab or "ringkasan" for tab in TABS] + ["perkara"],
    "laporan.janji": PromiseOutcome,
    "laporan.angka": LISTS,
    "laporan.ukur": MEASURES,
    "laporan.bot": [*TalkPart, "sendiri"],
    "laporan.unduhan": TYPES,
    "survei.profil_kolom": ["kanal", "desa"],
    "status": Status,
    "jenis": CaseKind,
    "pelaku": Actor,
    "rincian": Detail,
    "unsur": Element,
    "survei.mutu": Grade,
    "peran": Role,
    "kejadian": SecurityKind,
    "salah.lemah": Weakness,
    "jejak": Look,
    "kiriman": Mark,
    "hak.pilihan": Act,
    "telegram.kabar": AlertEvent,
    "hak.bantu": Act,
    "pengirim": Sender,
    "papan.pilihan": Which,
    "papan.jenis": TransferKind,
    "percakapan.status": State,
    "peristiwa": EventKind,
    "langkah": {move for kind in CaseKind for move in BY_OFFICERS[kind]},
    "salah.milik": Refusal,
    "salah.kirim": Obstacle,
    "tekan": [*presses.VERBS, "lain", "menekan", "memilih"],
    "meja.baki": Tray,
    "meja.kosong": Tray,
    "meja.semua": ["jenis", "hal", "desa", "unit"],
    "cari.cocok": search.By,
    "loket.lewat": counter.WAYS,
    "belajar.tab": learning.TABS,
    "belajar.kosong": learning.TABS,
    "belajar.sumber": Source,
    "belajar.jenis": ["layanan", "keluhan", "kantor"],
    "belajar.salah": learning.FAULTS,
    "model.tahap": training.PHASES,
    "model.angka": [*training.FIGURES, "diajarkan"],
    "model.kelompok": training.GROUPS,
    "pengaturan.lembar": [
        *(f"{key}.{part}" for key in SHEETS for part in ("judul", "penjelasan", "akibat")),
        f"{training.SHEET}.judul",
    ],
    "pengaturan.kolom": {c.key for sheet in SHEETS.values() for c in sheet.columns}
    | {"model", ATTACHMENT},
    "pengaturan.bantu": [f"{s}.{key}" for s, keys in sheet_view.HELPED.items() for key in keys],
    "pengaturan.salah": Wrong,
    "pengaturan.satuan": Measure,
    "pengaturan.tahap": Stage,
    "telusur.salah": audit.FAULTS,
    "telusur.sumber": audit_search.SOURCES,
    "register.kolom": register.COLUMNS,
    "register.isian": register.BLANKS,
    "register.kelas": [
        f"{words}.{column}" for _, words in register.CLASSES for column in register.COLUMNS[:-1]
    ],
}


def _keys(reference: ReferenceData) -> set[str]:
    return {key.removeprefix("konsol.") for key in reference.texts.under("konsol")}


def _source() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in [*TEMPLATES, *PICTURES, *CODE])


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_no_words_of_its_own(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", path.read_text(), flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", " ", text)
    assert re.findall(r"[^\W\d_]{2,}", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_runs_no_inline_script_and_style(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|https?://", text)
    assert "|safe" not in text or path.name == "guide.html"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_form_that_posts_carries_the_proof(path: Path) -> None:
    for form in re.findall(r'<form[^>]*method="post".*?</form>', path.read_text(), re.DOTALL):
        assert "csrf_field(csrf)" in form or 'name="csrf"' in form


def test_keys_named_in_code_and_templates_exist(reference: ReferenceData) -> None:
    named = {key for key in CALL.findall(_source()) if not key.endswith(".")}
    assert named - _keys(reference) == set()


@pytest.mark.parametrize("family", FAMILIES)
def test_every_member_of_a_family_has_its_word(family: str, reference: ReferenceData) -> None:
    wanted = {f"{family}.{member}" for member in FAMILIES[family]}
    assert wanted - _keys(reference) == set()
    assert {key for key in _keys(reference) if key.startswith(f"{family}.")} - wanted == set()


def test_every_word_is_used(reference: ReferenceData) -> None:
    source = _source()
    families = tuple(f"{family}." for family in (*FAMILIES, "contoh"))
    unused = {
        key
        for key in _keys(reference)
        if not key.startswith(families) and not _is_named(key, source)
    }
    assert unused == set()


def _is_named(key: str, source: str) -> bool:
    """Named in full, or by its last part where a page picks it: a fault, a notice, a tab."""
    if f'"{key}"' in source or f"'{key}'" in source:
        return True
    first, _, rest = key.partition(".")
    last = rest.partition(".")[0]
    spoken = {last, last.removeprefix("sandi_")}
    named = any(f'"{word}"' in source for word in spoken)
    return first in {"galat", "kabar", "salah"} and (last.isdigit() or named)


def test_examples_are_for_moves_that_officers_make_and_that_take_words(
    reference: ReferenceData,
) -> None:
    examples = {
        key.removeprefix("contoh.") for key in _keys(reference) if key.startswith("contoh.")
    }
    assert examples <= set(Status)
    for status in Status:
        if status.needs:
            assert status in examples


def test_placeholders_are_filled_by_name(reference: ReferenceData) -> None:
    """A placeholder that a page does not fill would break it; this names it beforehand."""
    for key in sorted(_keys(reference)):
        for name in placeholders(reference.texts.variants[f"konsol.{key}"][0]):
            if key.startswith("kabar."):
                assert name in {"jumlah", "gagal"}, "what a notice may say, see render.py"
                continue
            calls = re.findall(rf"""["']{re.escape(key)}["'][^)]*\b{name}=""", _source())
            assert calls, f"konsol.{key} needs {name}"

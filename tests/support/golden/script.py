"""Reads the files of golden conversations; strict, so that a typo is no silent pass."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML

ACTS = (
    "warga",
    "warga_lain",
    "klik",
    "klik_lama",
    "klik_lain",
    "klik_dua_kali",
    "foto",
    "dokumen",
    "lokasi",
    "kontak",
    "stiker",
    "ubah",
    "teruskan",
    "ulang_update",
    "jeda",
    "petugas",
    "nlu",
    "sudah",
)
UNANSWERED = frozenset({"jeda", "nlu", "sudah"})
UNDERSTOOD = ("niat", "sasaran", "entitas", "keinginan", "selain_itu", "disangkal")
ROLE = "peran"
EXPECTED = ("bot", "bot_lain", "tombol", "tanpa_tombol", "simpan", "grup")
HEAD = ("percakapan", "langkah", "langsung", "mulai", "layanan", "pengaduan")
OFFICE = ZoneInfo("Asia/Jakarta")
START = datetime(2026, 11, 24, 10, 0, tzinfo=OFFICE)
UNITS = {"detik": "seconds", "menit": "minutes", "jam": "hours", "hari": "days"}
KEY = re.compile(r"[a-z_]+(\.[a-z0-9_]+)+")


class ScriptError(Exception):
    """A conversation file that says something the runner does not know."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What the scripted NLU answers: ranked names with probabilities, and words by kind.

    `wishes` are words with the intent and the target ("" for none) that they mean, `besides`
    those that seem to tell of something else; `denied` are words that are taken back.
    """

    intents: tuple[tuple[str, float], ...]
    targets: tuple[tuple[str, float], ...] = ()
    entities: tuple[tuple[str, str], ...] = ()
    wishes: tuple[tuple[str, str, str], ...] = ()
    besides: tuple[tuple[str, str, str], ...] = ()
    denied: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One act of the chat and what must follow. `act` is one of ACTS.

    `role` is what the words are beside an open question, where they are no answer to it.
    """

    number: int
    act: str
    what: Any
    understood: Understood | None = None
    expected: Mapping[str, Any] = field(default_factory=dict)
    role: str = ""

    def __str__(self) -> str:
        return f"langkah {self.number} ({self.act}: {self.what})"


@dataclass(frozen=True, slots=True)
class Script:
    """A conversation. `slug` is the service or complaint that it leads to the receipt."""

    path: Path
    name: str
    steps: tuple[Step, ...]
    live: bool = False
    start: datetime = START
    slug: str | None = None

    @property
    def id(self) -> str:
        """Folder and file, as pytest shows it."""
        return f"{self.path.parent.name}/{self.path.stem}"


def read_scripts(folder: Path) -> list[Script]:
    """All conversations below a folder, in the order of their names."""
    return [read_script(path) for path in sorted(folder.glob("*/*.yml"))]


def read_script(path: Path) -> Script:
    """One conversation; raises ScriptError."""
    content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    _known(path, content, HEAD)
    steps = tuple(_step(path, number, raw) for number, raw in enumerate(content["langkah"], 1))
    start = content.get("mulai")
    return Script(
        path=path,
        name=content["percakapan"],
        steps=steps,
        live=bool(content.get("langsung")),
        start=start.replace(tzinfo=OFFICE) if start else START,
        slug=content.get("layanan") or content.get("pengaduan"),
    )


def _known(path: Path, raw: Mapping[str, Any], known: Sequence[str]) -> None:
    unknown = set(raw) - set(known)
    if unknown:
        raise ScriptError(f"{path}: {', '.join(sorted(unknown))}")


def _step(path: Path, number: int, raw: Mapping[str, Any]) -> Step:
    _known(path, raw, (*ACTS, *UNDERSTOOD, ROLE, *EXPECTED))
    acts = [act for act in ACTS if act in raw]
    if len(acts) != 1:
        raise ScriptError(f"{path}: langkah {number} needs one act, not {acts}")
    act, expected = acts[0], {key: raw[key] for key in EXPECTED if key in raw}
    if (
        "bot" not in expected
        and "bot_lain" not in expected
        and act not in {"jeda", "nlu", "sudah"}
    ):
        raise ScriptError(f"{path}: langkah {number} does not say what the bot answers")
    return Step(number, act, raw[act], _understood(raw), expected, raw.get(ROLE, ""))


def _understood(raw: Mapping[str, Any]) -> Understood | None:
    if "niat" not in raw:
        return None
    return Understood(
        _ranked(raw["niat"]),
        _ranked(raw.get("sasaran", [])),
        tuple(_entities(raw.get("entitas", {}))),
        _wishes(raw.get("keinginan", [])),
        _wishes(raw.get("selain_itu", [])),
        raw.get("disangkal"),
    )


def _wishes(raw: Sequence[Mapping[str, str]]) -> tuple[tuple[str, str, str], ...]:
    return tuple((wish["kata"], wish["niat"], wish.get("sasaran", "")) for wish in raw)


def _ranked(raw: Any) -> tuple[tuple[str, float], ...]:
    """One name for sure, or a list of names with shares."""
    if isinstance(raw, str):
        return ((raw, 0.96),)
    if isinstance(raw, Mapping):
        return ((raw["nama"], float(raw["yakin"])),)
    return tuple((name, float(share)) for name, share in raw)


def _entities(raw: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (kind, str(value))
        for kind, values in raw.items()
        for value in (values if isinstance(values, list) else [values])
    ]


def is_key(expected: str) -> bool:
    """Whether an expectation names text keys rather than quoting a text."""
    return KEY.fullmatch(expected) is not None


def duration(text: str) -> timedelta:
    """A pause such as "3 jam" or "2 hari"."""
    number, unit = text.split()
    return timedelta(**{UNITS[unit]: float(number)})

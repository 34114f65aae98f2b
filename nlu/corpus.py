"""Reads data/ into training sentences and look-up lists. Needs nothing but a YAML reader."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

OUT_OF_SCOPE = "di_luar_cakupan"
"""The one intent that is none of ours; the classifier weighs it apart."""

INTENT_OF = {"services": "ajukan_layanan", "complaints": "lapor"}
LOOKUP_OF = {"services": "layanan", "complaints": "keluhan"}

_TARGETED = re.compile(r"\[(\w+)\]\s+(.*)", re.DOTALL)
_SLOT = re.compile(r"\{(\w+)\}")
_MARKUP = re.compile(r"[\[\](){}]")


@dataclass(frozen=True)
class Example:
    """One training sentence, its intent and, where it has one, its target's slug."""

    text: str
    intent: str
    target: str | None = None


@dataclass
class Corpus:
    """Everything that the model learns from.

    `lookups` are named `kind/slug`: layanan, keluhan and kantor with their names and aliases,
    `wilayah/desa` and `wilayah/kecamatan` with the places of the office's area,
    `daerah_lain/nama` with places elsewhere, `kode/awalan` with the prefix of request codes,
    `contoh/nama` and `contoh/patokan` with sentences in which brackets show such an entity,
    `awalan/patokan` with the words by which one may begin, `jawaban/<role>` with replies to the
    questions of a form.
    """

    examples: list[Example] = field(default_factory=list)
    lookups: dict[str, list[str]] = field(default_factory=dict)


def read_corpus(data: Path, learnt: Path | None = None) -> Corpus:
    """Read the whole data folder, in a fixed order; the same data give the same corpus.

    `learnt` is a file of sentences that an office has accepted itself, where there is one.
    """
    office = read_yaml(data / "office.yml")
    fill = _Filler(_slot_values(data, office))
    corpus = Corpus()
    for path in sorted((data / "language" / "intents").glob("*.yml")):
        corpus.examples.extend(_intent_examples(path, fill))
    for folder in INTENT_OF:
        for path in sorted((data / folder).glob("*.yml")):
            entry = read_yaml(path)
            corpus.examples.extend(_entry_examples(folder, path.stem, entry, fill))
            corpus.lookups[f"{LOOKUP_OF[folder]}/{path.stem}"] = _names(entry)
    corpus.lookups.update(_office_lookups(office))
    corpus.lookups["daerah_lain/nama"] = _elsewhere(data, office)
    for path in sorted((data / "language" / "entities").glob("*.yml")):
        entry = read_yaml(path)
        corpus.lookups[f"contoh/{path.stem}"] = entry["contoh"]
        if "awalan" in entry:
            corpus.lookups[f"awalan/{path.stem}"] = entry["awalan"]
    for path in sorted((data / "language" / "replies").glob("*.yml")):
        sentences = read_yaml(path)["contoh"]
        corpus.lookups[f"jawaban/{path.stem}"] = [fill(str(sentence)) for sentence in sentences]
    corpus.examples.extend(_learnt_examples(learnt, corpus, fill))
    return corpus


def read_yaml(path: Path) -> Any:
    """Read one YAML file, with the fast reader where it is there."""
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506


class _Filler:
    """Puts list values into slots; which one depends on the sentence alone."""

    def __init__(self, values: dict[str, list[str]]) -> None:
        self._values = values

    def __call__(self, text: str) -> str:
        seed = int.from_bytes(sha256(text.encode()).digest()[:8], "big")
        chooser = random.Random(seed)
        return _SLOT.sub(lambda slot: chooser.choice(self._values[slot.group(1)]), text)

    def has(self, text: str) -> bool:
        """Whether there is something to fill every slot with."""
        return all(slot in self._values for slot in _SLOT.findall(text))


def _slot_values(data: Path, office: Any) -> dict[str, list[str]]:
    values = {key: [str(item) for item in items] for key, items in _fillings(data).items()}
    values["desa"] = [desa for area in office["wilayah"] for desa in area["desa"]]
    return values


def _fillings(data: Path) -> dict[str, list[Any]]:
    fillings: dict[str, list[Any]] = read_yaml(data / "language" / "words" / "isian.yml")
    return fillings


def _intent_examples(path: Path, fill: _Filler) -> Iterator[Example]:
    for sentence in read_yaml(path).get("contoh") or []:
        match = _TARGETED.fullmatch(str(sentence))
        target, text = match.groups() if match else (None, str(sentence))
        yield Example(fill(text), path.stem, target)


def _entry_examples(folder: str, slug: str, entry: Any, fill: _Filler) -> Iterator[Example]:
    for sentence in entry.get("contoh") or []:
        yield Example(fill(str(sentence)), INTENT_OF[folder], slug)


def read_learnt(path: Path | None) -> list[Example]:
    """The sentences that an office has accepted, as they were kept: with slots."""
    entries = read_yaml(path) or [] if path is not None and path.exists() else []
    return [Example(str(e["teks"]), str(e["niat"]), e.get("target")) for e in entries]


def _learnt_examples(path: Path | None, corpus: Corpus, fill: _Filler) -> Iterator[Example]:
    """Those of them whose intent and target still exist; marks of Rasa's format are no text."""
    intents = {example.intent for example in corpus.examples}
    targets = {name.partition("/")[2] for name in corpus.lookups}
    for kept in read_learnt(path):
        known = kept.intent in intents and (kept.target is None or kept.target in targets)
        if known and fill.has(kept.text):
            text = _MARKUP.sub(" ", fill(kept.text))
            yield Example(text, kept.intent, kept.target)


def _names(entry: Any) -> list[str]:
    names = [entry["nama"], entry.get("sebutan"), *(entry.get("alias") or [])]
    return list(dict.fromkeys(str(name) for name in names if name))


def _office_lookups(office: Any) -> dict[str, list[str]]:
    offices = {**office["unit"], **(office.get("kantor_lain") or {})}
    lookups = {f"kantor/{slug}": _names(entry) for slug, entry in offices.items()}
    lookups["kode/awalan"] = [
        str(prefix) for prefix in (office["awalan_kode"], *office.get("awalan_kode_lama", []))
    ]
    lookups["wilayah/kecamatan"] = [area["kecamatan"] for area in office["wilayah"]]
    lookups["wilayah/desa"] = [desa for area in office["wilayah"] for desa in area["desa"]]
    return lookups


def _elsewhere(data: Path, office: Any) -> list[str]:
    own = {
        name.lower() for area in office["wilayah"] for name in (area["kecamatan"], *area["desa"])
    }
    own.add(str(office["sebutan"]).lower().removeprefix("kabupaten ").removeprefix("kota "))
    elsewhere = read_yaml(data / "language" / "words" / "daerah_lain.yml")["daerah"]
    return [name for name in elsewhere if name not in own]

"""The files below var/learnt: whole or not at all, and their owner's alone."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HEAD = "# Accepted by administrators in the console, and written by Balai: do not edit.\n"


@dataclass(frozen=True, slots=True)
class Taught:
    """A sentence to learn, with what it means."""

    text: str
    intent: str
    target: str | None


def as_file(sentences: Sequence[Taught]) -> str:
    """The sentences as training reads them: YAML, each on a line of its own."""
    return HEAD + "".join(map(_line, sentences))


def _line(sentence: Taught) -> str:
    kept: dict[str, str] = {"teks": sentence.text, "niat": sentence.intent}
    if sentence.target:
        kept["target"] = sentence.target
    return f"- {json.dumps(kept, ensure_ascii=False)}\n"


def read(path: Path, default: Any) -> Any:
    """What a JSON file holds; the default where it is missing or broken."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return default


def write(path: Path, text: str) -> None:
    """Write a whole file, for its owner alone, or leave it as it was."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.part")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    unfinished.replace(path)

"""Reads YAML fast; reads it again with line numbers only where a mistake must be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake in a data file. `line` starts at 1; `key` names a text below "periksa."."""

    path: Path
    line: int
    key: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.path}:{self.line}: {self.key} {details}".rstrip()


class ProblemsError(Exception):
    """Data that cannot be used, with everything that is wrong at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


def read_yaml(path: Path) -> dict[str, Any]:
    """Read a file that is a mapping; raises ProblemsError."""
    try:
        content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ProblemsError([Problem(path, 1, "berkas_tidak_ada")]) from None
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        fault = {"sebab": error.problem or ""}
        raise ProblemsError([Problem(path, line, "yaml", fault)]) from None
    if not isinstance(content, dict):
        raise ProblemsError([Problem(path, 1, "bukan_kunci_nilai")])
    return content


def line_of(path: Path, place: Sequence[str | int]) -> int:
    """The line of the deepest part of `place` that the file has, starting at 1."""
    content = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    line = 1
    for part in place:
        position = _position(content, part)
        if position is None:
            return line
        line = position + 1
        content = content[part]
    return line


def _position(content: Any, part: str | int) -> int | None:
    try:
        marks = content.lc
        place = marks.key(part) if isinstance(content, CommentedMap) else marks.item(part)
    except (AttributeError, KeyError, IndexError, TypeError):
        return None
    return int(place[0])

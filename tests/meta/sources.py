"""Reads our own Python: string literals, f-strings as patterns, calls with their arguments."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOLE = "\0"


@cache
def python_files(*folders: str) -> tuple[Path, ...]:
    """All Python files below some folders of the repository."""
    return tuple(path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def nodes(paths: Iterable[Path]) -> Iterator[ast.AST]:
    """Every node of the trees of some files."""
    for path in paths:
        yield from ast.walk(tree(path))


def docstrings(paths: Iterable[Path]) -> set[int]:
    """The ids of the nodes that are docstrings or bare strings after an assignment."""
    return {
        id(node.value)
        for node in nodes(paths)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def literals(paths: Iterable[Path]) -> set[str]:
    """The string literals of some files, without docstrings."""
    prose = docstrings(paths)
    return {
        node.value
        for node in nodes(paths)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose
    }


def shapes(paths: Iterable[Path]) -> set[str]:
    """The f-strings of some files, with `HOLE` for what is filled in."""
    return {_shape(node) for node in nodes(paths) if isinstance(node, ast.JoinedStr)}


def _shape(node: ast.JoinedStr) -> str:
    return "".join(
        part.value if isinstance(part, ast.Constant) else HOLE  # type: ignore[misc]
        for part in node.values
    )


def pattern(shape: str) -> re.Pattern[str]:
    """What an f-string can become: a hole is one or more parts of a key."""
    return re.compile(re.escape(shape).replace(re.escape(HOLE), "[a-z0-9_.]+"))


def calls(paths: Iterable[Path], *names: str) -> Iterator[ast.Call]:
    """The calls of functions or methods with one of these names."""
    for node in nodes(paths):
        if isinstance(node, ast.Call) and _name(node.func) in names:
            yield node


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def text_of(argument: ast.expr) -> str | None:
    """A literal argument, or the shape of an f-string."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    return _shape(argument) if isinstance(argument, ast.JoinedStr) else None

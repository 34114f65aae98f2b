"""No regular expression of ours takes more than linear time, whatever a citizen writes.

Every pattern is fed with long runs that make a bad one try all ways to divide them: spaces,
marks, letters, digits, its own words. It is used as the code does: `match` begins once, `search`
at every character.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import pytest

import actions
import bot
import nlu
from actions.forms import numbers
from nlu.entities.numbers import NEAR, _code_pattern
from nlu.several.boundaries import LONGEST_SHORTENED
from nlu.text.courtesy import LONGEST_CLOSING
from tests.meta.sources import ROOT, calls, nodes, python_files
from tests.support.long_texts import LONGEST, UNITS, Use, seconds
from tests.support.running_bot import reference_of_tests

FOLDERS = ("actions", "bot", "nlu")
FILES = python_files(*FOLDERS)
ABSOLUTE, NOTICEABLE, QUADRATIC = 0.1, 0.02, 8.0
"""Seconds of CPU that nothing may take; from when on growth is judged; too much of that
where a text is four times as long."""
TICK = 0.002
"""What a clock that goes by steps of 4 ms may have missed."""

CUT = {
    "nlu.text.courtesy._CLOSING": LONGEST_CLOSING + 1,
    "nlu.several.boundaries._LAST_WORD": LONGEST_SHORTENED,
    "nlu.entities.numbers._SAYS_BOTH": NEAR,
    "nlu.entities.numbers._SAYS_PHONE": 40,
    "nlu.entities.numbers._SAYS_CODE": 30,
}
"""Patterns whose only use hands over the last characters of a text, and how many."""
METHODS = ("search", "match", "fullmatch", "finditer")
SAME = {"findall": "finditer", "sub": "finditer", "subn": "finditer", "split": "finditer"}
Named = tuple[str, re.Pattern[str]]


@pytest.mark.parametrize(
    ("pattern", "way"), [(r"(?:[\s,.]+ya)+[\s,.]*$", "search"), (r"(a+)+b", "match")]
)
def test_the_test_finds_a_pattern_that_is_slow(pattern: str, way: str) -> None:
    assert slowness("", re.compile(pattern), (way,))


def test_no_pattern_is_slow() -> None:
    found = patterns()
    assert len(found) > 150, "the walk lost its way"
    told = {name: slowness(name, one, used(name)) for name, one in found}
    assert {name: how for name, how in told.items() if how} == {}


def patterns() -> list[Named]:
    """Every pattern, once, under the name of where it stands."""
    once: dict[re.Pattern[str], str] = {}
    for name, one in (*in_modules(), *in_calls(), *from_data()):
        if isinstance(one.pattern, str):
            once.setdefault(one, name)
    return [(name, one) for one, name in once.items()]


def in_modules() -> Iterator[Named]:
    """What stands in a module, a class, a container, or an object of ours."""
    for folder in (actions, bot, nlu):
        for module in pkgutil.walk_packages(folder.__path__, f"{folder.__name__}."):
            try:
                held = vars(importlib.import_module(module.name))
            except (ImportError, AttributeError):
                continue  # needs Rasa's packages, or Alembic's run: `in_calls` reads its source
            for name, value in list(held.items()):
                if not name.startswith("__"):
                    yield from inside(f"{module.name}.{name}", value, set())


def inside(name: str, value: Any, seen: set[int]) -> Iterator[Named]:
    """The patterns that a value is, or holds."""
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, dict):
        yield from all_inside(name, (*value, *value.values()), seen)
    elif isinstance(value, list | tuple | set | frozenset):
        yield from all_inside(name, value, seen)
    elif type(value).__module__.partition(".")[0] in FOLDERS or isinstance(value, type):
        slots = (getattr(value, slot, None) for slot in getattr(type(value), "__slots__", ()))
        yield from all_inside(name, (*getattr(value, "__dict__", {}).values(), *slots), seen)


def all_inside(name: str, values: Iterable[Any], seen: set[int]) -> Iterator[Named]:
    for value in values:
        yield from inside(name, value, seen)


def in_calls() -> Iterator[Named]:
    """What is written into a call such as `re.sub(r"...", ...)`, also where nothing can be run."""
    for path in FILES:
        module = path.relative_to(ROOT).as_posix().removesuffix(".py").replace("/", ".")
        names = {
            id(node.value): f"{module}.{target.id}"
            for node in nodes([path])
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for call in calls([path], "compile", *METHODS, *SAME):
            of_re = ast.unparse(call.func).startswith("re.")
            if of_re and isinstance(call.args[0], ast.Constant):
                yield names.get(id(call), f"{module}:{call.lineno}"), _written(call)


def _written(call: ast.Call) -> re.Pattern[str]:
    flags = [
        one for one in ast.walk(call) if isinstance(one, ast.Attribute) and one.attr.isupper()
    ]
    text: Any = call.args[0]
    return re.compile(text.value, sum(getattr(re, flag.attr) for flag in flags))


def from_data() -> Iterator[Named]:
    """What is made of the words and names of data/."""
    yield from inside("reference", reference_of_tests(), set())
    for scales in (numbers.COMMON_SCALES, numbers.SCALES):
        yield "numbers._pattern", numbers._pattern(tuple(scales))
    yield "codes", _code_pattern("SKM")


@cache
def _calls_by_name(module: str) -> set[tuple[str, str]]:
    """What is called in a module, as (name of a pattern, method)."""
    path = ROOT / f"{module.replace('.', '/')}.py"
    source = path.read_text(encoding="utf-8") if path.exists() else ""
    return {(name, SAME.get(way, way)) for name, way in re.findall(r"\b(\w+)\.([a-z]+)\(", source)}


def used(name: str) -> Sequence[str]:
    """How its module uses a pattern; in every way where that does not call it by its name."""
    module, _, last = name.rpartition(".")
    return (
        sorted(way for one, way in _calls_by_name(module) if one == last and way in METHODS)
        or METHODS
    )


def slowness(name: str, one: re.Pattern[str], ways: Sequence[str]) -> str:
    """What takes a pattern more than linear time, and how long; empty when nothing does."""
    longest = CUT.get(name, LONGEST)
    for run in runs(one):
        for way in ways:
            use = _use(one, way)
            if seconds(use, run(longest), 1, ABSOLUTE) < NOTICEABLE:
                continue
            least = seconds(use, run(longest), 3, ABSOLUTE)
            growth = least / max(seconds(use, run(longest // 4), 3, ABSOLUTE), TICK)
            if least > ABSOLUTE or (least > NOTICEABLE and growth > QUADRATIC):
                return f"{way} {run(12)!r}: {least:.3f} s, grows by {growth:.1f}"
    return ""


def _use(one: re.Pattern[str], way: str) -> Use:
    function = getattr(one, way)
    return (lambda text: list(function(text))) if way == "finditer" else function


def runs(one: re.Pattern[str]) -> Iterator[Callable[[int], str]]:
    """Texts of any length that are hard for patterns in general, or for this one."""
    own = sorted(set(re.findall(r"[a-z]{2,}", one.pattern)))[:40]
    heads = ("", "a", *(f"{word} " for word in own[:6]))
    for unit in (*UNITS, *own, *(f"{word} " for word in own)):
        for head in heads if unit in UNITS[:18] else heads[:1]:
            for tail in ("", "\0"):
                yield lambda size, h=head, u=unit, t=tail: f"{h}{u * size}"[:size] + t  # type: ignore[misc]

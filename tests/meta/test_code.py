"""Sizes that good code has, and what must not come back."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.meta.sources import ROOT, calls, docstrings, python_files, text_of, tree

OURS = python_files("actions", "bot", "nlu", "tests")
APP = python_files("actions", "bot")
MOST_LINES, LONGEST_FUNCTION = 300, 40
MIGRATIONS = "actions/storage/migrations/versions/"
"""Written by Alembic: one table after the other."""

EDGES = {
    "actions/storage/scrub.py": "a stranger's file",
    "actions/storage/sqlite.py": "a statement; whoever awaits it gets the error",
    "bot/inbox_writer.py": "updates that are stored together, and each by itself",
    "bot/console/changes.py": "a look at the newest rows",
    "bot/console/errors.py": "a page",
    "bot/web/door.py": "a page of the web chat",
    "bot/web/listeners.py": "a look at the newest lines",
    "bot/health.py": "a check",
    "bot/jobs.py": "a job",
    "bot/outbox_sender.py": "a letter, and a round of the outbox",
    "bot/inbox_worker.py": "a turn, and the sweep",
    "bot/transcriber.py": "a stranger's sound in another's library",
}
"""Where any error at all is caught once, by what."""

INDONESIAN = re.compile(
    r"\b(?:yang|dengan|tidak|sudah|belum|untuk|kepada|silakan|terima kasih|mohon|bapak|ibu"
    r"|adalah|dari|akan|kami|saya|anda|warga|petugas sedang|permohonan anda)\b",
    re.IGNORECASE,
)
WORDS_OF_INPUT = re.compile(r"^actions/forms/|^nlu/|^tests/")
"""What reads citizens' words must name some; what is said to them lives in data/."""


def _here(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", OURS, ids=_here)
def test_a_file_stays_small(path: Path) -> None:
    if _here(path).startswith(MIGRATIONS):
        return
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", APP, ids=_here)
def test_functions_stay_short(path: Path) -> None:
    if _here(path).startswith(MIGRATIONS):
        return
    long = {
        node.name: 1 + (node.end_lineno or 0) - node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("path", APP, ids=_here)
def test_no_indonesian_sentence_stands_in_python(path: Path) -> None:
    """Two words of Indonesian in one literal with a space are a sentence for somebody."""
    if WORDS_OF_INPUT.match(_here(path)):
        return
    prose = docstrings([path])
    said = [
        node.value
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose
    ]
    assert [text for text in said if " " in text and len(INDONESIAN.findall(text)) > 0] == []


@pytest.mark.parametrize("path", APP, ids=_here)
def test_any_error_is_caught_only_at_an_edge(path: Path) -> None:
    broad = [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and _is_broad(node) and not _goes_on(node)
    ]
    assert not broad or _here(path) in EDGES


def _is_broad(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or (
        isinstance(handler.type, ast.Name) and handler.type.id in {"Exception", "BaseException"}
    )


def _goes_on(handler: ast.ExceptHandler) -> bool:
    """Whether the error is only looked at and raised again."""
    return any(isinstance(node, ast.Raise) for node in ast.walk(handler))


def test_no_edge_is_declared_that_is_none() -> None:
    for name in EDGES:
        assert "except Exception" in (ROOT / name).read_text(encoding="utf-8")


def test_the_library_keeps_no_conversation_of_its_own() -> None:
    assert [_here(path) for path in APP if "ConversationHandler" in path.read_text()] == []


def test_updates_of_one_chat_never_overtake_each_other() -> None:
    loose = [
        call
        for call in calls(APP, "concurrent_updates")
        if any(isinstance(arg, ast.Constant) and arg.value is True for arg in call.args)
    ]
    assert loose == []


def test_tests_never_sleep_and_never_patch() -> None:
    tests = [path for path in python_files("tests") if "meta" not in path.parts]
    asleep = [call for path in tests for call in calls([path], "sleep") if _is_time(call)]
    assert asleep == []
    mocks = ("unittest.mock", "MagicMock", "assert_called")
    assert [_here(p) for p in tests if any(mock in p.read_text() for mock in mocks)] == []


def _is_time(call: ast.Call) -> bool:
    function = call.func
    owner = getattr(getattr(function, "value", None), "id", "time")
    return owner == "time"


def test_sql_is_never_put_together_from_strings() -> None:
    raw = [call for call in calls(python_files("actions"), "text") if call.args]
    assert [text_of(call.args[0]) for call in raw if "\0" in (text_of(call.args[0]) or "")] == []

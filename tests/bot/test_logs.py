"""Logs are lines of text or JSON, in a file that only its owner reads and that does not grow."""

from __future__ import annotations

import json
import logging
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.logs import set_up_logs


@pytest.fixture(autouse=True)
def root_logger() -> Iterator[None]:
    """Give pytest its handlers back."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    for handler in root.handlers:
        if handler not in before:
            handler.close()
    root.handlers[:] = before
    root.setLevel(level)


def test_a_line_for_people(tmp_path: Path) -> None:
    set_up_logs("INFO", tmp_path / "log" / "balai.log", as_json=False)
    logging.getLogger("balai.test").warning("chat blocked", extra={"row": 7})
    text = (tmp_path / "log" / "balai.log").read_text()
    assert text.endswith("WARNING balai.test: chat blocked row=7\n")


def test_an_object_for_machines(tmp_path: Path) -> None:
    set_up_logs("INFO", tmp_path / "balai.log", as_json=True)
    log = logging.getLogger("balai.test")
    log.info("two\nlines", extra={"row": 7, "path": tmp_path, "level": "mine"})
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        log.exception("broken")
    first, second = map(json.loads, (tmp_path / "balai.log").read_text().splitlines())
    assert {
        "level": "INFO",
        "logger": "balai.test",
        "message": "two\nlines",
        "row": 7,
    }.items() <= (first.items())
    assert first["time"].endswith("+00:00")
    assert "ZeroDivisionError" in second["exception"]


def test_a_file_that_is_full_begins_anew_and_only_its_owner_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.logs.LARGEST", 2000)
    older = tmp_path / "balai.log"
    older.write_text("of a version that let everybody read\n")
    older.chmod(0o644)
    set_up_logs("INFO", older, as_json=True)
    for number in range(200):
        logging.getLogger("balai.test").info("line", extra={"number": number})
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == [
        "balai.log",
        *(f"balai.log.{number}" for number in range(1, 6)),
    ]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert all(file.stat().st_size <= 2000 for file in files)

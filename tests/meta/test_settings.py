"""Every setting is explained in the README, and nothing else is."""

from __future__ import annotations

import re

from bot.settings import Settings
from tests.meta.sources import ROOT, literals, python_files

ROW = re.compile(r"^\| ((?:`[A-Z_]+`(?:, )?)+) \|", re.MULTILINE)
NAME = re.compile(r"`([A-Z_]+)`")
BEFORE_SETTINGS = {"NLU_PYTHON"}
"""Read by the installer, before the packages that read settings are there."""


def _documented() -> set[str]:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    return {name for cell in ROW.findall(readme) for name in NAME.findall(cell)}


def test_every_setting_is_in_the_readme() -> None:
    assert {name.upper() for name in Settings.model_fields} - _documented() == set()


def test_the_readme_explains_no_setting_that_is_gone() -> None:
    known = {name.upper() for name in Settings.model_fields} | BEFORE_SETTINGS
    assert _documented() - known == set()


def test_a_setting_says_what_it_is() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_nobody_else_reads_the_environment() -> None:
    """Names of settings stand in bot/settings.py alone; the installer and Rasa have their own."""
    names = {name.upper() for name in Settings.model_fields}
    elsewhere = [
        path
        for path in python_files("bot", "actions")
        if path.name != "settings.py"
        and "installation" not in path.parts
        and "environ" in path.read_text(encoding="utf-8")
        and names & literals([path])
    ]
    assert [path.name for path in elsewhere] == ["process.py"]

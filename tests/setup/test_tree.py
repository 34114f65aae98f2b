"""Nothing is committed that belongs to one machine, to a registry, or to nobody else."""

import re
import subprocess
from pathlib import Path

import pytest

THIS_FILE = Path(__file__).resolve()
REPOSITORY = THIS_FILE.parents[2]
TOP_LEVEL = {
    ".ci",
    ".dockerignore",
    ".env.example",
    ".gitignore",
    ".pre-commit-config.yaml",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "SECURITY.md",
    "actions",
    "bot",
    "data",
    "docker-compose.yml",
    "nlu",
    "pyproject.toml",
    "tests",
}
UNWANTED = {
    "a home folder": r"(?<!\w)/(home|root|Users)/(?!balai\b)[\w.]+",
    "a workshop's folder": r"(?<![\w.])/(work|tmp)/(main|shared|balai)\b",
    "a package registry": r"\b(pypi|pythonhosted|npmjs)\.org\b",
    "an index option": r"^\s*--(extra-)?index-url\b",
    "a Telegram token": r"\b\d{8,10}:[A-Za-z0-9_-]{35}\b",
    "a private key": r"BEGIN [A-Z ]*PRIVATE KEY",
}


def committed() -> list[str]:
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    return [name for name in listing.stdout.split("\0") if (REPOSITORY / name).is_file()]


def text_of(name: str) -> str:
    return (REPOSITORY / name).read_text(encoding="utf-8", errors="ignore")


def test_the_top_level_holds_only_what_must_be_there() -> None:
    assert {name.split("/")[0] for name in committed()} <= TOP_LEVEL


@pytest.mark.parametrize("what", UNWANTED)
def test_no_file_holds(what: str) -> None:
    pattern = re.compile(UNWANTED[what], re.MULTILINE)
    others = [name for name in committed() if REPOSITORY / name != THIS_FILE]
    assert [name for name in others if pattern.search(text_of(name))] == []


@pytest.mark.parametrize(
    ("what", "example"),
    [
        ("a home folder", "cd /home/siti"),
        ("a workshop's folder", "cd /work/main"),
        ("a package registry", "https://pypi.org/simple"),
        ("an index option", "--index-url somewhere"),
        ("a Telegram token", "123456789:" + "A" * 35),
        ("a private key", "-----BEGIN RSA PRIVATE KEY-----"),
    ],
)
def test_the_search_would_find(what: str, example: str) -> None:
    assert re.search(UNWANTED[what], example, re.MULTILINE)

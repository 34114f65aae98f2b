"""What pyproject.toml asks for is pinned, by hash and without an address, in the right file."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPOSITORY = Path(__file__).resolve().parents[2]
FILES = {
    "app": "bot/requirements.txt",
    "dev": "bot/requirements-dev.txt",
    "installer": "bot/requirements-installer.txt",
    "nlu": "nlu/requirements.txt",
    "nlu-tensorflow": "nlu/requirements-tensorflow.txt",
}
OVERRIDES = {"nlu": "nlu/overrides.txt", "nlu-tensorflow": "nlu/overrides-tensorflow.txt"}
PYPROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))


def wanted(group: str) -> list[Requirement]:
    """What a group of pyproject.toml asks for, with the groups that it includes."""
    found = []
    for entry in PYPROJECT["dependency-groups"][group]:
        if isinstance(entry, str):
            found.append(Requirement(entry))
        else:
            found.extend(wanted(entry["include-group"]))
    return found


def blocks(group: str) -> list[str]:
    """A requirement file's entries, each with its hashes."""
    text = (REPOSITORY / FILES[group]).read_text(encoding="utf-8")
    return re.split(r"\n(?=\S)", text.strip())


def pinned(group: str) -> dict[str, set[str]]:
    """The versions of each package; some platforms get another one."""
    found: dict[str, set[str]] = {}
    for block in blocks(group):
        name, _, rest = block.partition("==")
        found.setdefault(canonicalize_name(name), set()).add(rest.split()[0])
    return found


def left_out(group: str) -> set[str]:
    """The packages that an overrides file removes by a marker that is never true."""
    lines = (REPOSITORY / OVERRIDES[group]).read_text(encoding="utf-8").splitlines()
    asked = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(r.name) for r in asked if r.marker and not r.marker.evaluate()}


def test_every_group_has_a_file() -> None:
    assert set(PYPROJECT["dependency-groups"]) == set(FILES)


@pytest.mark.parametrize("group", FILES)
def test_everything_asked_for_is_pinned_within_its_bounds(group: str) -> None:
    pins = pinned(group)
    for requirement in wanted(group):
        versions = pins[canonicalize_name(requirement.name)]
        assert all(requirement.specifier.contains(version) for version in versions), requirement


@pytest.mark.parametrize("group", FILES)
def test_every_pin_has_hashes_and_no_address(group: str) -> None:
    for block in blocks(group):
        first, *hashes = block.splitlines()
        assert re.match(r"[a-z0-9.-]+==[\w.]+( ;.*)? \\$", first), first
        assert hashes
        assert all(re.match(r"    --hash=sha256:[0-9a-f]{64}( \\)?$", line) for line in hashes)


def test_tests_run_with_the_versions_that_the_bot_runs_with() -> None:
    tools = pinned("dev")
    assert pinned("app").items() <= tools.items()


@pytest.mark.parametrize("group", OVERRIDES)
def test_what_is_left_out_is_not_pinned(group: str) -> None:
    assert left_out(group)
    assert not left_out(group) & pinned(group).keys()


def test_only_the_larger_environment_has_tensorflow() -> None:
    def tensorflow(group: str) -> list[str]:
        return [name for name in pinned(group) if name.startswith("tensorflow")]

    assert tensorflow("nlu") == []
    assert "tensorflow-cpu" in tensorflow("nlu-tensorflow")


def test_rasa_is_the_same_in_both_environments() -> None:
    assert pinned("nlu")["rasa"] == pinned("nlu-tensorflow")["rasa"] == {"3.6.21"}

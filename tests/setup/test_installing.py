"""Environments are made once, brought up to date when pins change, and known to be current."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from bot.installation import InstallationError
from bot.installation.command import main
from bot.installation.environments import (
    ENVIRONMENTS,
    Environment,
    install,
    is_current,
    version_of,
)

REPOSITORY = Path(__file__).resolve().parents[2]
APP, DEV = ENVIRONMENTS["app"], ENVIRONMENTS["dev"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder whose requirement files ask for nothing, so that no index is needed."""
    for environment in ENVIRONMENTS.values():
        file = tmp_path / environment.requirements
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"# nothing for {environment.name}\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def uv() -> Path:
    own = REPOSITORY / ".venv/bin/uv"
    return own if own.exists() else Path(shutil.which("uv") or "uv")


def run_install(project: Path, environment: Environment, uv: Path) -> None:
    install(project, environment, uv=uv, python=Path(sys.executable), environ=os.environ)


def test_a_new_folder_gets_an_environment_with_its_own_python(project: Path, uv: Path) -> None:
    assert not is_current(project, APP)
    run_install(project, APP, uv)
    assert is_current(project, APP)
    assert version_of(project / ".venv/bin/python") == sys.version_info[:2]


def test_changed_pins_are_noticed(project: Path, uv: Path) -> None:
    run_install(project, APP, uv)
    (project / APP.requirements).write_text("# now something else\n", encoding="utf-8")
    assert not is_current(project, APP)


def test_the_test_tools_include_what_the_bot_needs(project: Path, uv: Path) -> None:
    run_install(project, DEV, uv)
    assert is_current(project, DEV)
    assert is_current(project, APP)


def test_the_bot_alone_is_not_enough_for_the_tests(project: Path, uv: Path) -> None:
    run_install(project, APP, uv)
    assert not is_current(project, DEV)


def test_an_environment_whose_python_is_gone_is_made_anew(project: Path, uv: Path) -> None:
    run_install(project, APP, uv)
    (project / ".venv/bin/python").unlink()
    assert not is_current(project, APP)
    run_install(project, APP, uv)
    assert is_current(project, APP)


def test_a_failed_install_is_not_taken_for_done(project: Path, uv: Path) -> None:
    run_install(project, APP, uv)
    (project / APP.requirements).write_text("holidays==0.84\n", encoding="utf-8")
    with pytest.raises(InstallationError, match="pip sync"):
        run_install(project, APP, uv)
    (project / APP.requirements).write_text("# nothing for app\n", encoding="utf-8")
    assert not is_current(project, APP)


def test_the_command_is_silent_when_all_is_current(
    project: Path, uv: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_install(project, DEV, uv)
    assert main(project, ["app", "dev"]) == 0
    assert capsys.readouterr().out == ""


def test_the_command_shows_its_steps(
    project: Path, uv: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{uv.parent}:{os.environ['PATH']}")
    assert main(project, ["dev"]) == 0
    assert is_current(project, DEV)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[:2]] == ["1/2", "2/2"]
    assert lines[-1].startswith("Installed in ")


def test_the_command_reports_a_problem_without_a_traceback(
    project: Path, uv: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{uv.parent}:{os.environ['PATH']}")
    (project / APP.requirements).write_text("holidays==0.84\n", encoding="utf-8")
    assert main(project, ["app"]) == 1
    assert "hash" in capsys.readouterr().err


@pytest.mark.parametrize("names", [[], ["everything"]])
def test_an_unknown_environment_is_answered_with_the_list(
    project: Path, names: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(project, names) == 2
    assert "nlu-tensorflow" in capsys.readouterr().err

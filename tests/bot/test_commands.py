"""The command line as the IT person of a regency types it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands import cli

PASSWORD = "rahasia-sekali-1"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation of its own: settings by the environment, as in production."""
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("SECRET_KEY", "k" * 40)
    monkeypatch.delenv("TELEGRAM_TOKEN", raising=False)
    return tmp_path


def balai(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def add(username: str, *more: str) -> Result:
    return balai("staff", "add", username, "--name", "Bu Rina", "--password", PASSWORD, *more)


def test_an_account_is_made_listed_and_closed() -> None:
    assert add("rina", "--role", "admin").exit_code == 0
    listed = balai("staff", "list")
    assert "rina  Bu Rina  admin" in listed.output
    assert balai("staff", "deactivate", "rina").exit_code == 0
    assert "(inactive)" in balai("staff", "list").output


def test_a_short_password_and_a_taken_name_are_refused_in_words() -> None:
    weak = balai("staff", "add", "rina", "--name", "Rina", "--password", "pendek")
    assert (weak.exit_code, "at least 10 characters" in weak.stderr) == (1, True)
    add("rina")
    again = add("RINA")
    assert (again.exit_code, "already" in again.stderr) == (1, True)


def test_a_telegram_user_is_one_officer() -> None:
    add("rina", "--telegram-id", "900")
    again = add("budi", "--telegram-id", "900")
    assert (again.exit_code, "900" in again.stderr) == (1, True)


def test_a_password_is_never_printed() -> None:
    assert PASSWORD not in add("rina").output


def test_an_unknown_account_is_said_to_be_unknown() -> None:
    balai("migrate")
    result = balai("staff", "password", "siapa", "--password", PASSWORD)
    assert (result.exit_code, "no account siapa" in result.stderr) == (1, True)


def test_migrate_may_be_run_twice() -> None:
    assert balai("migrate").exit_code == 0
    assert balai("migrate").exit_code == 0


def test_check_says_what_is_missing_before_the_first_start() -> None:
    result = balai("check")
    assert result.exit_code == 1
    assert "python -m bot migrate" in result.stderr
    assert "python -m bot train" in result.stderr or "make run" in result.stderr
    assert "✓ files: " in result.stderr, "files of both kinds can be read"


def test_check_explains_a_mistake_in_a_service_with_its_line(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = home / "data"
    shutil.copytree("data", data)
    monkeypatch.setenv("DATA_DIR", str(data))
    service = data / "services" / "ktp_hilang.yml"
    service.write_text(service.read_text().replace("\nsebutan:", "\nsebutn:"))
    result = balai("check")
    line = service.read_text().splitlines().index("sebutn: KTP hilang") + 1
    assert result.exit_code == 1
    assert f"ktp_hilang.yml, baris {line}" in result.stderr
    assert "Mungkin maksudnya: sebutan" in result.stderr


def test_a_setting_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "seribu")
    result = balai("migrate")
    assert (result.exit_code, "PORT" in result.stderr) == (1, True)


def test_a_secret_that_is_too_short_is_refused_without_being_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SECRET_KEY", "hunter2")
    result = balai("migrate")
    assert result.exit_code == 1
    assert "hunter2" not in result.output


def test_a_backup_is_made_and_put_back(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add("rina")
    file = home / "balai.tar"
    made = balai("backup", str(file))
    assert (made.exit_code, "opened again and sound" in made.stderr) == (0, True)
    assert "The key is not in it" in made.stderr
    assert balai("backup", str(file)).exit_code == 1

    monkeypatch.setenv("VAR_DIR", str(home / "new"))
    restored = balai("restore", str(file))
    assert (restored.exit_code, "Restored as of" in restored.stderr) == (0, True)
    assert "rina  Bu Rina" in balai("staff", "list").output
    again = balai("restore", str(file))
    assert (again.exit_code, "holds data already" in again.stderr) == (1, True)


def test_what_is_set_aside_is_listed_and_never_dropped_by_mistake() -> None:
    balai("migrate")
    assert "Nothing is set aside" in balai("quarantine", "list").output
    assert balai("quarantine", "drop").exit_code == 1
    assert balai("quarantine", "drop", "--all").output == "Dropped: 0\n"
    assert balai("quarantine", "retry", "--all").exit_code == 0

"""The command line as the IT person of a regency types it."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands import cli
from bot.nlu.process import ROOT
from bot.settings import read_settings

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


@pytest.mark.parametrize("password", ["password1234", "rina-rina-rina", "KabupatenSukamaju"])
def test_a_password_that_is_guessed_first_is_refused_in_words(password: str) -> None:
    weak = balai("staff", "add", "rina", "--name", "Rina", "--password", password)
    assert (weak.exit_code, "first that are guessed" in weak.stderr) == (1, True)
    add("rina")
    weak = balai("staff", "password", "rina", "--password", password)
    assert (weak.exit_code, "first that are guessed" in weak.stderr) == (1, True)


def test_a_short_password_and_a_taken_name_are_refused_in_words() -> None:
    weak = balai("staff", "add", "rina", "--name", "Rina", "--password", "pendek")
    assert (weak.exit_code, "at least 12 characters" in weak.stderr) == (1, True)
    add("rina")
    again = add("RINA")
    assert (again.exit_code, "already" in again.stderr) == (1, True)


def test_a_password_is_never_printed() -> None:
    assert PASSWORD not in add("rina").output


def test_a_lost_second_factor_is_forgotten(home: Path) -> None:
    add("rina", "--role", "admin")
    rows = sqlite3.connect(home / "var" / "balai.db")
    now = "'2026-11-27 02:00:00.000000'"
    rows.execute(f"INSERT INTO second_factors VALUES (1, 'sealed', 0, {now})")  # noqa: S608
    rows.execute("INSERT INTO recovery_codes VALUES ('hash', 1)")
    rows.commit()
    done = balai("staff", "reset-second-factor", "RINA")
    assert (done.exit_code, "changed" in done.stderr) == (0, True)
    for table in ("second_factors", "recovery_codes"):
        assert rows.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608
    told = rows.execute("SELECT kind, staff_id, address FROM security_events").fetchall()
    assert told[-1] == ("verifikasi_dihapus", 1, None)
    rows.close()
    unknown = balai("staff", "reset-second-factor", "siapa")
    assert (unknown.exit_code, "no account siapa" in unknown.stderr) == (1, True)


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


def test_a_proxy_that_is_no_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", "10.0.0.0/8,proxy")
    result = balai("migrate")
    assert (result.exit_code, "TRUSTED_PROXIES" in result.stderr) == (1, True)
    monkeypatch.setenv("TRUSTED_PROXIES", " 10.0.0.0/8, 2001:db8::1")
    assert [str(network) for network in read_settings().trusted_proxies] == [
        "10.0.0.0/8",
        "2001:db8::1/128",
    ]


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


def test_what_a_command_writes_is_nobody_elses(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SECRET_KEY")
    command = [sys.executable, "-m", "bot", "migrate"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    written = [home / "var", *(home / "var").rglob("*")]
    assert {path.name for path in written} >= {"balai.db", "secret.key"}
    assert [path for path in written if path.stat().st_mode & 0o077] == []

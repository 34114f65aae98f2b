"""The key file is whole or not there, and the keys in it open what they sealed."""

from __future__ import annotations

import multiprocessing
import resource
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from actions.storage.keys import FileVault, KeyFile, KeyProblemError
from actions.storage.vault import Vault, WrongKeyError
from tests.support.databases import SECRET

OTHER = "another secret that is long enough"
FORKED = multiprocessing.get_context("fork")


@pytest.fixture
def file(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "var" / "secret.key")


def in_children(how_many: int, work: Callable[[], None]) -> list[int | None]:
    """The exit codes of processes that do this at one moment."""
    barrier = FORKED.Barrier(how_many)
    children = [FORKED.Process(target=_at_once, args=(barrier, work)) for _ in range(how_many)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    return [child.exitcode for child in children]


def _at_once(barrier: Barrier, work: Callable[[], None]) -> None:
    barrier.wait()
    work()


def test_a_first_key_is_one_line_that_only_its_owner_reads(file: KeyFile) -> None:
    file.create()
    (secret,) = file.read()
    assert len(secret) >= 64
    assert file.path.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.path.parent.iterdir()] == ["secret.key"]


def test_whoever_starts_first_makes_the_key_of_all(tmp_path: Path) -> None:
    for n in range(10):
        file = KeyFile(tmp_path / str(n) / "secret.key")
        vault = tmp_path / str(n)

        def start(file: KeyFile = file, folder: Path = vault) -> None:
            file.create()
            (folder / f"{FileVault(file).current.id}.seen").touch()

        assert in_children(4, start) == [0] * 4
        assert len(list(vault.glob("*.seen"))) == 1


def test_a_full_disk_leaves_no_key(file: KeyFile) -> None:
    def start_without_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
        file.create()

    assert in_children(1, start_without_room) != [0]
    assert not file.exists()
    file.create()
    assert file.read()


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"short\n", SECRET.encode() + b"\nshort", b"\xff" * 40]
)
def test_a_damaged_file_is_refused_and_kept(file: KeyFile, content: bytes) -> None:
    file.path.parent.mkdir()
    file.path.write_bytes(content)
    with pytest.raises(KeyProblemError, match=r"secret\.key is damaged"):
        file.read()
    file.create()
    assert file.path.read_bytes() == content


def test_what_an_older_key_sealed_is_opened_and_the_new_one_seals(file: KeyFile) -> None:
    file.create()
    vault = FileVault(file)
    old = vault.seal("kata")
    file.add()
    assert vault.open(old) == "kata"
    new = vault.seal("kata")
    assert new.partition(":")[0] != old.partition(":")[0]
    file.drop_older()
    assert FileVault(file).open(new) == "kata"
    with pytest.raises(WrongKeyError):
        FileVault(file).open(old)


def test_a_running_process_takes_the_key_that_another_one_added(file: KeyFile) -> None:
    file.create()
    running = FileVault(file)
    KeyFile(file.path).add()
    assert running.open(FileVault(file).seal("kata")) == "kata"
    assert running.seal("kata").startswith(FileVault(file).current.id)


def test_a_file_that_goes_away_changes_nothing_before_the_next_start(file: KeyFile) -> None:
    file.create()
    running = FileVault(file)
    file.path.unlink()
    assert running.open(running.seal("kata")) == "kata"
    with pytest.raises(FileNotFoundError):
        FileVault(file)


def test_a_token_names_its_key_and_the_name_fits_no_other() -> None:
    assert Vault(SECRET).current.id == Vault(SECRET, OTHER).current.id
    assert Vault(SECRET).current.id != Vault(OTHER).current.id
    assert Vault(SECRET).seal("x").startswith(Vault(SECRET).current.id + ":")


def test_a_token_of_before_keys_had_names_is_opened_by_any_of_them() -> None:
    bare = Vault(SECRET).seal("kata").partition(":")[2]
    assert Vault(OTHER, SECRET).open(bare) == "kata"
    with pytest.raises(WrongKeyError):
        Vault(OTHER).open(bare)


def test_nothing_is_opened_that_was_changed_on_the_way() -> None:
    name, _, token = Vault(SECRET).seal("kata").partition(":")
    for damaged in (f"{name}:{Fernet.generate_key().decode()}", f"{name}:", f"0{name}:{token}"):
        with pytest.raises(WrongKeyError):
            Vault(SECRET).open(damaged)


def test_no_key_shows_itself() -> None:
    vault = Vault(SECRET)
    assert SECRET not in f"{vault!r}{vars(vault)!r}{vault.current!r}"

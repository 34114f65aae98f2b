"""A model is loaded only when it is the one that was trained here, or that somebody trusts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from nlu.build import CONFIG, ROOT, fingerprint
from nlu.models import UntrustedModelError, digest_of, is_trusted, record_of, trust, verified
from nlu.train import train


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "models" / "today.tar.gz"
    path.parent.mkdir()
    path.write_bytes(b"a model")
    return path


def test_a_model_without_a_record_is_not_loaded(model: Path) -> None:
    with pytest.raises(UntrustedModelError, match=r"sha256sum today\.tar\.gz"):
        verified(model)


def test_a_model_that_was_trained_here_is_loaded(model: Path) -> None:
    trust(model, digest_of(model))
    assert verified(model) == model


def test_a_model_that_changed_since_is_not_loaded(model: Path) -> None:
    trust(model, digest_of(model))
    model.write_bytes(b"another model")
    with pytest.raises(UntrustedModelError):
        verified(model)


def test_the_record_is_what_sha256sum_writes(model: Path) -> None:
    told = subprocess.run(
        ["sha256sum", model.name], cwd=model.parent, capture_output=True, text=True, check=True
    ).stdout
    record_of(model).write_text(told, encoding="utf-8")
    assert is_trusted(model)
    trust(model, digest_of(model))
    assert record_of(model).read_text(encoding="utf-8") == told


@pytest.mark.parametrize("record", [b"", b"\n", b"\xff\xfe", b"today.tar.gz"])
def test_a_record_that_says_nothing_trusts_nothing(model: Path, record: bytes) -> None:
    record_of(model).write_bytes(record)
    assert not is_trusted(model)


def test_a_trusted_model_of_these_data_is_not_trained_again(model: Path) -> None:
    model = model.rename(model.with_name(f"{fingerprint(ROOT / 'data')}.tar.gz"))
    trust(model, digest_of(model))
    assert train(ROOT / "data", CONFIG, model.parent) == model


@pytest.mark.parametrize(
    ("token", "reason"), [("", "Set NLU_TOKEN"), ("x" * 32, "Train it again")]
)
def test_the_server_says_what_it_lacks(model: Path, token: str, reason: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "nlu.serve", "--model", model],
        cwd=ROOT,
        env={"NLU_TOKEN": token, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert reason in done.stderr

"""Which model files may be loaded: loading one runs code that it holds.

Beside each model lies its hash, as `sha256sum` writes it: written when the model was trained
here, or by whoever trusts one that was brought (`sha256sum M.tar.gz > M.tar.gz.sha256`).
"""

import hashlib
from pathlib import Path


class UntrustedModelError(Exception):
    """A model has no recorded hash, or not this one."""


def record_of(model: Path) -> Path:
    """Where the hash of a model is written."""
    return model.with_name(f"{model.name}.sha256")


def trust(model: Path, digest: str) -> None:
    """Record the hash of a model that was made here."""
    record_of(model).write_text(f"{digest}  {model.name}\n", encoding="utf-8")


def digest_of(model: Path) -> str:
    """The SHA-256 of a file."""
    with model.open("rb") as file:
        digest = hashlib.sha256()
        while block := file.read(1024 * 1024):
            digest.update(block)
    return digest.hexdigest()


def is_trusted(model: Path) -> bool:
    """Whether the file is the one whose hash was recorded."""
    try:
        recorded = record_of(model).read_text(encoding="utf-8").split(maxsplit=1)[:1]
    except (FileNotFoundError, UnicodeDecodeError):
        return False
    return recorded == [digest_of(model)]


def verified(model: Path) -> Path:
    """The same path; raises UntrustedModelError, which says what to do."""
    if not is_trusted(model):
        raise UntrustedModelError(
            f"{model} is not the file whose hash was recorded beside it. Train it again, or, if "
            f"you trust it: cd {model.parent} && sha256sum {model.name} > {record_of(model).name}"
        )
    return model

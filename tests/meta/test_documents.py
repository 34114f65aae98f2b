"""The examples that an official copies from data/README.md are read without a mistake."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from actions.catalogue import read_catalogue
from tests.meta.sources import ROOT

EXAMPLE = re.compile(r"`((?:services|complaints)/\w+\.yml)`[^`]*```yaml\n(.*?)```", re.DOTALL)
EXAMPLES = EXAMPLE.findall((ROOT / "data/README.md").read_text(encoding="utf-8"))


def test_there_are_examples_of_both() -> None:
    assert {Path(name).parent.name for name, _ in EXAMPLES} == {"services", "complaints"}


@pytest.mark.parametrize(("name", "content"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_an_example_can_be_copied(name: str, content: str, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data", folder)
    assert not (folder / name).exists()
    (folder / name).write_text(content, encoding="utf-8")
    assert read_catalogue(folder).find(Path(name).stem) is not None

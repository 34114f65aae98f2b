"""The office's own sentences, really: trained, compared, at work without a pause, and back.

Both models are trained here on one sentence in ten, which takes seconds: that a model is made,
judged, put to work and taken back does not depend on how much it knows.
"""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.nlu.bringup import NluBringup, Stage
from bot.nlu.client import RasaClient
from bot.nlu.keywords import Keywords
from bot.nlu.learnt_files import Taught
from bot.nlu.workshop import Phase, Workshop
from bot.settings import Settings
from tests.support.clock import FRIDAY_MORNING as NOW
from tests.support.nlu_inside import TRAIN_WITHIN
from tests.support.running_bot import DATA, reference_of_tests

pytestmark = [
    pytest.mark.live_nlu,
    pytest.mark.xdist_group("live_nlu"),
    pytest.mark.timeout(TRAIN_WITHIN),
]
SAID = "grobogan pranjeng kula mlotrok"
"""No language: whatever a model makes of it, it was told."""
TAUGHT = [
    Taught(f"{SAID}{more}", "lapor", "lampu_jalan")
    for more in ("", " kie", " pak", " nggih", " sampun dangu", " wonten {alamat}")
]


LEARNT_OF, EXAMPLES, ITEM = 10, "contoh:", "  - "


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation of its own that knows one sentence in ten, and has no model yet."""
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    for path in data.rglob("*.yml"):
        path.write_text(thinned(path.read_text(encoding="utf-8")), encoding="utf-8")
    return Settings(_env_file=None, var_dir=tmp_path, data_dir=data, nlu_port=8659)


def thinned(content: str) -> str:
    """A file of data/ with one of ten of its examples, and all else."""
    lines, examples, count = [], False, 0
    for line in content.splitlines(keepends=True):
        if not line.startswith((" ", "#")):
            examples = line.startswith(EXAMPLES)
        count = count + line.startswith(ITEM) if examples else 0
        if count % LEARNT_OF == 0:
            lines.append(line)
    return "".join(lines)


async def test_sentences_are_learnt_put_to_work_and_taken_back(settings: Settings) -> None:
    reference = reference_of_tests()
    keywords = Keywords(reference.catalogue, reference.matcher, reference.words["slang"])
    bringup = NluBringup(settings)
    client = RasaClient(bringup.address, keywords, timeout=20)
    bringup.on_move = client.move_to
    workshop = Workshop(settings, bringup)

    async def made_of_it() -> tuple[str, str, str]:
        known = await client.understand(SAID)
        return known.source, known.intent.name, known.targets[0].name

    async def ask_until(over: asyncio.Event) -> set[str]:
        """Who answers while the model changes."""
        sources = set()
        while not over.is_set():
            sources.add((await client.understand("ktp hilang")).source)
        return sources

    bringup.start()
    try:
        await bringup.ready()
        assert bringup.stage == Stage.READY
        first = workshop.at_work
        assert (await made_of_it())[1:] != ("lapor", "lampu_jalan")
        workshop.start(TAUGHT, NOW)
        await workshop.ready()
        training = workshop.training()
        assert (training.phase, training.sentences) == (Phase.DONE, len(TAUGHT))
        found = workshop.changes(training.new)
        assert found is not None
        assert found["learnt"]["new"] > found["learnt"]["old"]
        assert found["sentences"] > 1000
        assert abs(found["new"]["intent"] - found["old"]["intent"]) < 0.02

        over = asyncio.Event()
        asking = asyncio.create_task(ask_until(over))
        await workshop.use(training.new, NOW)
        over.set()
        assert await asking == {"model"}
        assert await made_of_it() == ("model", "lapor", "lampu_jalan")
        await workshop.go_back(NOW)
        assert workshop.at_work == first
        assert (await made_of_it())[1:] != ("lapor", "lampu_jalan")
    finally:
        await client.close()
        await bringup.stop()

"""A workshop whose models are files with a name: what trains and compares is played."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from bot.nlu.bringup import NluBringup, Stage
from bot.nlu.process import IN_USE, TrainingError
from bot.settings import Settings

SHIPPED = "bawaan.tar.gz"


def sentences_of(learnt: Path) -> list[str]:
    return [line for line in learnt.read_text().splitlines() if line.startswith("- ")]


def named_by(learnt: Path) -> str:
    lines = sentences_of(learnt)
    return sha256("".join(lines).encode()).hexdigest()[:8] if lines else "bawaan"


def _answer(intent: str, target: str | None, *, right: bool) -> dict[str, Any]:
    return {"intent": intent, "target": target, "confidence": 0.5, "right": right}


def comparison(taught: int) -> dict[str, Any]:
    """What `nlu.evaluate changes` writes: one sentence is worse, one better."""
    right, wrong = ("ajukan_layanan", "ktp_rusak"), ("sapa", None)
    pairs = [("katepe pecah", right, wrong), ("katepe kelupas", wrong, right)]
    return {
        "sentences": 1599,
        "old": {"intent": 0.947, "service": 0.975, "complaint": 0.919, "office": 0.957},
        "new": {"intent": 0.946, "service": 0.98, "complaint": 0.919, "office": 0.957},
        "changed": [
            {
                "text": text,
                "intent": right[0],
                "target": right[1],
                "old": _answer(*old, right=old == right),
                "new": _answer(*new, right=new == right),
            }
            for text, old, new in pairs
        ],
        "learnt": {"sentences": taught, "old": 0, "new": taught},
    }


def write(path: Path, text: str) -> None:
    path.write_text(text)


class Makes:
    """A model is a file named by its sentences; `hold` keeps it from being finished."""

    def __init__(self, models: Path) -> None:
        self.models = models
        self.hold = asyncio.Event()
        self.hold.set()
        self.fails = False

    async def train(self, learnt: Path, tell: Callable[[str], None]) -> Path:
        tell("3/9 targets")
        await self.hold.wait()
        if self.fails:
            raise TrainingError("no")
        model = self.models / f"{named_by(learnt)}.tar.gz"
        write(model, "a model")
        return model

    async def compare(
        self, old: Path, new: Path, learnt: Path, out: Path, tell: Callable[[str], None]
    ) -> None:
        tell("5/10 comparing")
        assert old != new
        write(out, json.dumps(comparison(len(sentences_of(learnt)))))


class Bringup(NluBringup):
    """Serves nothing: the model at work is the one that its sentences make."""

    def __init__(self, settings: Settings, makes: Makes) -> None:
        super().__init__(settings)
        self.model, self.stage = makes.models / SHIPPED, Stage.READY
        self.makes = makes

    async def renew(self) -> None:
        self.model = await self.makes.train(self._settings.learnt_dir / IN_USE, lambda _: None)

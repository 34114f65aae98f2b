"""Parses with a trained model inside this process, one sentence after the other."""

import asyncio
import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlu.models import verified


@dataclass(frozen=True)
class Parsed:
    """What the model answered, and how long it took in milliseconds."""

    answer: dict[str, Any]
    milliseconds: float

    @property
    def intent(self) -> str:
        """The likeliest intent."""
        return str(self.answer["intent"]["name"])

    @property
    def confidence(self) -> float:
        """The probability of the likeliest intent."""
        return float(self.answer["intent"]["confidence"])

    @property
    def target(self) -> str | None:
        """The likeliest target."""
        targets = self.answer.get("targets") or [{"name": None}]
        name = targets[0]["name"]
        return None if name is None else str(name)

    def probability(self, intent: str) -> float:
        """The probability of one intent."""
        ranking = self.answer.get("intent_ranking") or []
        return next((float(i["confidence"]) for i in ranking if i["name"] == intent), 0.0)


class Parser:
    """A loaded model."""

    def __init__(self, model: Path) -> None:
        """Load the model as the server would; raises UntrustedModelError."""
        from nlu.without_tensorflow import load_rasa

        load_rasa()
        from rasa.core.agent import Agent
        from rasa.utils.log_utils import configure_structlog

        configure_structlog(logging.ERROR)
        self._agent = Agent.load(str(verified(model)))
        self._loop = asyncio.new_event_loop()

    def parse(self, text: str) -> Parsed:
        """Parse one text."""
        start = time.perf_counter()
        answer = self._loop.run_until_complete(self._agent.parse_message(text))
        return Parsed(answer, (time.perf_counter() - start) * 1000)

    def parse_all(self, texts: Iterable[str]) -> list[Parsed]:
        """Parse many texts."""
        return [self.parse(text) for text in texts]


def newest_model(folder: Path) -> Path:
    """Return the model trained last."""
    models = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        raise FileNotFoundError(f"no model in {folder}: run `python -m nlu.train`")
    return models[-1]

"""Trains a model with the sentences that the office has accepted, and puts it to work, or back.

Everything it knows stands in files below var/learnt, so that every process tells the same:
`diterima.yml` what was accepted, `dipakai.yml` what the model at work has learnt, for each model
that was trained its sentences and what it answers otherwise, `latihan.json` how far the training
is, `riwayat.json` which models were at work. None of them names anybody.
"""

import asyncio
import fcntl
import json
import logging
import os
from collections.abc import Callable, Container, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from bot.dependencies import end
from bot.nlu.bringup import NluBringup
from bot.nlu.learnt_files import Taught, as_file, read, write
from bot.nlu.process import IN_USE, NluMissingError, TrainingError, run_child, train
from bot.settings import Settings

log = logging.getLogger(__name__)

ACCEPTED, TRAINING, HISTORY, LOCK = "diterima.yml", "latihan.json", "riwayat.json", "latihan.lock"
KEPT = 20
Tell = Callable[[str], None]


class Phase(StrEnum):
    """How far a training is."""

    NEVER = "belum"
    TRAINING = "melatih"
    COMPARING = "membandingkan"
    DONE = "selesai"
    SAME = "sama"
    FAILED = "gagal"
    BROKEN_OFF = "terputus"


RUNNING = frozenset({Phase.TRAINING, Phase.COMPARING})


class BusyError(Exception):
    """Somebody is training already."""


class NotReadyError(Exception):
    """There is no model of our own at work that a new one could be compared with."""


class UnknownModelError(Exception):
    """That model was not trained here, or is at work already."""


@dataclass(frozen=True, slots=True)
class Training:
    """The last training: how far it is, with how many sentences, and of which models."""

    phase: str = Phase.NEVER
    done: int = 0
    total: int = 0
    sentences: int = 0
    old: str = ""
    new: str = ""
    at: str = ""


class Makes(Protocol):
    """What trains and compares; each tells how far it is: "4/8 intents"."""

    async def train(self, learnt: Path, tell: Tell) -> Path:
        """The model that knows these sentences too; raises TrainingError."""
        ...

    async def compare(self, old: Path, new: Path, learnt: Path, out: Path, tell: Tell) -> None:
        """Write what the new one answers otherwise; raises TrainingError."""
        ...


class RasaMakes:
    """By the programs of nlu/, in their own environment."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._models = settings, settings.models_dir.resolve()

    async def train(self, learnt: Path, tell: Tell) -> Path:
        """See Makes."""
        return await train(self._settings, tell, learnt)

    async def compare(self, old: Path, new: Path, learnt: Path, out: Path, tell: Tell) -> None:
        """See Makes."""
        files = ("changes", old, new, "--learnt", learnt, "--out", out)
        command = ("nlu.evaluate", "--models", self._models, *files)
        await run_child(command, tell)


class Workshop:
    """One for each process; a lock on a file lets one of them train at a time."""

    def __init__(
        self, settings: Settings, bringup: NluBringup, makes: Makes | None = None
    ) -> None:
        self._folder, self._models = settings.learnt_dir.resolve(), settings.models_dir
        self._bringup = bringup
        self._makes = makes or RasaMakes(settings)
        self._task: asyncio.Task[None] | None = None

    @property
    def at_work(self) -> str:
        """The name of the model at work; nothing while there is none."""
        return self._bringup.model.name if self._bringup.model else ""

    def training(self) -> Training:
        """How far the last training is, whichever process does it."""
        found = Training(**read(self._folder / TRAINING, {}))
        if found.phase in RUNNING and not self._is_locked():
            return replace(found, phase=Phase.BROKEN_OFF)
        return found

    def changes(self, model: str) -> dict[str, Any] | None:
        """What a model answers otherwise than the one before."""
        found: dict[str, Any] | None = read(self._of(model, ".json"), None)
        return found

    def taught_to(self, model: str) -> int:
        """How many sentences of the office's own a model has learnt."""
        path = self._of(model, ".yml")
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return sum(line.startswith("- ") for line in lines)

    def past(self) -> str | None:
        """The name of the model that was at work before this one; None where there was none."""
        before = [entry for entry in self._history() if entry["model"] != self.at_work]
        return str(before[-1]["model"]) if before else None

    def may_use(self, model: str) -> bool:
        """Whether a model was trained here and is not at work."""
        known = model not in {"", self.at_work} and self._of(model, ".yml").exists()
        return known and (self._models / Path(model).name).exists()

    def keep_accepted(self, sentences: Sequence[Taught]) -> None:
        """Write the file that the next training reads."""
        write(self._folder / ACCEPTED, as_file(sentences))

    def start(self, sentences: Sequence[Taught], now: datetime) -> None:
        """Begin to train, and return at once; raises BusyError or NotReadyError."""
        old = self._bringup.model
        if old is None:
            raise NotReadyError
        lock = self._lock()
        if lock is None:
            raise BusyError
        self.keep_accepted(sentences)
        begun = Training(Phase.TRAINING, 0, 0, len(sentences), old.name, "", now.isoformat())
        self._note(begun)
        self._task = asyncio.create_task(self._train(old, begun, lock), name="training")

    async def _train(self, old: Path, begun: Training, lock: int) -> None:
        try:
            await self._make(old, begun)
        except (NluMissingError, TrainingError, OSError) as error:
            log.error("training failed", extra={"failure": type(error).__name__})
            self._note(replace(begun, phase=Phase.FAILED))
        finally:
            os.close(lock)

    async def _make(self, old: Path, begun: Training) -> None:
        learnt = self._folder / ACCEPTED
        model = await self._makes.train(learnt, lambda line: self._tell(begun, line))
        known = replace(begun, new=model.name)
        if model.name == old.name:
            self._note(replace(known, phase=Phase.SAME))
            return
        self._let_go({old.name, model.name, self.past() or ""})
        write(self._of(model.name, ".yml"), learnt.read_text(encoding="utf-8"))
        comparing, out = replace(known, phase=Phase.COMPARING), self._of(model.name, ".json")
        self._note(comparing)
        await self._makes.compare(
            old, model, learnt, out, lambda line: self._tell(comparing, line)
        )
        self._note(replace(known, phase=Phase.DONE))

    def _let_go(self, but: Container[str]) -> None:
        """Remove what was trained here before: each model takes some 55 MB."""
        for model in self._models.glob("*.tar.gz"):
            if model.name not in but and self._of(model.name, ".yml").exists():
                for path in (model, model.with_name(f"{model.name}.sha256")):
                    path.unlink(missing_ok=True)
                for suffix in (".yml", ".json"):
                    self._of(model.name, suffix).unlink(missing_ok=True)

    def _tell(self, training: Training, line: str) -> None:
        """Note a line such as "4/8 intents"."""
        done, _, total = line.partition(" ")[0].partition("/")
        self._note(replace(training, done=int(done), total=int(total)))

    def _note(self, training: Training) -> None:
        write(self._folder / TRAINING, json.dumps(asdict(training)))

    async def use(self, model: str, now: datetime) -> None:
        """Put a model to work; raises UnknownModelError, or what `renew` does.

        Other processes follow within a minute.
        """
        if not self.may_use(model):
            raise UnknownModelError(model)
        before = self.at_work
        if not self._of(before, ".yml").exists():
            write(self._of(before, ".yml"), self._in_use())
        sentences = self._of(model, ".yml").read_text(encoding="utf-8")
        await self._change(sentences)
        works = self.at_work  # another name, where code or data were updated since the training
        write(self._of(works, ".yml"), sentences)
        names = [*self._history(), {"model": before}, {"model": works, "at": now.isoformat()}]
        write(self._folder / HISTORY, json.dumps(names[-KEPT:]))

    async def go_back(self, now: datetime) -> None:
        """Put the model of before to work again; raises as `use` does."""
        await self.use(self.past() or "", now)

    async def _change(self, sentences: str) -> None:
        """Let the model that knows these sentences work; where it cannot, the one before does."""
        path, before = self._folder / IN_USE, self._in_use()
        write(path, sentences)
        try:
            await self._bringup.renew()
        except (TrainingError, OSError, TimeoutError):
            write(path, before)
            raise

    def _in_use(self) -> str:
        path = self._folder / IN_USE
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def _history(self) -> list[dict[str, str]]:
        found: list[dict[str, str]] = read(self._folder / HISTORY, [])
        return found

    def _of(self, model: str, suffix: str) -> Path:
        """A file of a model; its name is looked up, never taken as a path."""
        return self._folder / (Path(model).name.partition(".")[0] + suffix)

    def _lock(self) -> int | None:
        """The right to train, until it is closed or the process ends; None while it is taken."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self._folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            return None
        return descriptor

    def _is_locked(self) -> bool:
        lock = self._lock()
        if lock is None:
            return True
        os.close(lock)
        return False

    async def ready(self) -> None:
        """Wait until the training is over."""
        if self._task is not None:
            await self._task

    async def stop(self) -> None:
        """End a training that is under way."""
        await end(self._task)

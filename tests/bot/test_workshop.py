"""Training with the office's own sentences, one at a time, and the model that works after it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.nlu.learnt_files import Taught
from bot.nlu.process import IN_USE, TrainingError
from bot.nlu.workshop import (
    BusyError,
    NotReadyError,
    Phase,
    UnknownModelError,
    Workshop,
)
from bot.settings import Settings
from tests.support.clock import FRIDAY_MORNING as NOW
from tests.support.workshop import SHIPPED, Bringup, Makes, comparison

ONE = Taught("katepe ilang {nama}: ya", "ajukan_layanan", "ktp_hilang")
OTHER = Taught("yes", "setuju", None)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / SHIPPED).write_text("a model")
    return Settings(_env_file=None, var_dir=tmp_path)


@pytest.fixture
async def makes(settings: Settings) -> Makes:
    return Makes(settings.models_dir)


@pytest.fixture
async def workshop(settings: Settings, makes: Makes) -> Workshop:
    return Workshop(settings, Bringup(settings, makes), makes)


async def trained(workshop: Workshop, *sentences: Taught) -> str:
    workshop.start(sentences, NOW)
    await workshop.ready()
    assert workshop.training().phase == Phase.DONE
    return workshop.training().new


async def test_a_training_ends_with_a_comparison(workshop: Workshop) -> None:
    assert workshop.training().phase == Phase.NEVER
    new = await trained(workshop, ONE, OTHER)
    assert workshop.training().sentences == workshop.taught_to(new) == 2
    assert workshop.changes(new) == comparison(2)
    assert (workshop.at_work, workshop.taught_to(SHIPPED)) == (SHIPPED, 0)


async def test_a_model_is_put_to_work_and_back_and_again(
    workshop: Workshop, settings: Settings
) -> None:
    new = await trained(workshop, ONE)
    assert workshop.past() is None
    await workshop.use(new, NOW)
    assert (workshop.at_work, workshop.past()) == (new, SHIPPED)
    assert "katepe" in (settings.learnt_dir / IN_USE).read_text()
    await workshop.go_back(NOW)
    assert (workshop.at_work, workshop.past()) == (SHIPPED, new)
    assert "katepe" not in (settings.learnt_dir / IN_USE).read_text()
    await workshop.go_back(NOW)
    assert workshop.at_work == new


@pytest.mark.parametrize("name", ["", SHIPPED, "karangan.tar.gz", "../models/bawaan.tar.gz"])
async def test_no_other_model_can_be_named(name: str, workshop: Workshop) -> None:
    await trained(workshop, ONE)
    with pytest.raises(UnknownModelError):
        await workshop.use(name, NOW)
    assert workshop.at_work == SHIPPED


async def test_a_model_that_does_not_start_leaves_the_one_before(
    workshop: Workshop, makes: Makes, settings: Settings
) -> None:
    new = await trained(workshop, ONE)
    makes.fails = True
    with pytest.raises(TrainingError):
        await workshop.use(new, NOW)
    assert workshop.at_work == SHIPPED
    assert (settings.learnt_dir / IN_USE).read_text() == ""


async def test_one_trains_at_a_time_in_whatever_process(
    workshop: Workshop, makes: Makes, settings: Settings
) -> None:
    makes.hold.clear()
    workshop.start([ONE], NOW)
    await asyncio.sleep(0)
    other = Workshop(settings, Bringup(settings, makes), makes)
    assert (other.training().phase, other.training().done) == (Phase.TRAINING, 3)
    with pytest.raises(BusyError):
        other.start([OTHER], NOW)
    makes.hold.set()
    await workshop.ready()
    assert other.training().phase == Phase.DONE


async def test_a_training_that_was_broken_off_says_so(workshop: Workshop, makes: Makes) -> None:
    makes.hold.clear()
    workshop.start([ONE], NOW)
    await asyncio.sleep(0)
    await workshop.stop()
    assert workshop.training().phase == Phase.BROKEN_OFF
    makes.hold.set()
    await trained(workshop, ONE)


async def test_a_training_that_fails_says_so_and_may_be_tried_again(
    workshop: Workshop, makes: Makes
) -> None:
    makes.fails = True
    workshop.start([ONE], NOW)
    await workshop.ready()
    assert workshop.training().phase == Phase.FAILED
    makes.fails = False
    await trained(workshop, ONE)


async def test_without_anything_new_nothing_is_compared(workshop: Workshop) -> None:
    workshop.start([], NOW)
    await workshop.ready()
    assert workshop.training().phase == Phase.SAME
    assert not workshop.may_use(workshop.training().new)


async def test_before_a_model_works_there_is_nothing_to_compare_with(
    settings: Settings, makes: Makes
) -> None:
    bringup = Bringup(settings, makes)
    bringup.model = None
    with pytest.raises(NotReadyError):
        Workshop(settings, bringup, makes).start([ONE], NOW)


async def test_the_files_are_their_owners_alone(workshop: Workshop, settings: Settings) -> None:
    await trained(workshop, ONE)
    assert settings.learnt_dir.stat().st_mode & 0o077 == 0
    for path in settings.learnt_dir.iterdir():
        if path.suffix == ".yml":
            assert path.stat().st_mode & 0o077 == 0, path

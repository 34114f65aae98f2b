"""The comparison is of like with like: all bots are told the same and answer the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.bench.peers.assistant import MOST, PIPELINES, PROJECT, sentences
from tests.bench.peers.conversation import Step, read_conversation
from tests.bench.peers.environments import ENVIRONMENTS, megabytes
from tests.bench.usage import family

STEPS = read_conversation()
DOMAIN = yaml.safe_load((PROJECT / "domain.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.says)
def test_what_the_peers_answer_is_what_is_waited_for(step: Step) -> None:
    said = [answer["text"] for answers in DOMAIN["responses"].values() for answer in answers]
    assert step.answers in said
    assert [other.says for other in STEPS if other.is_answered_by(step.answers)] == [step.says]


def test_the_form_has_a_question_for_each_step_between_the_first_words_and_the_thanks() -> None:
    (form,) = DOMAIN["forms"].values()
    asked = [f"utter_ask_{slot}" for slot in form["required_slots"]]
    assert [DOMAIN["responses"][name][0]["text"] for name in asked] == [
        step.answers for step in STEPS[: len(asked)]
    ]
    assert len(asked) == len(STEPS) - 2


def test_everybody_reports_from_a_place_of_their_own() -> None:
    first, second = ([step.said_by(number) for step in STEPS] for number in (1, 2))
    assert first != second
    assert len(first) == len(STEPS)


def test_every_intent_is_learnt_from_sentences_of_ours() -> None:
    learnt = sentences()
    assert list(learnt) == DOMAIN["intents"]
    assert all(100 < len(examples) <= MOST for examples in learnt.values())


def test_what_is_installed_on_demand_is_named() -> None:
    assert all(environment.requirements.exists() for environment in ENVIRONMENTS.values())
    assert all((PROJECT / f"{pipeline}.yml").exists() for pipeline in PIPELINES)


def test_a_file_with_two_names_is_weighed_once(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"x" * 1024**2)
    (tmp_path / "two").hardlink_to(tmp_path / "one")
    assert megabytes(tmp_path) == pytest.approx(1.0, abs=0.1)


def test_what_a_process_started_is_of_its_family() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        assert child.pid in family([os.getpid()])
    finally:
        child.communicate()

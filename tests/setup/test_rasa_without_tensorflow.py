"""Rasa trains, serves and complains properly in an environment without TensorFlow."""

import json
import os
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from nlu.without_tensorflow.stand_ins import CLIENTS, TENSORFLOW

REPOSITORY = Path(__file__).resolve().parents[2]
NLU_PYTHON = REPOSITORY / ".venv-nlu/bin/python"
pytestmark = pytest.mark.xdist_group("rasa")  # one process trains the small model, once

RASA = (NLU_PYTHON, "-m", "nlu.without_tensorflow")

PIPELINE = """\
recipe: default.v1
language: id
pipeline:
  - name: WhitespaceTokenizer
  - name: CountVectorsFeaturizer
  - name: {classifier}
"""
SENTENCES = """\
version: "3.1"
nlu:
  - intent: sapa
    examples: |
      - selamat pagi
      - halo bu
      - permisi pak
  - intent: ajukan_layanan
    examples: |
      - mau bikin ktp
      - saya mau urus kk
      - bikin surat domisili
"""


def run(
    *command: str | Path, folder: Path = REPOSITORY, path: Path = REPOSITORY
) -> subprocess.CompletedProcess[str]:
    """Run a command of the NLU environment; `path` is where its Python finds modules."""
    environ = {**os.environ, "PYTHONPATH": str(path)}
    return subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, text=True, timeout=120, check=False
    )


def train(folder: Path, classifier: str) -> subprocess.CompletedProcess[str]:
    (folder / "config.yml").write_text(PIPELINE.format(classifier=classifier), encoding="utf-8")
    (folder / "nlu.yml").write_text(SENTENCES, encoding="utf-8")
    arguments = "train nlu --config config.yml --nlu nlu.yml --out models"
    return run(*RASA, *arguments.split(), "--fixed-model-name", "small", folder=folder)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rasa")
    trained = train(folder, "LogisticRegressionClassifier")
    assert trained.returncode == 0, trained.stderr
    return folder / "models/small.tar.gz"


@pytest.fixture
def server(model: Path) -> Iterator[str]:
    """The address of a Rasa server with the small model."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    arguments = f"run --enable-api --interface 127.0.0.1 --port {port} --model {model}"
    address = f"http://127.0.0.1:{port}"
    with (model.parent / "server.log").open("w") as log:
        process = subprocess.Popen(
            [*RASA, *arguments.split()], cwd=REPOSITORY, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            _wait_for_an_answer(process, address)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_for_an_answer(process: subprocess.Popen[bytes], address: str) -> None:
    while True:
        try:
            urllib.request.urlopen(address, timeout=30).close()  # noqa: S310 - the address is ours
            return
        except urllib.error.URLError:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.2)
            assert process.returncode is None, "the server ended"


def ask(address: str, text: str) -> dict[str, object]:
    request = urllib.request.Request(  # noqa: S310 - the address is ours
        f"{address}/model/parse", data=json.dumps({"text": text}).encode()
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        return dict(json.load(answer))


def test_the_server_parses(server: str) -> None:
    assert ask(server, "mau bikin surat domisili")["intent"]["name"] == "ajukan_layanan"
    assert ask(server, "halo")["intent"]["name"] == "sapa"


def test_a_component_that_needs_tensorflow_fails_with_a_clear_message(tmp_path: Path) -> None:
    trained = train(tmp_path, "DIETClassifier")
    assert trained.returncode == 1
    last_line = trained.stderr.strip().splitlines()[-1]
    assert "DIETClassifier" in last_line
    assert "is left out of this environment" in last_line
    assert "make nlu-tensorflow" in last_line
    assert "Traceback" not in trained.stderr
    assert not list(tmp_path.glob("models/*"))


def test_nobody_mistakes_the_stand_ins_for_tensorflow() -> None:
    program = """
from nlu.without_tensorflow import load_rasa
load_rasa()
import importlib.util, sys
print(importlib.util.find_spec("tensorflow"), "tensorflow" in sys.modules)
from rasa.utils.common import find_unavailable_packages
print(*sorted(find_unavailable_packages(["numpy", "tensorflow"])))
"""
    answer = run(NLU_PYTHON, "-c", program)
    assert answer.stdout.splitlines() == ["None False", "tensorflow"], answer.stderr


def test_a_client_that_is_left_out_refuses_to_work() -> None:
    program = """
from nlu.without_tensorflow import LeftOutError, load_rasa
load_rasa()
import redis
try:
    redis.StrictRedis(host="somewhere")
except LeftOutError as error:
    print(error)
"""
    answer = run(NLU_PYTHON, "-c", program)
    assert answer.stdout.startswith("redis is left out of this environment."), answer.stderr


def test_the_real_tensorflow_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "tensorflow.py").touch()
    (tmp_path / "nlu").symlink_to(REPOSITORY / "nlu")
    program = """
from nlu.without_tensorflow import load_rasa
import sys
before = list(sys.meta_path)
load_rasa()
print(sys.meta_path == before, "rasa" in sys.modules)
"""
    answer = run(NLU_PYTHON, "-c", program, folder=tmp_path, path=tmp_path)
    assert answer.stdout.split() == ["True", "False"], answer.stderr


def test_stand_ins_answer_only_for_what_is_not_installed() -> None:
    program = """
import importlib.util, sys
from contextlib import suppress
for name in sys.argv[1:]:
    with suppress(ModuleNotFoundError):
        if importlib.util.find_spec(name):
            print(name)
"""
    answer = run(NLU_PYTHON, "-c", program, *sorted(TENSORFLOW | CLIENTS))
    assert answer.stdout.split() == [], answer.stderr

"""The images and docker-compose.yml open one port, run unprivileged, and hold no secret.

No container engine is asked: these read the files.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

REPOSITORY = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = YAML(typ="safe").load(REPOSITORY / "docker-compose.yml")
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
DOCKERFILES = {
    name: (REPOSITORY / service["build"]["dockerfile"]).read_text(encoding="utf-8")
    for name, service in OURS.items()
}


def instructions(dockerfile: str, keyword: str) -> list[str]:
    """The arguments of an instruction, in order, with continued lines joined."""
    joined = dockerfile.replace("\\\n", " ")
    return re.findall(rf"^\s*{keyword}\s+(.*)$", joined, re.MULTILINE)


def test_only_the_bot_publishes_a_port() -> None:
    published = {
        name: service["ports"] for name, service in SERVICES.items() if "ports" in service
    }
    assert published == {"bot": ["${PORT:-8080}:8080"]}


def test_database_and_nlu_have_no_way_out() -> None:
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert SERVICES["database"]["networks"] == ["inside"]
    assert SERVICES["nlu"]["networks"] == ["inside"]


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_runs_unprivileged(name: str) -> None:
    service = SERVICES[name]
    assert service["user"] not in {"root", "0"}
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", OURS)
def test_our_images_run_unprivileged_by_themselves(name: str) -> None:
    assert instructions(DOCKERFILES[name], "USER") == ["balai"]


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_has_a_health_check(name: str) -> None:
    in_image = name in OURS and instructions(DOCKERFILES[name], "HEALTHCHECK")
    assert in_image or SERVICES[name]["healthcheck"]["test"]


@pytest.mark.parametrize("name", SERVICES)
def test_what_must_survive_lies_in_a_volume(name: str) -> None:
    named = [volume for volume in SERVICES[name]["volumes"] if not volume.startswith(".")]
    assert [volume.split(":")[0] in COMPOSE["volumes"] for volume in named] == [True]


@pytest.mark.parametrize("name", SERVICES)
def test_secrets_come_from_the_environment_and_must_be_set(name: str) -> None:
    environment = SERVICES[name].get("environment", {})
    secrets = {key for key in environment if re.search("TOKEN|SECRET|PASSWORD", key)}
    for key in secrets:
        assert environment[key].startswith(f"${{{key}:?"), key


def test_every_variable_stands_in_the_example() -> None:
    text = (REPOSITORY / "docker-compose.yml").read_text(encoding="utf-8")
    example = (REPOSITORY / ".env.example").read_text(encoding="utf-8")
    offered = set(re.findall(r"^#? ?([A-Z_]+)=", example, re.MULTILINE))
    assert set(re.findall(r"\$\{(\w+)", text)) <= offered


@pytest.mark.parametrize("name", OURS)
def test_images_copy_only_what_the_build_context_has(name: str) -> None:
    context = (REPOSITORY / ".dockerignore").read_text(encoding="utf-8").split()
    own = [line for line in instructions(DOCKERFILES[name], "COPY") if "--from" not in line]
    for line in own:
        source = line.split()[0]
        assert f"!{source.split('/')[0]}" in context, source
        assert (REPOSITORY / source).exists()


@pytest.mark.parametrize("name", OURS)
def test_images_install_by_hash(name: str) -> None:
    installs = [step for step in instructions(DOCKERFILES[name], "RUN") if "pip install" in step]
    assert ["--require-hashes" in step for step in installs] == [True]


def test_pip_does_not_bring_back_what_is_left_out_of_rasa() -> None:
    assert "--no-deps" in DOCKERFILES["nlu"]

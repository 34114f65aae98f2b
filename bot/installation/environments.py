"""The environments, and how each is made, brought up to date, and known to be current."""

import hashlib
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.installation import InstallationError

Version = tuple[int, int]

OLDEST_APP_PYTHON: Version = (3, 11)
NLU_PYTHON: Version = (3, 10)

_STAMP = "installed-requirements"


@dataclass(frozen=True)
class Environment:
    """A folder with packages. `python` None means: the Python that runs the set-up."""

    name: str
    title: str
    folder: str
    requirements: str
    includes: tuple[str, ...] = ()
    python: Version | None = None


ENVIRONMENTS = {
    environment.name: environment
    for environment in (
        Environment("app", "the bot's packages", ".venv", "bot/requirements.txt"),
        Environment(
            "dev",
            "the bot's packages and the test tools",
            ".venv",
            "bot/requirements-dev.txt",
            includes=("bot/requirements.txt",),
        ),
        Environment(
            "nlu", "Rasa (Python 3.10)", ".venv-nlu", "nlu/requirements.txt", python=NLU_PYTHON
        ),
        Environment(
            "nlu-tensorflow",
            "Rasa with TensorFlow (Python 3.10)",
            ".venv-nlu-tf",
            "nlu/requirements-tensorflow.txt",
            python=NLU_PYTHON,
        ),
    )
}


def is_current(root: Path, environment: Environment) -> bool:
    """Whether exactly these requirements are installed already.

    The test tools include the bot's packages: with "dev" installed, "app" is current too.
    """
    folder = root / environment.folder
    try:
        installed = (folder / _STAMP).read_text(encoding="utf-8").split()
    except FileNotFoundError:
        return False
    wanted = _digest(root / environment.requirements)
    return wanted in installed and (folder / "bin" / "python").exists()


def install(
    root: Path, environment: Environment, *, uv: Path, python: Path, environ: Mapping[str, str]
) -> None:
    """Make the environment where there is none, and install exactly its requirements."""
    folder = root / environment.folder
    (folder / _STAMP).unlink(missing_ok=True)
    interpreter = folder / "bin" / "python"
    if not _fits(interpreter, environment):
        base = find_python(environment.python, uv, environ) if environment.python else python
        _run([uv, "venv", "--quiet", "--clear", "--python", base, folder], environ)
    requirements = root / environment.requirements
    _run([uv, "pip", "sync", "--require-hashes", "--python", interpreter, requirements], environ)
    _write_stamp(root, environment)


def _fits(interpreter: Path, environment: Environment) -> bool:
    if environment.python is None:
        return fits_app(interpreter)
    return version_of(interpreter) == environment.python


def fits_app(python: Path) -> bool:
    """Whether this interpreter runs and is new enough for the bot."""
    version = version_of(python)
    return version is not None and version >= OLDEST_APP_PYTHON


def version_of(python: Path) -> Version | None:
    """The version that an interpreter reports, None when it does not run."""
    command: list[Path | str] = [python, "-c", "import sys; print(*sys.version_info[:2])"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    major, minor = answer.stdout.split()
    return int(major), int(minor)


def find_python(version: Version, uv: Path, environ: Mapping[str, str]) -> str:
    """An interpreter of this version: named, on PATH, under pyenv, or fetched by uv."""
    named = environ.get("NLU_PYTHON", "")
    if named and version_of(Path(named)) == version:
        return named
    name = f"{version[0]}.{version[1]}"
    pyenv = Path(environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    folders = map(str, pyenv.glob(f"versions/{name}.*/bin"))
    newest_first = sorted(folders, key=lambda folder: (len(folder), folder), reverse=True)
    path = os.pathsep.join([environ.get("PATH", os.defpath), *newest_first])
    find, install = ["find", "--system", "--no-project"], ["install", "--quiet"]
    for action in (find, install, find):
        command: list[Path | str] = [uv, "python", *action, name]
        where = {**environ, "PATH": path}
        done = subprocess.run(command, env=where, capture_output=True, text=True, check=False)
        if action is find and done.returncode == 0:
            return done.stdout.strip()
    raise InstallationError(
        f"Rasa needs Python {name}, and there is none: not on PATH, not under pyenv, and uv "
        f"could not fetch it.\nInstall it (`pyenv install {name}`, or your system's package) "
        "and run the same command again,\nor name it: NLU_PYTHON=/where/it/is/python3.10"
    )


def _run(command: Sequence[Path | str], environ: Mapping[str, str]) -> None:
    done = subprocess.run(
        command,
        env=dict(environ),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        tail = "\n".join(done.stdout.splitlines()[-12:])
        raise InstallationError(f"This did not work: {' '.join(map(str, command))}\n{tail}")


def _write_stamp(root: Path, environment: Environment) -> None:
    files = (environment.requirements, *environment.includes)
    digests = "".join(f"{_digest(root / name)}\n" for name in files)
    (root / environment.folder / _STAMP).write_text(digests, encoding="utf-8")


def _digest(requirements: Path) -> str:
    return hashlib.sha256(requirements.read_bytes()).hexdigest()

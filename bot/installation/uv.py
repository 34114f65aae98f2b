"""Finds or installs uv, and passes pip's own settings on to it."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.installation import InstallationError
from bot.installation.environments import fits_app

# uv does not read pip.conf. What leads to an index on another way must reach it all the same.
_WAY = {"cert": "SSL_CERT_FILE", "proxy": "ALL_PROXY", "trusted-host": "UV_INSECURE_HOST"}
_INDEX = {"index-url": "UV_DEFAULT_INDEX", "extra-index-url": "UV_INDEX"}
_UV_KNOWS_AN_INDEX = {"UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX"}
_OLDEST = (0, 9)


def get_uv(venv: Path, pins: Path) -> Path:
    """The uv of this environment, of the machine, or a new one installed by pip.

    `pins` is the requirement file with uv's own hashes.
    """
    own = venv / "bin" / "uv"
    if fits_app(venv / "bin" / "python") and _works(own):
        return own
    on_path = shutil.which("uv")
    if on_path and _works(Path(on_path)):
        return Path(on_path)
    _install_by_pip(venv, pins)
    return own


def uv_environment(environ: Mapping[str, str], pip_settings: Mapping[str, str]) -> dict[str, str]:
    """The environment to run uv in: the person's own, and pip's settings where uv has none.

    Further indexes of pip count only beside an index of its own: all our packages are on the
    usual one.
    """
    own_index = "index-url" in pip_settings and not _UV_KNOWS_AN_INDEX & environ.keys()
    names = _WAY | _INDEX if own_index else _WAY
    found = {names[name]: value for name, value in pip_settings.items() if name in names}
    if own_index:
        found["UV_INDEX_STRATEGY"] = "unsafe-best-match"  # as pip chooses among several
    result = {"UV_HTTP_TIMEOUT": "180", **found, **environ}
    result.pop("VIRTUAL_ENV", None)
    return result


def read_pip_settings(venv: Path) -> dict[str, str]:
    """What the pip of this environment or of this Python was told; empty where there is none."""
    for python in (venv / "bin" / "python", Path(sys.executable)):
        command: list[str | Path] = [python, "-m", "pip", "config", "list"]
        try:
            answer = subprocess.run(command, capture_output=True, text=True, check=True)
        except (OSError, subprocess.CalledProcessError):
            continue
        return parse_pip_settings(answer.stdout)
    return {}


def parse_pip_settings(listing: str) -> dict[str, str]:
    """Read the lines of `pip config list`; the environment beats install beats global."""
    found: dict[str, str] = {}
    for section in ("global.", "install.", ":env:."):
        for line in listing.splitlines():
            key, _, value = line.partition("=")
            if key.startswith(section):
                found[key.removeprefix(section)] = " ".join(value.strip("'\"").split("\\n"))
    return found


def _works(uv: Path) -> bool:
    try:
        answer = subprocess.run(
            [uv, "--version"], capture_output=True, text=True, timeout=30, check=True
        )
        major, minor = answer.stdout.split()[1].split(".")[:2]
        return (int(major), int(minor)) >= _OLDEST
    except (OSError, subprocess.SubprocessError, IndexError, ValueError):
        return False


def _install_by_pip(venv: Path, pins: Path) -> None:
    steps: tuple[list[str | Path], ...] = (
        [sys.executable, "-m", "venv", "--clear", venv],
        [venv / "bin" / "python", "-m", "pip", "install", "-q", "--require-hashes", "-r", pins],
    )
    for step in steps:
        done = subprocess.run(
            step, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        if done.returncode != 0:
            raise InstallationError(_why_no_uv(done.stdout))


def _why_no_uv(output: str) -> str:
    if "ensurepip" in output:
        return (
            "This Python has no venv and pip. On Debian and Ubuntu: apt install python3-venv\n"
            "Or install uv, and run the same command again."
        )
    tail = "\n".join(output.splitlines()[-8:])
    return f"pip could not install uv. Is the package index reachable?\n{tail}"

"""Finds or installs uv, and passes pip's own settings on to it."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.installation.problems import InstallationError
from bot.installation.pythons import fits_app

# uv does not read pip.conf. An index other than the usual one must reach it all the same.
_PIP_TO_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
}
_INDEX_SETTINGS = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX")
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
    """The environment to run uv in: the person's own, and pip's index where uv knows none."""
    result = {"UV_HTTP_TIMEOUT": "180", **environ}
    result.pop("VIRTUAL_ENV", None)
    if "index-url" in pip_settings and not any(name in environ for name in _INDEX_SETTINGS):
        for theirs, ours in _PIP_TO_UV.items():
            if theirs in pip_settings:
                result.setdefault(ours, pip_settings[theirs])
        result.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    return result


def read_pip_settings() -> dict[str, str]:
    """What `pip config` knows, by the setting's short name; empty where there is no pip."""
    answer = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"],
        capture_output=True,
        text=True,
        check=False,
    )
    return parse_pip_settings(answer.stdout if answer.returncode == 0 else "")


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

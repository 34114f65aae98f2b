"""The set-up's command: installs what is missing, both environments at once, and shows it."""

import os
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path

from bot.installation import InstallationError
from bot.installation.environments import ENVIRONMENTS, Environment, install, is_current
from bot.installation.uv import get_uv, read_pip_settings, uv_environment

_HEARTBEAT_SECONDS = 5


def main(root: Path, names: Sequence[str]) -> int:
    """Bring the named environments up to date; silent when they are."""
    unknown = [name for name in names if name not in ENVIRONMENTS]
    if unknown or not names:
        print(f"Which environment? {', '.join(ENVIRONMENTS)}", file=sys.stderr)
        return 2
    waiting = [ENVIRONMENTS[name] for name in names if not is_current(root, ENVIRONMENTS[name])]
    try:
        if waiting:
            _install_all(root, waiting)
    except InstallationError as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    return 0


def _install_all(root: Path, waiting: Sequence[Environment]) -> None:
    started = time.monotonic()
    steps = len(waiting) + 1
    _say(f"1/{steps} Getting the installer (uv) ...")
    venv = root / ".venv"
    uv = get_uv(venv, root / "bot" / "requirements-installer.txt")
    environ = uv_environment(os.environ, read_pip_settings(venv))
    with ThreadPoolExecutor(len(waiting)) as pool:
        running = {}
        for number, environment in enumerate(waiting, start=2):
            _say(f"{number}/{steps} Installing {environment.title} ...")
            running[pool.submit(_install_one, root, environment, uv, environ)] = environment
        _watch(running, started)
    _say(f"Installed in {time.monotonic() - started:.0f} s.")


def _install_one(
    root: Path, environment: Environment, uv: Path, environ: Mapping[str, str]
) -> None:
    install(root, environment, uv=uv, python=Path(sys.executable), environ=environ)


def _watch(running: dict[Future[None], Environment], started: float) -> None:
    """Show that it goes on, and each end; raise the first problem."""
    pending = set(running)
    while pending:
        done, pending = wait(pending, _HEARTBEAT_SECONDS, FIRST_COMPLETED)
        seconds = time.monotonic() - started
        for future in done:
            future.result()
            _say(f"    {running[future].title}: done after {seconds:.0f} s")
        if not done:
            titles = " and ".join(sorted(running[future].title for future in pending))
            _say(f"    still installing {titles} ({seconds:.0f} s)")


def _say(line: str) -> None:
    print(line, flush=True)

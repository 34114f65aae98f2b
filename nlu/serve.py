"""Serves a model through Rasa's own HTTP API.

    NLU_TOKEN=... python -m nlu.serve --model var/models/<fingerprint>.tar.gz --port 5005

Ready when `GET /version` answers; then `POST /model/parse?token=... {"text": ...}`. One thread
for linear algebra: a sentence is too small to share out, and the bot needs the other core.
"""

import argparse
import os
import sys
from pathlib import Path

from nlu.models import UntrustedModelError, verified
from nlu.parent import OPTION, end_with_parent
from nlu.scratch import scratch

TOKEN = "NLU_TOKEN"  # noqa: S105  the variable's name
"""Every request but the one for the version must bring it; a command line would show it."""

QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "LOG_LEVEL": "WARNING",
    "LOG_LEVEL_LIBRARIES": "ERROR",
    "SANIC_WORKERS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


def main() -> None:
    """Hand over to `rasa run --enable-api`; never at debug level, which logs citizens' words."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--port", default="5005")
    parser.add_argument("--interface", default="127.0.0.1")
    parser.add_argument(OPTION, action="store_true", help="end when standard input ends")
    options = parser.parse_args()
    if options.end_with_parent:
        end_with_parent()
    token = os.environ.pop(TOKEN, "")
    if not token:
        sys.exit(f"Set {TOKEN}, in the bot's environment too: nobody else may ask this server.")
    try:
        model = verified(options.model)
    except UntrustedModelError as error:
        sys.exit(str(error))
    with scratch(model.parent.parent / "tmp"):
        _serve(model, options.interface, options.port, token)


def _serve(model: Path, interface: str, port: str, token: str) -> None:
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    from nlu.without_tensorflow.__main__ import main as rasa

    sys.argv = ["rasa", "run", "--enable-api", "-m", str(model), "-p", port]
    sys.argv += ["-i", interface, f"--auth-token={token}"]  # it may begin with a dash
    rasa()


if __name__ == "__main__":
    main()

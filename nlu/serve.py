"""Serves a model through Rasa's own HTTP API.

    python -m nlu.serve --model var/models/<fingerprint>.tar.gz --port 5005

Ready when `GET /version` answers; then `POST /model/parse {"text": ...}`. One thread for
linear algebra: a sentence is too small to share out, and the bot needs the other core.
"""

import argparse
import os
import sys

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
    parser.add_argument("--model", required=True)
    parser.add_argument("--port", default="5005")
    parser.add_argument("--interface", default="127.0.0.1")
    options = parser.parse_args()
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    from nlu.without_tensorflow.__main__ import main as rasa

    sys.argv = ["rasa", "run", "--enable-api", "-m", options.model, "-p", options.port]
    sys.argv += ["-i", options.interface]
    rasa()


if __name__ == "__main__":
    main()

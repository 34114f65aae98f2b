"""Rasa's command line, without TensorFlow: `python -m nlu.without_tensorflow <rasa arguments>`."""

import os
import sys

from nlu.without_tensorflow.stand_ins import load_rasa


def main() -> None:
    """Load Rasa and hand the command line over to it."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    load_rasa()
    from rasa.__main__ import main as rasa_command

    sys.argv[0] = "rasa"
    rasa_command()


if __name__ == "__main__":
    main()

"""Rasa's command line, without TensorFlow: `python -m nlu.without_tensorflow <arguments>`."""

import os
import sys
import warnings

from nlu.without_tensorflow.stand_ins import LeftOutError, load_rasa


def main() -> None:
    """Load Rasa and hand the command line over to it."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    load_rasa()
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    from rasa.__main__ import main as rasa_command
    from rasa.engine.exceptions import GraphComponentException

    sys.argv[0] = "rasa"
    try:
        rasa_command()
    except GraphComponentException as error:
        if isinstance(error.__cause__, LeftOutError):
            sys.exit(f"{error} {error.__cause__}")
        raise


if __name__ == "__main__":
    main()

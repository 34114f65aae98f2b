"""Runs Rasa without TensorFlow and without the clients of services that Balai does not use.

Rasa imports them at start whether or not a pipeline needs them. Leaving TensorFlow out saves
2 GB of disk and 400 MB of memory; leaving out the clients of chat networks, message brokers
and remote stores makes the start shorter again. While Rasa's own modules load, stand-ins
answer for what is left out; afterwards they are gone, and whatever does ask for a package
that is missing gets an error that names it. With the real TensorFlow installed this package
does nothing.

    python -m nlu.without_tensorflow train nlu --config nlu/config.yml ...

is the `rasa` command line. Code that uses Rasa as a library calls `load_rasa()` first.
"""

from nlu.without_tensorflow.stand_ins import LeftOutError, load_rasa

__all__ = ["LeftOutError", "load_rasa"]

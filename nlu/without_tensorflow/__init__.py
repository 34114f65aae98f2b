"""Runs Rasa in an environment that has no TensorFlow.

Rasa imports TensorFlow at start whether or not the pipeline uses it. Our pipeline does not,
and leaving it out saves 2 GB of disk and 400 MB of memory. While Rasa's own modules load,
stand-ins answer for TensorFlow; afterwards they are gone, so that Rasa itself reports a
component that does need it. With the real TensorFlow installed this package does nothing.

    python -m nlu.without_tensorflow train nlu --config nlu/config.yml ...

is the `rasa` command line. Code that uses Rasa as a library calls `load_rasa()` first.
"""

from nlu.without_tensorflow.stand_ins import MissingTensorFlowError, load_rasa

__all__ = ["MissingTensorFlowError", "load_rasa"]

"""Features: the numbers that a model sees of a sentence."""

"""How much of the machine the training takes."""

from joblib import cpu_count

WORKERS = min(4, cpu_count())

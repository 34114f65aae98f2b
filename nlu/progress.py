"""Tells whoever started the training how far it is, one line a step on standard output."""

STEPS = (
    "reading",
    "features",
    "intents",
    "intents without names",
    "targets",
    "judging",
    "packing",
)


def step(name: str) -> None:
    """Print `progress 3/7 intents`."""
    print(f"progress {STEPS.index(name) + 1}/{len(STEPS)} {name}", flush=True)

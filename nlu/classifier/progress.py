"""Tells whoever started the training how far it is, one line a step on standard output."""

STEPS = (
    "reading",
    "features",
    "targets",
    "intents",
    "intents without names",
    "intents by counts",
    "stacking",
    "replies",
    "packing",
)


def step(name: str) -> None:
    """Print `progress 4/8 intents`."""
    print(f"progress {STEPS.index(name) + 1}/{len(STEPS)} {name}", flush=True)

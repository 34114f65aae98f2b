"""What data/demo says: invented names, places, stories and answers, to be drawn from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from actions.catalogue.reading import read_yaml

Pool = Sequence[str]
OTHER = "lainnya"


@dataclass(frozen=True, slots=True)
class Words:
    """One attribute a file; the keys inside are those of the file."""

    people: Mapping[str, Pool]
    answers: Mapping[str, Pool]
    stories: Mapping[str, Mapping[str, Pool]]
    chat: Mapping[str, Any]
    paths: Mapping[str, Mapping[str, Mapping[str, int]]]

    def stories_of(self, slug: str) -> list[tuple[str, str]]:
        """Stories for a complaint, each with the choice that it fits to."""
        by_choice = self.stories.get(slug) or self.stories[OTHER]
        return [(choice, story) for choice, pool in by_choice.items() for story in pool]

    def notes_of(self, status: str) -> Pool:
        """What officers write when they move a case to a status."""
        notes: Pool = self.chat["keterangan"].get(status, ("",))
        return notes


def read_words(folder: Path) -> Words:
    """Read data/demo; raises ProblemsError."""
    files = {name: read_yaml(folder / f"{name}.yml") for name in Words.__dataclass_fields__}
    return Words(**files)

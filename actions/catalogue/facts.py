"""Which facts about services nobody vouches for today, or were read too long ago."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from actions.catalogue.catalogue import Catalogue
from actions.catalogue.models import Service
from actions.catalogue.reading import Problem, line_of

GOOD_FOR = timedelta(days=365)
"""After so long a law or a page is read again."""


def doubts(folder: Path, catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """What somebody should look up or review in the files of `folder`, service by service."""
    for slug, service in catalogue.services.items():
        yield from _doubts(folder / "services" / f"{slug}.yml", service, today)


def _doubts(path: Path, service: Service, today: date) -> Iterator[Problem]:
    called = {"hal": service.called}
    if not service.is_vouched_for(today):
        late = service.check_again if service.checked and service.checked <= today else None
        place, key = ("tinjau_sebelum", "fakta_lewat") if late else ("diperiksa", "fakta_belum")
        yield Problem(path, line_of(path, [place]), key, {**called, "tanggal": late or ""})
    if not service.sources:
        yield Problem(path, 1, "fakta_tanpa_sumber", called)
    for number, source in enumerate(service.sources):
        if today - source.read_on > GOOD_FOR:
            params = {**called, "sumber": source.name, "tanggal": source.read_on}
            line = line_of(path, ["sumber", number, "dibaca"])
            yield Problem(path, line, "fakta_sumber_lama", params)

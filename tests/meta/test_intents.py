"""An intent is two files: its data file, traits included, and the handler of its topic."""

from __future__ import annotations

import pytest

from actions.dialogue.registry import ON_INTENT, ON_WORD
from actions.dialogue.turn import STAGES
from tests.meta.sources import ROOT, literals, nodes, python_files, source_names
from tests.support.running_bot import hall_of_tests

REFERENCE = hall_of_tests()
INTENTS = sorted(REFERENCE.catalogue.intents)
SLUGS = {
    *REFERENCE.catalogue.services,
    *REFERENCE.catalogue.complaints,
    *REFERENCE.catalogue.office.units,
    *REFERENCE.catalogue.office.others,
}

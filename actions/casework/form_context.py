"""What kinds of question need to know of the office to read an answer."""

from datetime import datetime

from actions.catalogue.reference import ReferenceData
from actions.domain.sites import own_name
from actions.forms.context import Area, FormContext, YesNo


def form_context(reference: ReferenceData, at: datetime) -> FormContext:
    """Of the area, of yes and no, and of the day on which the answer was given."""
    words = reference.words["ya_tidak"]
    yes_no = YesNo(*(frozenset(words[key]) for key in ("ya", "tidak", "tidak_tentu")))
    return FormContext(reference.today(at), area_of(reference), yes_no)


def area_of(reference: ReferenceData) -> Area:
    """The regency with its villages and its edges, and what lies elsewhere."""
    office, sites = reference.catalogue.office, reference.catalogue.sites
    edges = office.bounds
    beside = {own_name(neighbour.name) for neighbour in sites.neighbours}
    return Area(
        {part.district: part.villages for part in office.area},
        office.called,
        frozenset({*reference.words["daerah_lain"]["daerah"], *beside}),
        (edges.south, edges.north, edges.west, edges.east) if edges else None,
        sites,
    )

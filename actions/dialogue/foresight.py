"""Whether the dialogue will need the NLU for some words, told before their turn begins.

A guess is cheap on both sides: words that were asked about in vain cost the NLU a few
milliseconds, and those that were not cost the turn a second try.
"""

from actions.catalogue.reference import ReferenceData
from actions.dialogue.handlers.links import is_bare_code
from actions.dialogue.stages.early import stands_alone
from actions.domain.legible import Legibility, legibility
from actions.domain.text import LONGEST


def to_understand(said: str, reference: ReferenceData) -> str | None:
    """The words as the dialogue will ask about them; None for what it knows by itself."""
    text = said[:LONGEST].strip()
    if not any(char.isalpha() for char in text):
        return None
    if stands_alone(reference, text) or is_bare_code(text, reference):
        return None
    foreign = reference.words["asing"]["kata"]
    return text if legibility(text, foreign) is Legibility.FINE else None

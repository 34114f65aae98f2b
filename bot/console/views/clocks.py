"""How the clocks of a case stand, and by which rules they run."""

from typing import Any

from actions.casework import first_answer
from actions.casework.case_clock import Reading
from actions.catalogue.models import Service
from actions.storage.tables import Case
from bot.console.context import Console


def basis_of(console: Console, case: Case) -> tuple[str, ...]:
    """By which rules the case has so much time: those it began under, then its service's."""
    rules = [console.reference.clock(key) for key in (case.clock_rule_id, case.answer_rule_id)]
    item = console.reference.catalogue.find(case.slug)
    own = dict.fromkeys(rule.legal_basis for rule in rules if rule and rule.legal_basis)
    return (*own, *(item.legal_basis if isinstance(item, Service) else ()))


def clock_of(console: Console, read: Reading | None) -> dict[str, Any] | None:
    """The clock in words, with the width of what is used up in percent."""
    if read is None:
        return None
    whole = max(read.used + read.left, 1)
    parts = {"used": read.used, "paused": read.paused, "left": read.left, "late": read.late}
    lasts = console.reference.in_words
    return {
        **parts,
        "words": {name: lasts(read.term(length)) for name, length in parts.items()},
        "percent": min(round(100 * read.used / whole), 100),
    }


def answer_of(console: Console, case: Case) -> dict[str, Any] | None:
    """How the clock of the first answer stands; None without a rule for it."""
    if case.answer_due_at is None:
        return None
    given = case.first_answer_at
    return {
        "until": first_answer.limit_in_words(console.reference, case),
        "late": first_answer.is_late(case, console.clock()),
        "given": given,
        "waits": first_answer.is_waited_for(case),
        "in_time": given is not None and given < case.answer_due_at,
    }

"""What every kind of question can do."""

from collections.abc import Callable
from dataclasses import dataclass

from actions.forms.context import FormContext, RawAnswer
from actions.forms.form import Field, Json


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of question.

    `read` makes the stored value of what was given or raises `Unreadable`; it is JSON and
    already normalised, so reading it again gives the same. `show` is what the citizen reads
    in the summary; NIK and KK numbers are masked. `joined` is what is kept of an earlier answer
    to the same question when another one comes; mostly nothing.
    """

    read: Callable[[RawAnswer, Field, FormContext], Json]
    show: Callable[[Json, Field], str]
    joined: Callable[[Json, Json], Json] = lambda _, now: now


def show_text(value: Json, field: Field) -> str:
    """Show a value that is text already."""
    return str(value)

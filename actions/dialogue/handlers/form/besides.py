"""Words that do not answer the question that is asked, but one that comes later."""

from actions.casework.returned import form_of_case
from actions.dialogue.context import TurnContext
from actions.dialogue.handlers.form.answers import accept
from actions.dialogue.registry import Replies
from actions.forms import engine
from actions.forms.context import RawAnswer, Unreadable
from actions.forms.form import Field
from actions.storage.tables import Case

FEW_ANSWERS = frozenset({"pilihan", "ya_tidak"})


def told_when(turn: TurnContext, case: Case, asked: Field) -> Replies | None:
    """Since when, told where one of a few answers is asked: "udah 3 bulan"."""
    visible = engine.visible(form_of_case(case), case.answers)
    dates = [f for f in visible if f.kind == "tanggal" and case.answers.get(f.key) is None]
    if asked.kind not in FEW_ANSWERS or len(dates) != 1 or turn.text.isdigit():
        return None
    try:
        going_on = accept(turn, case, dates[0], RawAnswer(text=turn.text))
    except Unreadable:
        return None
    return [turn.say("formulir.dicatat", hal=dates[0].label), *going_on]

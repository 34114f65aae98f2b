"""Buttons that a citizen pressed, in words: a line of the chat keeps only what they carry."""

import re
from functools import cache

from actions.casework.returned import form_of_case
from actions.forms.form import Form
from actions.storage.tables import Case
from bot.console.context import Console

NOTE = "umum.catatan.tombol"
PICK = "pick"
OTHER = "lain"
VERBS = (
    *("about", "answer", "back", "begin", "bring", "code", "comment", "complete", "data"),
    *("complaints", "drop", "edit", "elem", "enough", "help", "human", "leave", "mean", "menu"),
    *("mine", "none", "not", "note", "pick", "place", "rate", "reopen", "resume", "send"),
    *("services", "settled", "skip", "start", "status", "survey", "switch", "units", "wish"),
    *("withdraw", "withdrawn"),
)
"""Buttons that have words below "konsol.tekan."; a test compares them with those there are."""


def in_words(console: Console, case: Case | None, line: str) -> str:
    """A line of a citizen; where it is a button's, what was pressed."""
    found = _pattern(console.reference.texts.variants[NOTE][0]).fullmatch(line)
    if found is None:
        return line
    verb, *arguments = found[1].split(":")
    if verb == PICK and case is not None and arguments[:1] == [str(case.id)]:
        chosen = _choice(form_of_case(case), arguments[1:])
        if chosen:
            return console.word("tekan.memilih", isi=chosen)
    key = f"tekan.{verb if verb in VERBS else OTHER}"
    return console.word("tekan.menekan", tombol=console.word(key))


def _choice(form: Form, arguments: list[str]) -> str:
    """What a choice was called: "Keadaan lampu: Mati"."""
    key, choice = (*arguments, "", "")[:2]
    labels = {
        (field.key, option.key): f"{field.label}: {option.label}"
        for field in form.fields
        for option in field.choices
    }
    return labels.get((key, choice), "")


@cache
def _pattern(text: str) -> re.Pattern[str]:
    before, _, after = text.partition("{data}")
    return re.compile(re.escape(before) + r"(\S*)" + re.escape(after))

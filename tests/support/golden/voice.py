"""What holds for everything that Balai says, whatever the conversation is about."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from tests.support.golden.client import Heard
from tests.support.golden.script import Step

SCORES = frozenset("⏳🔧✅")
"""The status marks, the only symbols that Balai uses."""

SYMBOL = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2300-\u23ff]")
BARE = re.compile(r"\{\w+\}|\bNone\b|\bTrue\b|\bFalse\b|  +\S")
REPEATABLE = ("status.", "layanan.", "survei.", "pribadi.", "kabar.")
"""Facts that were asked for again, and messages that the citizen did not ask for."""


class Voice:
    """Listens to one chat."""

    def __init__(self, global_words: Mapping[str, Collection[str]]) -> None:
        self._asked_again = {word for words in global_words.values() for word in words}
        self._last: Heard | None = None

    def faults(self, step: Step, heard: Sequence[Heard]) -> Iterator[str]:
        """What no message may be: loud, decorated, unfinished, or said twice in a row."""
        for message in heard:
            yield from _faults(message)
        if heard:
            again = isinstance(step.what, str) and step.what.lower() in self._asked_again
            if (
                heard[-1] in (self._last, *heard[-2:-1])
                and not again
                and not _repeatable(heard[-1])
            ):
                yield f"said the same twice in a row: {heard[-1].text!r}"
            self._last = heard[-1]


def _repeatable(message: Heard) -> bool:
    return message.key.startswith(REPEATABLE)


def _faults(message: Heard) -> Iterator[str]:
    if "!" in message.text and "petugas.kata" not in message.key:
        yield f"exclamation mark in {message.key}"
    if set(SYMBOL.findall(message.text)) - SCORES:
        yield f"emoji in {message.key}"
    if BARE.search(message.text):
        yield f"unfinished text in {message.key}: {message.text!r}"
    if not message.text.strip():
        yield f"empty text in {message.key}"

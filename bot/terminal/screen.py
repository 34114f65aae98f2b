"""Shows replies in the terminal, with numbered buttons."""

from __future__ import annotations

import re

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from actions.casework.messages import without_markup
from actions.domain.messages import Reply

BOLD = re.compile(r"<b>(.*?)</b>", re.DOTALL)
ITALIC = re.compile(r"<i>(.*?)</i>", re.DOTALL)
INDENT = 2


class Screen:
    """Prints replies and remembers the buttons of the last message that had some."""

    def __init__(self, console: Console, share_hints: dict[str, str]) -> None:
        self._console = console
        self._share_hints = share_hints
        self.buttons: dict[str, str] = {}

    def show(self, reply: Reply) -> None:
        """Print one message and its buttons."""
        self._console.print()
        self._console.print(Padding(Text.from_markup(rich_markup(reply.text)), (0, 0, 0, INDENT)))
        if reply.buttons:
            self._show_buttons(reply)
        if reply.ask is not None:
            self._console.print(f"  {self._share_hints[reply.ask]}", style="dim", markup=False)

    def _show_buttons(self, reply: Reply) -> None:
        self.buttons = {}
        number = 0
        for row in reply.buttons:
            line = Text("  ")
            for button in row:
                number += 1
                self.buttons[str(number)] = button.data
                self.buttons[button.label.casefold()] = button.data
                line.append(f" {number} ", style="bold reverse").append(f" {button.label}   ")
            self._console.print(line)


def rich_markup(text: str) -> str:
    """The tags of a reply as rich's markup; everything else stays literal."""
    marked = BOLD.sub("\x01\\1\x02", ITALIC.sub("\x03\\1\x02", text))
    plain = escape(without_markup(marked))
    return plain.replace("\x01", "[bold]").replace("\x03", "[dim]").replace("\x02", "[/]")

"""Who Balai is and what can be written to it."""

from __future__ import annotations

from actions.dialogue.context import TurnContext, rows
from actions.dialogue.registry import Replies, on_button
from actions.dialogue.talk.menu import main_menu
from actions.domain.messages import Reply


def welcome(turn: TurnContext) -> Reply:
    """The first words of a chat."""
    fictional = turn.reference.catalogue.office.fictional
    return main_menu(turn, "umum.selamat_datang_contoh" if fictional else "umum.selamat_datang")


def helped(turn: TurnContext) -> Reply:
    """Examples to copy, and the words that always work."""
    ways = [turn.button("menu", "menu"), turn.button("petugas", "human")]
    return turn.say("umum.bantuan", rows(ways, 2), kantor=turn.reference.catalogue.office.called)


@on_button("help")
async def _help(turn: TurnContext, _: list[str]) -> Replies:
    return [helped(turn)]

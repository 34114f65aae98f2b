"""Who Balai is and what can be written to it."""

from __future__ import annotations

from actions.registry import Replies, presses
from actions.scene import Scene, rows
from actions.talk.menu import main_menu
from actions.turn import Reply


def welcome(scene: Scene) -> Reply:
    """The first words of a chat."""
    fictional = scene.hall.catalogue.office.fictional
    return main_menu(scene, "umum.selamat_datang_contoh" if fictional else "umum.selamat_datang")


def helped(scene: Scene) -> Reply:
    """Examples to copy, and the words that always work."""
    ways = [scene.button("menu", "menu"), scene.button("petugas", "human")]
    return scene.say("umum.bantuan", rows(ways, 2), kantor=scene.hall.catalogue.office.called)


@presses("help")
async def _help(scene: Scene, _: list[str]) -> Replies:
    return [helped(scene)]

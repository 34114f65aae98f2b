"""What Balai says when it has not understood."""

from __future__ import annotations

from actions.casework.escalations import Reason
from actions.registry import Replies, presses
from actions.scene import Scene
from actions.talk import human

MISSES = 2


async def missed(scene: Scene) -> Replies:
    """Examples and a way on; the second time a human. In danger nobody is taught to write."""
    if scene.urgent:
        ways = [[scene.button("lapor", "complaints", 0), scene.button("petugas", "human")]]
        return [scene.say("darurat.lalu", ways)]
    scene.memory.misses += 1
    if scene.memory.misses >= MISSES:
        return await human.connect(scene, Reason.NOT_UNDERSTOOD, "petugas.tidak_paham")
    ways = [[scene.button("menu", "menu"), scene.button("petugas", "human")]]
    return [scene.say("umum.tidak_paham", ways)]


@presses("none")
async def _none(scene: Scene, _: list[str]) -> Replies:
    """None of the offered meanings was right."""
    scene.memory.parked = None
    return await missed(scene)

"""Tells citizens what is stored about them, shows it, and deletes it when they ask."""

from __future__ import annotations

from actions.casework import privacy
from actions.casework import requests as casework
from actions.flow import engine
from actions.registry import Replies, presses
from actions.scene import Scene
from actions.talk import form
from actions.turn import Reply


async def shown(scene: Scene) -> Replies:
    """The overview as an answer."""
    return [await overview(scene)]


async def overview(scene: Scene) -> Reply:
    """How much is stored and who has seen it."""
    held = await privacy.holdings(scene.session, scene.chat)
    ways = [[scene.button("lihat_data", "data", "see")],
            [scene.button("hapus_data", "data", "erase")],
            [scene.button("menu", "menu")]]  # fmt: skip
    return scene.say("pribadi.ringkasan", ways, permohonan=held.requests, berkas=held.files,
                     baris=held.lines, dilihat=held.looked_at)  # fmt: skip


@presses("data")
async def _data(scene: Scene, args: list[str]) -> Replies:
    if args[0] == "see":
        return await see(scene)
    if args[0] == "erase":
        ways = [[scene.button("ya_hapus", "data", "erased")],
                [scene.button("tidak_jadi_batal", "menu")]]  # fmt: skip
        return [scene.say("pribadi.yakin", ways)]
    return await erase(scene)


async def see(scene: Scene) -> Replies:
    """The answers of the newest requests, numbers masked."""
    requests = await casework.of_chat(scene.session, scene.chat)
    if not requests:
        return [scene.say("pribadi.kosong", [[scene.button("menu", "menu")]])]
    replies = []
    for request in requests[:5]:
        sheet = form.form_of_request(request)
        lines = [
            scene.word("formulir.baris", label=field.label, isi=shown)
            for field, shown in engine.summary(sheet, request.answers)
        ]
        called = scene.hall.catalogue.item(request.slug).called
        isi = "\n".join(lines) or scene.word("pribadi.sudah_dihapus")
        replies.append(scene.say("pribadi.satu", kode=request.code, hal=called, isi=isi))
    return replies


async def erase(scene: Scene) -> Replies:
    """Delete what may be deleted; the open form is given up first."""
    request = await form.open_request(scene)
    if request is not None:
        await form.drop(scene, request)
    await scene.session.flush()
    await privacy.erase(scene.session, scene.chat)
    scene.memory.parked = scene.memory.topic = None
    scene.memory.wishes = []
    return [scene.say("pribadi.dihapus", [[scene.button("menu", "menu")]])]

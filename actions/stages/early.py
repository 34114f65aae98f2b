"""What comes before any form and any model: danger, buttons, a human, the global words."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from actions.casework.escalations import Reason
from actions.domain.danger import find_danger
from actions.registry import PRESSES, Replies
from actions.scene import Scene
from actions.stages.forms import GO_ON, going_on
from actions.talk import answering, form, human, privacy, rating, status, wishes
from actions.talk.ask import WHICH, expected_service
from actions.talk.help import helped, welcome
from actions.talk.menu import main_menu
from actions.turn import Reply

WAYSIDE = frozenset({"menu", "help", "mine", "units", "services", "complaints", "data"})
NOT_WORDS = re.compile(r"[^\w\s/]+")


def danger(scene: Scene) -> Replies:
    """The numbers to call, before everything else, when the words tell of danger."""
    found = find_danger(scene.text, scene.hall.danger) if scene.text else None
    if found is None:
        return []
    scene.urgent = True
    names = {e.number: e.purpose for e in scene.hall.catalogue.office.emergency}
    lines = [
        scene.word("darurat.nomor", nomor=number, untuk=names.get(number, ""))
        for number in found.numbers
    ]
    return [scene.say("darurat.telepon", daftar="\n".join(lines))]


async def button(scene: Scene) -> Replies | None:
    """A pressed button; one that no longer means anything is answered too."""
    if scene.incoming.button is None:
        return None
    verb, *args = scene.incoming.button.split(":")
    if verb not in PRESSES:
        return answering.stale(scene)
    scene.memory.expects = None
    try:
        replies = await PRESSES[verb](scene, args)
        return await form.with_way_on(scene, replies) if verb in WAYSIDE else replies
    except (ValueError, IndexError, KeyError):
        return answering.stale(scene)


async def human_has_the_chat(scene: Scene) -> Replies | None:
    """While a human answers, words go to the officer; a global word leads back."""
    if not scene.memory.with_human:
        return None
    if _global(scene) in {"menu", "batal", "ulang"}:
        return await form.with_way_on(scene, await human.come_back(scene))
    return await human.pass_on(scene)


def _global(scene: Scene) -> str | None:
    said = " ".join(NOT_WORDS.sub(" ", scene.text.lower()).split())
    for meaning, words in scene.hall.words["global"].items():
        if said in words:
            return str(meaning)
    return None


async def global_word(scene: Scene) -> Replies | None:
    """menu, batal, bantuan, petugas, ulang: from every state."""
    meaning = _global(scene)
    if meaning is None:
        return None
    scene.memory.expects = None
    current = await form.open_request(scene)
    if meaning == "batal":
        return await answering.cancel(scene, current) if current else await _nothing_open(scene)
    if meaning == "petugas":
        return await human.connect(scene, Reason.ASKED)
    return await form.with_way_on(scene, await _plain_global(scene, meaning))


async def _nothing_open(scene: Scene) -> Replies:
    return await status.offer_withdrawal(scene)


async def _plain_global(scene: Scene, meaning: str) -> Replies:
    if meaning == "ulang":
        current = await form.open_request(scene)
        return [form.next_step(scene, current)] if current else [main_menu(scene)]
    if meaning in LOOKED_UP:
        return await LOOKED_UP[meaning](scene)
    return [SHOWN.get(meaning, main_menu)(scene)]


SHOWN: dict[str, Callable[[Scene], Reply]] = {"mulai": welcome, "bantuan": helped}
LOOKED_UP: dict[str, Callable[[Scene], Awaitable[Replies]]] = {
    "status": status.mine,
    "data": privacy.shown,
    "belum_beres": status.offer_reopening,
    "beres": status.settled_by_words,
}
WAITS_SECONDS = 2 * 60 * 60
EXPECTED = {"alasan_buka": status.reopen, "komentar": rating.comment}


async def expected_text(scene: Scene) -> Replies | None:
    """Free text that was asked for outside a form: a reason, a comment, a code."""
    expects = scene.memory.expects
    if expects is None or not scene.text:
        return None
    if scene.memory.seconds_since(scene.now) > WAITS_SECONDS:
        scene.memory.expects = None
        return None
    if expects in EXPECTED:
        return await EXPECTED[expects](scene)
    if expects == wishes.ANSWERED:
        return await wishes.answered(scene)
    if expects == GO_ON:
        return await going_on(scene)
    if expects.startswith(WHICH):
        return await expected_service(scene)
    scene.memory.expects = None
    return await status.expected_code(scene)

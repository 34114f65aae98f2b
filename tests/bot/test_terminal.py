"""The chat at the keyboard: the same turns, with buttons by number."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from rich.console import Console

from actions.casework import messages
from actions.domain.messages import Reply, StoredFile
from actions.storage.engine import Sessions
from bot.dependencies import Dependencies
from bot.nlu.keywords import Keywords
from bot.terminal import CHAT, TerminalChannel, payload_of, rich_markup
from tests.support.clock import Clock
from tests.support.running_bot import dependencies, reference_of_tests


class Keyboard:
    """A person who types and reads the screen."""

    def __init__(self, deps: Dependencies) -> None:
        self._paper = io.StringIO()
        self.channel = TerminalChannel(deps, Console(file=self._paper, width=90))

    async def type(self, line: str) -> str:
        self._paper.truncate(0)
        self._paper.seek(0)
        await self.channel.say(line)
        return self._paper.getvalue()


@pytest.fixture
async def keyboard(sessions: Sessions, clock: Clock, tmp_path: Path) -> AsyncIterator[Keyboard]:
    reference = reference_of_tests()
    keywords = Keywords(reference.catalogue, reference.matcher, reference.words["slang"])
    keyboard = Keyboard(dependencies(sessions, clock, tmp_path, keywords))
    await keyboard.channel.start()
    yield keyboard
    await keyboard.channel.stop(5)


async def test_a_request_can_be_made_at_the_keyboard(keyboard: Keyboard) -> None:
    assert "KTP hilang" in await keyboard.type("mau ganti ktp hilang")
    assert "NIK" in await keyboard.type("Budi Santoso")
    screen = await keyboard.type("3299014107850002")
    assert "1  Sudah" in screen
    assert "data di KTP lama" in await keyboard.type("2")
    assert "saya batalkan" in await keyboard.type("batal")


async def test_a_button_is_pressed_by_its_label_too(keyboard: Keyboard) -> None:
    await keyboard.type("menu")
    assert "Kantor desa" in await keyboard.type("urus surat atau layanan")


async def test_a_file_that_is_not_there_is_explained(keyboard: Keyboard) -> None:
    await keyboard.type("lampu jalan mati")
    assert "kirim" in (await keyboard.type("/foto /nowhere/foto.jpg")).lower()


async def test_a_wrong_location_is_taken_as_words(keyboard: Keyboard) -> None:
    assert await keyboard.type("/lokasi enam,tujuh")


@pytest.mark.parametrize(
    ("line", "payload"),
    [
        ("1", {"button": "menu"}),
        ("MENU", {"button": "menu"}),
        ("/lokasi -6.9,107.6", {"location": [-6.9, 107.6]}),
        ("/kontak 081234567890", {"contact": "081234567890"}),
        ("/foto ktp.jpg", {"file": "ktp.jpg"}),
        ("/menu", {"text": "/menu"}),
        ("halo", {"text": "halo"}),
    ],
)
def test_what_is_typed_is_stored_as_what_it_means(line: str, payload: dict[str, object]) -> None:
    assert payload_of(line, {"1": "menu", "menu": "menu"}) == payload


def test_brackets_of_citizens_are_no_markup_of_the_screen() -> None:
    assert rich_markup("<b>KTP</b> [red]x &lt;b&gt;") == "[bold]KTP[/] \\[red]x <b>"


async def test_a_file_is_named_since_a_terminal_shows_none(
    keyboard: Keyboard, sessions: Sessions, clock: Clock
) -> None:
    await keyboard.type("menu")
    file = StoredFile("a" * 64 + ".jpg", "image/jpeg", 3)
    async with sessions.begin() as session:
        reply = Reply("x", "Ini fotonya.")
        messages.queue_file(session, CHAT, file, reply, clock(), called="lampu.jpg")
    screen = await keyboard.type("menu")

    assert "Ini fotonya." in screen
    assert "berkas lampu.jpg" in screen

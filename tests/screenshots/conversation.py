"""A real conversation as the terminal shows it, on a page of two columns."""

from __future__ import annotations

import io

from rich.console import Console

from actions.storage.engine import make_engine, make_sessions
from actions.storage.migrate import migrate
from actions.storage.vault import Vault
from bot.terminal.chat import PROMPT
from bot.terminal.screen import Screen
from tests.bot.demo_database import reference
from tests.support.clock import Clock
from tests.support.databases import SECRET
from tests.support.talk import Talk

TYPED = (
    "pak mau bikin ktp ilang kmrn gmn ya",
    "sri umpamawati",
    "99990145079000",
    "oh kurang, 9999014507900012",
    "1",
    "ya masih sama",
    "1",
    "1",
    "1",
    "1",
)
"""What a citizen types; numbers press buttons, as in the terminal."""

COLUMNS = 76
PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #14181d; color: #dfe4ea }}
pre {{ margin: 0; padding: 14px 24px; columns: 2; column-rule: 1px solid #39424d;
  font: 14px/19px "DejaVu Sans Mono", monospace }}
{stylesheet}
</style><pre>{code}</pre>
"""


async def conversation(url: str) -> str:
    """Talk with the dialogue on an empty database; the HTML of what was said."""
    engine = make_engine(url, Vault(SECRET))
    await migrate(engine)
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), highlight=False)
    texts = reference().texts
    screen = Screen(console, {"kontak": texts.plain("terminal.kontak")})
    talk = Talk(make_sessions(engine), Clock())
    await talk.open()
    for line in TYPED:
        console.print(f"\n{PROMPT}{line}", style="bold #7fd1a0", markup=False)
        pressed = screen.buttons.get(line)
        replies = await (talk.give(button=pressed) if pressed else talk.say(line))
        for reply in replies:
            screen.show(reply)
    await engine.dispose()
    return console.export_html(code_format=PAGE)

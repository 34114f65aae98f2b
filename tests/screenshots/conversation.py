"""A real conversation as the terminal shows it, on a page of two columns."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from actions.storage.engine import make_engine, make_sessions
from actions.storage.migrate import migrate
from actions.storage.vault import Vault
from bot.nlu.keywords import Keywords
from bot.terminal import PROMPT, TerminalChannel
from tests.bot.demo_database import reference
from tests.support.clock import Clock
from tests.support.databases import SECRET
from tests.support.running_bot import dependencies

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

COLUMNS, GRACE = 76, 5.0
PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #14181d; color: #dfe4ea }}
pre {{ margin: 0; padding: 14px 24px; columns: 2; column-rule: 1px solid #39424d;
  font: 14px/19px "DejaVu Sans Mono", monospace }}
{stylesheet}
</style><pre>{code}</pre>
"""


async def conversation(url: str, folder: Path) -> str:
    """Talk with the dialogue on an empty database; the HTML of what was said."""
    engine = make_engine(url, Vault(SECRET))
    await migrate(engine)
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), highlight=False)
    known = reference()
    words = Keywords(known.catalogue, known.matcher, known.words["slang"])
    deps = dependencies(make_sessions(engine), Clock(), folder / "files", words)
    terminal = TerminalChannel(deps, console)
    await terminal.start()
    for line in TYPED:
        console.print(f"\n{PROMPT}{line}", style="bold #7fd1a0", markup=False)
        await terminal.say(line)
    await terminal.stop(GRACE)
    await engine.dispose()
    return console.export_html(code_format=PAGE)

"""What an administrator prints about personal data: the register, and the sheet for a breach."""

from aiohttp import web

from actions.casework import privacy
from actions.catalogue.times import Retention
from bot.console.context import console_of
from bot.console.render import page

CLASSES = tuple((name, str(field.alias)) for name, field in Retention.model_fields.items())
"""The classes of data/retention.yml: the attribute, and the name that its words have."""
COLUMNS = ("apa", "tujuan", "dasar", "siapa", "lama")
BLANKS = (
    "diketahui",
    "batas_waktu",
    "kejadian",
    "data",
    "jumlah",
    "penanganan",
    "diberi_tahu",
    "petugas",
)
"""What is filled in by hand on the sheet for a breach."""


async def show(request: web.Request) -> web.StreamResponse:
    """Which data is kept, what for, by which right, who sees it, and how long."""
    console = console_of(request)
    kept = console.reference.retention
    async with console.reading() as session:
        people = await privacy.how_many_people(session)
    classes = [(words, getattr(kept, name)) for name, words in CLASSES]
    return await page(
        request,
        "register.html",
        classes=classes,
        columns=COLUMNS,
        blanks=BLANKS,
        people=people,
        now=console.clock(),
    )

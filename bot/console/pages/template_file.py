"""The file that a ready reply brings: seen, replaced, taken out."""

from aiohttp import web

from actions.casework import templates
from actions.catalogue.sheets import TEMPLATES
from actions.storage.tables import Template
from bot.console import uploads
from bot.console.context import console_of, staff_of
from bot.console.pages.files import UNKNOWN, stream
from bot.console.pages.settings import entry_of, row_page
from bot.console.render import redirect
from bot.console.sheet_view import typed_of
from bot.console.uploads import BadFileError
from bot.http import forms


async def send(request: web.Request) -> web.StreamResponse:
    """The file, to be looked at."""
    number = int(request.match_info["baris"])
    async with console_of(request).reading() as session:
        row = await session.get(Template, number)
    if row is None or row.file is None:
        raise web.HTTPNotFound
    return await stream(request, row.file, row.file_mime or UNKNOWN, f"templat-{number}")


async def change(request: web.Request) -> web.StreamResponse:
    """Let the reply bring the file that was sent, or none."""
    sent, key = await forms.read_form(request), request.match_info["baris"]
    taken_out = forms.words(sent, "tanpa", longest=5) == "ya"
    console = console_of(request)
    try:
        file = None if taken_out else await uploads.stored(console, sent, "berkas")
        if file is None and not taken_out:
            raise BadFileError("berkas")
    except BadFileError:
        entry = await entry_of(request, TEMPLATES)
        typed = typed_of(TEMPLATES, entry.values)
        return await row_page(request, TEMPLATES, entry, typed, file_fault="lampiran_rusak")
    async with console.writing() as session:
        row = await session.get(Template, int(key), with_for_update=True)
        if row is None:
            raise web.HTTPNotFound
        await templates.attach(session, row, file, staff_of(request), console.clock())
    return redirect(
        request, "pengaturan_baris", notice="pengaturan_disimpan", lembar=TEMPLATES.key, baris=key
    )

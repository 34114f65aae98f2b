"""What is shared where no form is open, and the buttons below what a form took from the tray."""

from actions.casework import attachments
from actions.dialogue.context import Rows, TurnContext
from actions.dialogue.handlers.form.questions import next_step, own_draft, stale, visible_field
from actions.dialogue.handlers.form.taking import PLACE_OF_PHOTO, put_on_map, tell
from actions.dialogue.registry import Replies, on_button
from actions.forms.form import UPLOADS
from actions.storage.tables import Attachment


async def shared_without_form(turn: TurnContext) -> Replies | None:
    """A picture, a place, a number, a voice that nobody asked for: what is it for?"""
    incoming = turn.incoming
    if not incoming.shares or turn.text:
        return None
    kinds = new_kinds(turn)
    if not kinds:
        return []
    key = "berkas.suara_dulu" if kinds == {"suara"} else "berkas.disimpan_dulu"
    return [turn.say(key, ways_on(turn))]


def new_kinds(turn: TurnContext) -> set[str]:
    """What was laid on the tray in this turn."""
    shared = turn.memory.shared
    return {one["jenis"] for one in shared if one.get("giliran") == turn.memory.turns}


def ways_on(turn: TurnContext) -> Rows:
    """What it may be for, where nothing was said."""
    return [[turn.button("lapor", "complaints", 0)], [turn.button("menu", "menu")]]


@on_button("newest")
async def only_the_newest(turn: TurnContext, case_id: str, key: str) -> Replies:
    """Keep what was sent last for a question, and let go of what was sent before."""
    case = await own_draft(turn, case_id)
    field = visible_field(case, key) if case else None
    if case is None or field is None or field.kind not in UPLOADS:
        return stale(turn)
    kept = await attachments.of_field(turn.session, case, key)
    newest = [file for file in kept if file.at == max(one.at for one in kept)]
    if not newest:
        return stale(turn)
    older = [file.id for file in kept if file not in newest]
    await attachments.let_go(turn.session, Attachment.id.in_(older))
    tell(turn, case, field, newest)
    return [turn.say("berkas.diganti", hal=field.label), next_step(turn, case)]


@on_button("photoplace")
async def place_of_photo(turn: TurnContext, case_id: str) -> Replies:
    """Take the place that a photo told for the place of the matter."""
    case = await own_draft(turn, case_id)
    found = [one for one in turn.memory.shared if one["jenis"] == PLACE_OF_PHOTO]
    if case is None or not found:
        return stale(turn)
    said = put_on_map(turn, case, found[-1])
    return stale(turn) if said is None else [*said, next_step(turn, case)]

"""What stands behind a command: links and QR codes send "/start lampu_jalan" or a code."""

import re
from dataclasses import replace

from actions.catalogue import Catalogue
from actions.catalogue.reference import ReferenceData
from actions.dialogue import targets
from actions.dialogue.acting import serve
from actions.dialogue.context import TurnContext
from actions.dialogue.handlers import claiming, life_events, several, status, taking_over
from actions.dialogue.handlers.form.opening import start
from actions.dialogue.registry import Replies
from actions.domain.codes import read_code

LONGEST_CODE = 14
"""Signs of a code with a full stop behind it, or the like."""
_JOINTS = re.compile(r"[\W_]+")
_DASH = "[-\u2010-\u2015\u2212]"


async def follow(turn: TurnContext, payload: str) -> Replies | None:
    """The case, the form, or the claim that a link names; None for others."""
    told = await taking_over.in_words(turn, payload) or await of_case(turn, payload)
    if told is not None:
        return told
    event = life_events.by_link(turn, payload)
    if event is not None:
        return event
    slug = _slug(turn, payload)
    if slug is not None:
        return await start(_saying(turn, None), slug)
    claimed = await claiming.by_link(turn, payload)
    if claimed is not None:
        return claimed
    return await _meant(_saying(turn, " ".join(_JOINTS.sub(" ", payload).split())))


async def of_case(turn: TurnContext, payload: str) -> Replies | None:
    """Where the case of a code stands, also of a code with a slip; None for anything else."""
    code = read_code(payload, *turn.office.code_prefixes)
    if code is not None:
        return await status.by_code(turn, code)
    return await _ask_again(turn) if _is_like_code(turn.reference, payload) else None


async def bare_code(turn: TurnContext) -> Replies | None:
    """Where a case stands whose code is all that was written, and no form or question is open."""
    if turn.memory.draft is not None or turn.memory.awaited is not None:
        return None
    return await of_case(turn, turn.text) if is_bare_code(turn.text, turn.reference) else None


def is_bare_code(text: str, reference: ReferenceData) -> bool:
    """Whether a text is written like the code of a case, and nothing else stands there."""
    return len(text) <= LONGEST_CODE and _is_like_code(reference, text)


async def in_words(turn: TurnContext, words: str) -> Replies | None:
    """What is written behind a command, as if it stood alone: "/lapor lampu jalan mati"."""
    return await _meant(_saying(turn, words))


async def mistyped_code(turn: TurnContext) -> Replies | None:
    """Ask to look again at a code that cannot be one, where no form or question is open."""
    awaits_other = turn.memory.awaited is not None and turn.memory.awaited != "kode"
    if turn.memory.draft is not None or awaits_other:
        return None
    if not _is_like_code(turn.reference, turn.text):
        return None
    known = read_code(turn.text, *turn.office.code_prefixes) is not None
    return None if known else await _ask_again(turn)


async def _ask_again(turn: TurnContext) -> Replies:
    return await status.ask_code(turn, "status.kode_salah")


def _is_like_code(reference: ReferenceData, text: str) -> bool:
    """Whether something stands there that is written like a code, dashes and all."""
    part = rf"(?:{_DASH}|_)[a-z0-9]{{3}}"
    begun = "|".join(map(re.escape, reference.catalogue.office.code_prefixes))
    shape = rf"(?<!\w)(?:{begun}){part}{part}(?!\w)"
    return re.search(shape, text, re.IGNORECASE) is not None


def _slug(turn: TurnContext, payload: str) -> str | None:
    """The longest slug that is all of a payload, its beginning or its end: "lapor_lampu_jalan"."""
    said = f"_{_JOINTS.sub('_', payload.lower()).strip('_')}_"
    catalogue = turn.reference.catalogue
    named = [
        slug
        for slug in (*catalogue.services, *catalogue.complaints)
        if said.startswith(f"_{slug}_") or said.endswith(f"_{slug}_")
    ]
    return max(named, key=len, default=None) or _begun_by(catalogue, said.strip("_"))


def _begun_by(catalogue: Catalogue, said: str) -> str | None:
    """The one slug that begins with the last word of a payload: "lapor_lampu"."""
    last = said.rpartition("_")[2]
    begun = [
        slug
        for slug in (*catalogue.services, *catalogue.complaints)
        if last and slug.startswith(f"{last}_")
    ]
    return begun[0] if len(begun) == 1 else None


def _saying(turn: TurnContext, text: str | None) -> TurnContext:
    return replace(turn, incoming=replace(turn.incoming, text=text))


async def _meant(turn: TurnContext) -> Replies | None:
    """What the words of a link open for sure; None where they open nothing."""
    if not turn.text or not turn.is_legible or not several.surely(turn):
        return None
    meant = several.meant(turn)
    opens = all(i.opens and targets.clear(targets.of_kind(turn, str(i.target))) for i in meant)
    return await serve(turn) if opens else None

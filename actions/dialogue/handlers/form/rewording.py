"""Finds in a correction what the new value is: a whole one, or a part of the answer changed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions.domain.text import tidy, without_politeness, words_of
from actions.forms.form import Field, Json

RT_RW = frozenset({"rt", "rw"})
PLACES = frozenset({"alamat", "lokasi"})
BUT_NOT = re.compile(
    r"(?P<new>.+?)(?<![\s,.])[\s,.]++(?:bukan|bkn|dudu|sanes)\s+(?P<old>.+)",
    re.IGNORECASE | re.DOTALL,
)
SIGNS = re.compile(
    r"\b(?P<not>bukan|bkn|(?P<elsewhere>dudu|sanes))\s+"
    r"|(?P<but>(?:,\s*|(?<=\s))"
    r"(?:(?:tapi|tetapi|tp|melainkan|(?:yang|yg)\s(?:benar|bener|betul)|harusnya|seharusnya)\s+)+)"
    r"|(?P<comma>,\s*)",
    re.IGNORECASE,
)
"""What "bukan A tapi B" and "bukan A, B" consist of."""
LABELLED = re.compile(r"\b(r\.?\s?[tw])\.?[\s.:-]*0*(\d{1,3})\b", re.IGNORECASE)
ONLY_RT_RW = re.compile(r"(?:RT (?P<rt>\d+))?[\s/,]*(?:RW (?P<rw>\d+))?")


@dataclass(frozen=True, slots=True)
class Swap:
    """A part of an answer and what it should have been."""

    new: str
    old: str


def swap(text: str) -> Swap | None:
    """What "X bukan Y" or "bukan Y tapi X" puts in the place of what; None for other words."""
    text = tidy(text)
    if apart := _not_but(text):
        lead, old, new = apart
        return Swap(_plain(tidy(f"{lead} {new}")), _plain(old))
    match = BUT_NOT.match(text)
    return Swap(_plain(match["new"]), _plain(match["old"])) if match else None


def _not_but(text: str) -> tuple[str, str, str] | None:
    """The words before "bukan", those that are wrong, and those that follow "tapi" or a comma."""
    denied: re.Match[str] | None = None
    by_comma: tuple[str, str, str] | None = None
    for sign in SIGNS.finditer(text):
        apart = denied and _apart(text, denied, sign)
        if sign["not"]:
            denied = denied or sign
        elif apart and sign["but"]:
            return apart
        elif sign[0].startswith(","):
            by_comma = by_comma or (None if denied and denied["elsewhere"] else apart)
            denied = None
    return by_comma


def _apart(text: str, denied: re.Match[str], sign: re.Match[str]) -> tuple[str, str, str] | None:
    parts = text[: denied.start()], text[denied.end() : sign.start()].strip(), text[sign.end() :]
    return parts if parts[1] and parts[2] else None


def _plain(words: str) -> str:
    return without_politeness(words).strip(" ,.:;!")


def without_leads(text: str, leads: Sequence[str], names: Sequence[str]) -> str:
    """The words behind "salah, namanya": what is left once the leads and names are gone.

    An RT or RW keeps its own name: "rt nya salah, harusnya 4" is "rt 4".
    """
    words = text.split()
    known = {*leads, *names}
    told = [bare(_word(w)) for w in words if _word(w) not in known and bare(_word(w)) not in known]
    if len(told) == len(("rt", "3")) and told[0] in RT_RW and told[1].isdigit():
        return " ".join(told)
    while words and (_word(words[0]) in leads or bare(_word(words[0])) in {*leads, *names}):
        words.pop(0)
    return " ".join(words).strip(" ,.:;!")


def _word(word: str) -> str:
    return word.lower().strip(" ,.:;!?")


def bare(word: str) -> str:
    """A word without "-nya": "namanya" is "nama"."""
    return word.removesuffix("nya") if len(word) > 4 else word  # noqa: PLR2004


def written(stored: Json) -> str:
    """The words of an answer in which a part may be changed; empty where it has none."""
    text = stored.get("teks", "") if isinstance(stored, Mapping) else stored
    return text if isinstance(text, str) else ""


def swapped(field: Field, told: str, change: Swap) -> str | None:
    """The answer `told` with the old part changed; None where it does not hold that part.

    A whole answer that is told anew ("Siti Aminah bukan Sitti") stands by itself.
    """
    old, new = change.old, change.new
    if field.kind in PLACES:
        new = _labelled(new)
        label = re.match(r"(R[TW]) \d+$", new)
        old = _labelled(f"{label[1]} {old}" if label and old.isdigit() else old)
    part = _part(old)
    if not old or not new or not part.search(told):
        return None
    if field.kind not in PLACES and len(words_of(new)) != len(words_of(old)):
        return new
    return part.sub(lambda _: new, told, count=1)


def _labelled(text: str) -> str:
    """Write each RT and RW with its number like "RT 03"."""
    return LABELLED.sub(lambda m: f"R{m[1][-1].upper()} {int(m[2]):02d}", text)


def _part(old: str) -> re.Pattern[str]:
    """Where a part stands in an answer; an RT or RW in whatever way it was written."""
    label = re.fullmatch(r"(R)([TW]) (\d+)", old)
    if label is None:
        return re.compile(rf"(?<!\w){re.escape(old)}(?!\w)", re.IGNORECASE)
    return re.compile(rf"\br\.?\s?{label[2]}\.?[\s.:-]*0*{int(label[3])}\b", re.IGNORECASE)


def completed(field: Field, told: str, value: str) -> str:
    """A new value; where it is an RT or RW alone, the old place with that one instead."""
    if field.kind not in PLACES or not told:
        return value
    parts = ONLY_RT_RW.fullmatch(_labelled(value).strip())
    if parts is None or not (parts["rt"] or parts["rw"]):
        return value
    for name in ("rt", "rw"):
        if parts[name]:
            told = _with(told, name.upper(), parts[name])
    return told


def _with(told: str, label: str, number: str) -> str:
    written = rf"\br\.?\s?{label[-1]}\.?[\s.:-]*\d{{1,3}}"
    changed, count = re.subn(written, f"{label} {number}", told, count=1, flags=re.IGNORECASE)
    return changed if count else f"{told}, {label} {number}"

"""Odd texts and odd shapes, all by chance from a seed."""

from __future__ import annotations

import copy
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

from tests.support.long_texts import UNITS

MOST_UNITS = 4096
"""Telegram's longest message, in UTF-16 units."""
SAID = (
    *("menu", "batal", "bantuan", "petugas", "ulang", "status", "data saya", "hapus", "ya"),
    *("tidak", "lewati", "belum beres", "mau kasih nilai", "/start", "/start x", "/menu"),
    *("KTP hilang", "mau bikin surat domisili", "lampu jalan mati di gang mawar", "kk ilang"),
    *("berapa lama jadinya?", "syaratnya apa", "biayanya berapa", "salah, namanya Budi"),
    *("makasih", "halo", "dukcapil buka jam berapa", "kebakaran tolong", "goblok semua"),
    *("jangan sampe suami saya tau", "laporan saya ditutup padahal belum", "sangat baik", "4"),
    *("SKM-7F3-KQ9", "cek SKM-E77-8Q5", "3578014507900001", "0812 3456 7890", "150 ribu"),
    *("Siti Aminah", "Dusun Krajan RT 01/RW 02 Desa Tegalsari", "12 november 2026", "kemarin"),
    *("gopek", "dua juta setengah", "buat ktp sama kk sekaligus", "bukan KK pak tapi KTP"),
    *("besok aja", "bentar ya", "hello can you help me please", "puas", "kurang", "gatau"),
)
PIECES = (
    *("\0", "\n", "\t", "\r", "\x1b[31m", "\u200b", "\u200d", "\u202e", "\u2028", "\ufeff"),
    *(
        "e\u0301" * 9,
        "ﷺ",
        "𝕂𝕋ℙ",
        "٣٥٧٨",
        "½",
        "²",
        "Ⅷ",
        "一二三",
        "🙏🏽",
        "👨‍👩‍👧‍👦",
        "İ",
        "ß",
        "ﬁ",
    ),
    *("<b>", "</b>", "<script>", "&amp;", "&#0;", "&", "<", ">", '"', "'", "\\", "{nomor}", "{0}"),
    *("%s", "%n", "{{7*7}}", "${7*7}", "'; DROP TABLE x;--", "../../etc/passwd", "\\x00", "|"),
    *("9" * 30, "-1", "1e309", "0x10", "NaN", "1.000.000.000.000", "0000000000000000", "31/02"),
    *("RT", "RW", "tgl", "jt", "rb", "http://a.b/c?d=e", "@balai_bot", "#", "*", "_", "`"),
)
CONTROLS = frozenset({"Cs", "Cn", "Co"})


def letter(random: Random) -> str:
    """Any character that a message can hold."""
    while True:
        one = chr(random.randrange(0x110000 if random.random() < 0.3 else 0x3000))
        if unicodedata.category(one) not in CONTROLS:
            return one


def text(random: Random) -> str:
    """What somebody may write: sense, sense with a twist, or nonsense; never too long."""
    kind = random.random()
    if kind < 0.35:
        return random.choice(SAID)
    if kind < 0.7:
        return cut(twisted(random, random.choice(SAID)))
    if kind < 0.8:
        return cut("".join(letter(random) for _ in range(random.randrange(80))))
    if kind < 0.9:
        return cut(" ".join(random.choices((*SAID, *PIECES), k=random.randrange(1, 60))))
    return long_run(random)


def long_run(random: Random) -> str:
    """A message as long as can be that makes a bad pattern try everything."""
    unit = random.choice((*UNITS, *PIECES, *(f"{word} " for word in SAID)))
    head, tail = (random.choice((*PIECES, *SAID, "", "a")) for _ in range(2))
    room = MOST_UNITS - len(head) * 2 - len(tail) * 2
    return cut(head + (unit * room)[: room // 2 if not unit.isascii() else room] + tail)


def twisted(random: Random, said: str) -> str:
    """A few characters of a text are gone, doubled, changed, or joined by others."""
    letters = list(said)
    for _ in range(random.randrange(1, 6)):
        at = random.randrange(len(letters) + 1)
        end = min(at + random.randrange(3), len(letters))
        letters[at:end] = random.choice(
            (
                [],
                letters[at:end] * random.randrange(1, 30),
                [letter(random)],
                list(random.choice(PIECES)),
                list(random.choice(SAID)),
                [one.swapcase() for one in letters[at:end]],
            )
        )
    return "".join(letters)


def cut(said: str, most: int = MOST_UNITS) -> str:
    """No longer than Telegram lets a message be."""
    return said.encode("utf-16-le")[: 2 * most].decode("utf-16-le", errors="ignore")


HALF = "\ud800"
VALUES: Sequence[Callable[[Random], Any]] = (
    lambda _: None,
    lambda _: True,
    lambda random: random.choice((0, -1, 1, 2**31, 2**53, 2**63 - 1, 2**63, -(2**63), 10**400)),
    lambda random: random.choice((0.5, -0.0, 1e308, float("inf"), float("nan"))),
    lambda _: "",
    lambda _: HALF,
    text,
    lambda random: "x" * random.choice((64, 256, 5000)),
    lambda _: [],
    lambda _: {},
    lambda _: [[[[]]]],
    lambda _: [{"a": None}],
    lambda random: {random.choice(("id", "type", "text")): random.randrange(9)},
)


def value(random: Random) -> Any:
    """Something that nobody expects."""
    return random.choice(VALUES)(random)


def misshapen(random: Random, whole: Any) -> Any:
    """A copy of some JSON of which a few things are replaced, gone, renamed or doubled."""
    changed = copy.deepcopy(whole)
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        held = list(places(changed))
        if not held:
            return value(random)
        _damage(random, *random.choice(held))
    return changed


def places(whole: Any) -> Iterator[tuple[Any, Any]]:
    """Every place of some JSON, as what holds it and the key or number there."""
    keys = whole if isinstance(whole, dict) else range(len(whole))
    for key in list(keys) if isinstance(whole, dict | list) else ():
        yield whole, key
        if isinstance(whole[key], dict | list):
            yield from places(whole[key])


def _damage(random: Random, holder: Any, key: Any) -> None:
    kind = random.random()
    if kind < 0.6:
        holder[key] = value(random)
    elif kind < 0.8:
        del holder[key]
    elif kind < 0.9 and isinstance(holder, dict):
        holder[f"{key}{random.choice('_x')}"] = holder.pop(key)
    else:
        holder[key] = [holder[key], copy.deepcopy(holder[key])]

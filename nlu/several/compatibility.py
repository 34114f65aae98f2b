"""Says which wishes may stand beside each other, and how strongly the words must turn."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from nlu.several import cues
from nlu.several.boundaries import Turn
from nlu.several.plan import Plan
from nlu.several.wish import ABOUT, APPLY, ASK, ELSEWHERE, PLACE, REPORT, Wish

WORTH: Mapping[Turn, float] = {Turn.COMMA: 0.65, Turn.STOP: 0.65, Turn.LINK: 0.55, Turn.TOPIC: 0.4}
"""How sure two wishes must be at each kind of joint, intent and target together."""

ENOUGH: Mapping[tuple[str, str], Turn] = {
    (APPLY, APPLY): Turn.STOP,
    (APPLY, ASK): Turn.STOP,
    (ASK, APPLY): Turn.STOP,
    (ASK, ASK): Turn.COMMA,
    (APPLY, PLACE): Turn.COMMA,
    (REPORT, PLACE): Turn.COMMA,
    (ASK, PLACE): Turn.STOP,
    (PLACE, ASK): Turn.STOP,
    (PLACE, APPLY): Turn.STOP,
    ("daftar_layanan", PLACE): Turn.STOP,
    (REPORT, REPORT): Turn.COMMA,
    (REPORT, APPLY): Turn.LINK,
    (APPLY, REPORT): Turn.LINK,
    (REPORT, ASK): Turn.LINK,
    (ASK, REPORT): Turn.LINK,
    ("cek_status", APPLY): Turn.LINK,
    ("cek_status", ASK): Turn.LINK,
    ("cek_status", PLACE): Turn.COMMA,
    ("buka_kembali", REPORT): Turn.LINK,
    ("batal", APPLY): Turn.COMMA,
    ("permohonan_saya", "batal"): Turn.COMMA,
    ("data_saya", APPLY): Turn.LINK,
    (REPORT, "minta_petugas"): Turn.COMMA,
    ("cek_status", "minta_petugas"): Turn.COMMA,
    ("minta_petugas", "cek_status"): Turn.COMMA,
    ("beri_nilai", REPORT): Turn.COMMA,
    (ELSEWHERE, APPLY): Turn.LINK,
    (APPLY, ELSEWHERE): Turn.LINK,
}
"""How strongly a message must turn between two wishes."""

CLEAR = 0.85
"""Others must turn to another topic, or be as sure as this and stand behind a link or a stop."""

ONE_MATTER = frozenset(
    {frozenset(pair) for pair in (
        ("pohon", "tebang_pohon"), ("bansos", "dtsen"), ("bansos", "sktm"),
        ("sampah", "angkut_sampah"), ("air_bersih", "sambungan_air"),
        ("sekolah", "mutasi_sekolah"), ("sekolah", "usul_pip"), ("kesehatan", "kis_aktif"),
        ("kesehatan", "jkn_daftar"), ("pasar_pkl", "usaha"), ("pasar_pkl", "bantuan_umkm"),
    )}
)  # fmt: skip
"""A complaint and a service that tell of one thing: the story decides, not its parts."""

ONE_PAPER = frozenset({"ktp", "kk", "pindah"})
"""Services whose slugs begin so are ways to one paper: a lost and a new KTP."""

WHERE_MINE_IS = frozenset({"cek_status", "permohonan_saya"})
CRITICISM = frozenset({"pelayanan_petugas", "pungli", "kesehatan"})


def all_differ(plan: Plan, wishes: Sequence[Wish]) -> bool:
    """Whether no two are the same, and each pair of neighbours has enough of a turn."""
    if not wishes or len({(wish.intent, wish.target) for wish in wishes}) < len(wishes):
        return False
    return all(_turns_enough(plan, first, then) for first, then in pairwise(wishes))


def _turns_enough(plan: Plan, first: Wish, then: Wish) -> bool:
    if min(first.worth, then.worth) < WORTH[then.turn]:
        return False
    if {first.intent, then.intent} <= WHERE_MINE_IS or _same_service(first, then):
        return False
    if then.turn is Turn.TOPIC:
        return True
    another = _clear(first, then) and _tells_another(plan, first, then)
    enough = ENOUGH.get((first.family, then.family), Turn.STOP if another else Turn.TOPIC)
    return then.turn >= enough and not _one_story(plan, first, then)


def _clear(first: Wish, then: Wish) -> bool:
    """Whether both are beyond doubt."""
    return min(first.worth, then.worth) >= CLEAR


def _tells_another(plan: Plan, first: Wish, then: Wish) -> bool:
    """Whether the second is about something else, and says more of it than its name."""
    if then.target is None and then.intent not in WHERE_MINE_IS:
        return False
    about = then.intent in ABOUT | WHERE_MINE_IS and then.target != first.target
    return about and not cues.names_only(plan.plain(*then.span))


def _same_service(first: Wish, then: Wish) -> bool:
    """Whether a question is about the very service that is wanted beside it."""
    asked = {first.target, then.target}
    return APPLY in {first.intent, then.intent} and (len(asked) == 1 or _unnamed(then))


def _unnamed(wish: Wish) -> bool:
    return wish.family == ASK and wish.target is None


def _one_paper(first: Wish, then: Wish) -> bool:
    papers = {str(wish.target).partition("_")[0] for wish in (first, then)}
    return len(papers) == 1 and papers <= ONE_PAPER


def _one_story(plan: Plan, first: Wish, then: Wish) -> bool:
    """Whether two wishes are likelier the ways in which one matter is told."""
    targets = frozenset({first.target, then.target})
    if then.intent == APPLY and _one_paper(first, then):
        return True
    if then.intent == REPORT and first.intent in {REPORT, "buka_kembali"}:
        added = cues.added(plan.plain(*then.span), plan.text)
        apart = then.turn >= Turn.LINK and _clear(first, then)
        return len(targets) == 1 or not (added or apart)
    if first.intent == "beri_nilai":
        return then.target in CRITICISM or not cues.wants(plan.plain(*then.span))
    if first.family == then.family == ASK:
        told_apart = len(targets) == 2 and _clear(first, then)
        vague = "tanya_info" in {first.intent, then.intent}
        return not told_apart and (first.intent == then.intent or vague)
    return targets in ONE_MATTER

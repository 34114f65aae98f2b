"""What a sentence says within one of its wishes, and without what it takes back."""

from __future__ import annotations

import pytest

from actions.domain.understanding import Candidate, Entity, Understanding, Wish

TEXT = "nama saya Siti, bukan KK pak, KTP hilang tanggal 5, sekalian lampu di Sidomulyo mati"
APPLY = Candidate("ajukan_layanan", 0.95)


def entity(kind: str, words: str) -> Entity:
    return Entity(kind, words, TEXT.index(words), TEXT.index(words) + len(words))


def wish(words: str, target: str | None) -> Wish:
    start = TEXT.index(words)
    return Wish(APPLY, Candidate(target, 0.9) if target else None, start, start + len(words))


KNOWN = Understanding(
    TEXT,
    (Candidate("lapor", 0.5),),
    (Candidate("lampu_jalan", 0.5),),
    (entity("nama", "Siti"), entity("tanggal", "tanggal 5"), entity("wilayah", "Sidomulyo")),
    normalised=TEXT.lower(),
    denied=((TEXT.index("bukan KK"), TEXT.index(", KTP")),),
)


def test_a_part_holds_only_its_own_words_and_entities() -> None:
    part = KNOWN.part(wish("lampu di Sidomulyo mati", "lampu_jalan"))
    assert part.text == "lampu di Sidomulyo mati"
    assert [part.text[e.start : e.end] for e in part.entities] == ["Sidomulyo"]
    assert part.intent == APPLY
    assert [target.name for target in part.targets] == ["lampu_jalan"]
    assert part.denied == ()


def test_what_is_denied_within_a_part_stays_denied() -> None:
    part = KNOWN.part(wish("bukan KK pak, KTP hilang tanggal 5", "ktp_hilang"))
    assert part.affirmed.strip(" ,") == "KTP hilang tanggal 5"


def test_who_speaks_belongs_to_every_part() -> None:
    part = KNOWN.part(wish("lampu di Sidomulyo mati", None), (entity("nama", "Siti"),))
    assert [e.value for e in part.of("nama")] == ["Siti"]
    assert part.targets == ()


@pytest.mark.parametrize(
    ("denied", "affirmed"),
    [((), "a b c d"), (((0, 1),), "  b c d"), (((2, 3), (6, 7)), "a   c  ")],
)
def test_the_affirmed_text_is_the_rest(denied: tuple[tuple[int, int], ...], affirmed: str) -> None:
    known = Understanding("a b c d", (APPLY,), denied=denied)
    assert known.affirmed == affirmed

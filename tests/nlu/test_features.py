"""What the model sees of a sentence: the same for the same words, however they are typed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.nlu_inside import inside

LEARNED = """mau buat ktp
ktp saya hilang
bagaimana urus kk
lampu jalan mati
jalan rusak
nik saya 3299011204880003
nomor saya 081200001234
lampu mati di rt 03 rw 05
mau pindah ke bandung
kode SKM-7J5-6W3 sudah selesai
bayar 50000
terima kasih bu""".splitlines()
ASKED = {
    "plain": "bagaimana buat ktp",
    "chat": "gmn bikin KTP",
    "polite": "selamat pagi bu, gimana bikin ktp, terima kasih",
    "one nik": "nik saya 3299011204880003",
    "other nik": "nik saya 3205 1245 1190 0002",
    "one phone": "nomor saya 081200001234",
    "other phone": "nomor saya +62 857-0000-4321",
    "one code": "kode SKM-7J5-6W3 sudah selesai",
    "other code": "kode skm lpm j9a sudah selesai",
    "one place": "lampu mati di rt 03 rw 05",
    "other place": "lampu mati di RT.7/RW.11",
    "one town": "mau pindah ke bandung",
    "other town": "mau pindah ke medan",
    "another wish": "lampu jalan mati",
    "half strange": "bagaimana buat ktp qxqxq wzwzw",
    "strange": "qxqxq",
    "empty": "",
}
PROGRAM = """
import json, pickle, sys
from nlu.features.delexicalised import without_names
from nlu.entities.span import Span
from nlu.features.text_features import FeatureSettings, TextFeatures
from nlu.text.normalise import read_slang
given = json.load(sys.stdin)
asked = list(given["asked"].values())
places = ["bandung", "medan"]
def fit(**settings):
    features = TextFeatures(read_slang(), FeatureSettings(min_count=1, **settings))
    return features.fit(given["learned"], ["KTP"], places)
full = fit()
rows = {name: fit(**settings).transform(asked) for name, settings in given["settings"].items()}
stored = pickle.loads(pickle.dumps(full)).transform(asked)
print(json.dumps({
    "rows": dict(zip(given["asked"], full.transform(asked).toarray().round(5).tolist())),
    "stored": dict(zip(given["asked"], stored.toarray().round(5).tolist())),
    "widths": {name: found.shape[1] for name, found in rows.items()},
    "delexicalised": without_names("mau urus ktp ilang", [
        Span(9, 12, "layanan", "ktp_baru", 1.0), Span(9, 18, "layanan", "ktp_hilang", 2.0),
    ]),
}))
"""
Answer = dict[str, Any]


@pytest.fixture(scope="module")
def seen() -> Answer:
    """The rows of all sentences, after learning the words of some."""
    settings = {"all": {}, "single words": {"word_pairs": False}, "no stems": {"stems": False}}
    return dict(inside(PROGRAM, {"learned": LEARNED, "asked": ASKED, "settings": settings}))


def test_chat_spelling_and_courtesies_make_no_difference(seen: Answer) -> None:
    assert seen["rows"]["chat"] == seen["rows"]["plain"]
    assert seen["rows"]["polite"] == seen["rows"]["plain"]


@pytest.mark.parametrize("kind", ["nik", "phone", "code", "place", "town"])
def test_one_number_or_place_is_as_good_as_another(seen: Answer, kind: str) -> None:
    assert seen["rows"][f"one {kind}"] == seen["rows"][f"other {kind}"]


def test_another_wish_is_another_row(seen: Answer) -> None:
    assert seen["rows"]["another wish"] != seen["rows"]["plain"]


def length(row: list[float]) -> float:
    return sum(value * value for value in row)


def test_words_and_characters_count_the_same(seen: Answer) -> None:
    for name in ("another wish", "one nik", "one place"):
        assert length(seen["rows"][name]) == pytest.approx(2.0, abs=1e-2)


def test_what_was_never_learned_makes_the_rest_count_less(seen: Answer) -> None:
    assert length(seen["rows"]["half strange"]) < length(seen["rows"]["plain"])


def test_nothing_known_is_an_empty_row(seen: Answer) -> None:
    assert not any(seen["rows"]["empty"])
    assert not any(seen["rows"]["strange"])


def test_what_was_learned_can_be_stored(seen: Answer) -> None:
    assert seen["stored"] == seen["rows"]


def test_each_kind_of_feature_can_be_left_out(seen: Answer) -> None:
    assert seen["widths"]["single words"] < seen["widths"]["all"]
    assert seen["widths"]["no stems"] < seen["widths"]["all"]


def test_of_names_that_overlap_the_surest_is_taken_out(seen: Answer) -> None:
    assert seen["delexicalised"].split() == ["mau", "urus", "zzlayanan"]

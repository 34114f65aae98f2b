"""data/ becomes training data, and a model is named by everything that makes it."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from nlu.build import CONFIG, DATA_PATTERNS, fingerprint, write_training_data
from nlu.corpus import Corpus, Example, read_corpus, read_yaml

DATA = Path(__file__).parents[2] / "data"
INTENTS = Path("language/intents")
CORPUS = read_corpus(DATA)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of all that training reads."""
    for pattern in DATA_PATTERNS:
        for path in DATA.glob(pattern):
            copy = tmp_path / "data" / path.relative_to(DATA)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
    return tmp_path / "data"


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_the_same_data_give_the_same_name(data: Path) -> None:
    assert fingerprint(data) == fingerprint(DATA)


@pytest.mark.parametrize("pattern", DATA_PATTERNS)
def test_a_change_in_any_file_that_is_learned_from_gives_another_name(
    data: Path, pattern: str
) -> None:
    before = fingerprint(data)
    changed = max(data.glob(pattern))
    append(changed, "# another line\n")
    assert fingerprint(data) != before


@pytest.mark.parametrize(
    "change",
    [
        lambda data: (data / "services/ktp_baru.yml").rename(data / "services/zz_baru.yml"),
        lambda data: (data / "complaints/sampah.yml").unlink(),
        lambda data: shutil.copyfile(
            data / INTENTS / "sapa.yml", data / INTENTS / "sapa_lagi.yml"
        ),
    ],
    ids=["renamed", "removed", "added"],
)
def test_a_file_that_comes_or_goes_gives_another_name(
    data: Path, change: Callable[[Path], object]
) -> None:
    before = fingerprint(data)
    change(data)
    assert fingerprint(data) != before


def test_a_file_that_is_not_learned_from_changes_nothing(data: Path) -> None:
    before = fingerprint(data)
    (data / "texts").mkdir()
    (data / "texts/umum.yml").write_text("halo: Selamat datang\n", encoding="utf-8")
    (data / "services/ktp_baru.yml").touch()
    assert fingerprint(data) == before


def test_another_pipeline_gives_another_name(data: Path, tmp_path: Path) -> None:
    other = tmp_path / "config.yml"
    shutil.copyfile(CONFIG, other)
    assert fingerprint(data, other) == fingerprint(data)
    append(other, "# other settings\n")
    assert fingerprint(data, other) != fingerprint(data)


def test_reading_and_writing_twice_gives_the_same_bytes(data: Path, tmp_path: Path) -> None:
    first = write_training_data(read_corpus(data), tmp_path / "one")
    second = write_training_data(read_corpus(data), tmp_path / "two")
    assert first.read_bytes() == second.read_bytes()


def test_all_slots_are_filled() -> None:
    assert [example.text for example in CORPUS.examples if "{" in example.text] == []


def test_a_slot_is_filled_by_its_sentence_alone(data: Path) -> None:
    append(data / INTENTS / "sapa.yml", "  - nama saya {nama} dari desa {desa}\n")
    greetings = [e.text for e in read_corpus(data).examples if e.intent == "sapa"]
    [filled] = [
        text for text in greetings if text.startswith("nama saya ") and " dari desa " in text
    ]
    names = [str(name) for name in read_yaml(data / "language/words/isian.yml")["nama"]]
    villages = CORPUS.lookups["wilayah/desa"]
    name, village = filled.removeprefix("nama saya ").split(" dari desa ")
    assert (name in names, village in villages) == (True, True)
    (data / "services/ktp_baru.yml").unlink()
    assert filled in [example.text for example in read_corpus(data).examples]


def test_a_slot_that_no_list_fills_stops_the_build(data: Path) -> None:
    append(data / INTENTS / "sapa.yml", "  - saya pakai {sepatu}\n")
    with pytest.raises(KeyError, match="sepatu"):
        read_corpus(data)


def test_targets_come_from_the_mark_or_from_the_file(data: Path) -> None:
    append(data / INTENTS / "tanya_biaya.yml", "  - '[ktp_hilang] ktp raib bayarnya berapa'\n")
    append(data / "complaints/sampah.yml", "  - gunungan sampah di mana mana nih\n")
    append(data / "services/kia.yml", "  - tolong kartu anak buat si bungsu\n")
    examples = read_corpus(data).examples
    for example in (
        Example("ktp raib bayarnya berapa", "tanya_biaya", "ktp_hilang"),
        Example("gunungan sampah di mana mana nih", "lapor", "sampah"),
        Example("tolong kartu anak buat si bungsu", "ajukan_layanan", "kia"),
    ):
        assert example in examples


def test_every_target_is_something_that_the_office_knows() -> None:
    known = {name.partition("/")[2] for name in CORPUS.lookups}
    assert {example.target for example in CORPUS.examples if example.target} <= known


def test_every_service_and_complaint_has_sentences_and_names() -> None:
    sentences = Counter(example.target for example in CORPUS.examples)
    for folder, kind in (("services", "layanan"), ("complaints", "keluhan")):
        for path in (DATA / folder).glob("*.yml"):
            assert sentences[path.stem] >= 1, path.stem
            assert len(CORPUS.lookups[f"{kind}/{path.stem}"]) >= 2, path.stem


def test_places_elsewhere_are_none_of_the_offices_own() -> None:
    own = {name.lower() for name in CORPUS.lookups["wilayah/desa"]}
    assert own.isdisjoint(CORPUS.lookups["daerah_lain/nama"])


def test_training_data_are_what_rasa_reads(tmp_path: Path) -> None:
    corpus = Corpus(
        [
            Example("ktp saya\nilang", "ajukan_layanan", "ktp_hilang"),
            Example("halo", "sapa"),
            Example("halo", "sapa"),
        ],
        {"kantor/samsat": ["samsat", "Kantor Samsat"]},
    )
    written = read_yaml(write_training_data(corpus, tmp_path / "new"))
    assert written == {
        "version": "3.1",
        "nlu": [
            {
                "intent": "ajukan_layanan",
                "metadata": {"target": "ktp_hilang"},
                "examples": "- ktp saya ilang\n",
            },
            {"intent": "sapa", "examples": "- halo\n"},
            {"lookup": "kantor/samsat", "examples": "- samsat\n- Kantor Samsat\n"},
        ],
    }


LEARNT = """# written by the console
- {"teks": "plastike kelupas nih {nama}", "niat": "ajukan_layanan", "target": "ktp_rusak"}
- {"teks": "no", "niat": "tolak"}
- {"teks": "tandanya [ktp](layanan) {alamat}", "niat": "sapa"}
- {"teks": "maksudnya sudah tidak ada", "niat": "dulu_ada"}
- {"teks": "layanannya sudah tidak ada", "niat": "ajukan_layanan", "target": "dulu_ada"}
- {"teks": "isian {karangan}", "niat": "sapa"}
"""


@pytest.fixture
def learnt(tmp_path: Path) -> Path:
    path = tmp_path / "learnt.yml"
    path.write_text(LEARNT, encoding="utf-8")
    return path


def test_an_offices_own_sentences_are_learnt_beside_the_shipped_ones(learnt: Path) -> None:
    corpus = read_corpus(DATA, learnt)
    own = corpus.examples[len(CORPUS.examples) :]
    assert corpus.examples[: len(CORPUS.examples)] == CORPUS.examples
    assert [(e.intent, e.target) for e in own] == [
        ("ajukan_layanan", "ktp_rusak"),
        ("tolak", None),
        ("sapa", None),
    ]
    assert own[0].text.startswith("plastike kelupas nih ")
    assert own[1].text == "no"
    assert not any(set("[](){}") & set(example.text) for example in own)


def test_own_sentences_give_the_model_another_name(learnt: Path, tmp_path: Path) -> None:
    without = fingerprint(DATA)
    assert fingerprint(DATA, learnt=learnt) != without
    assert fingerprint(DATA, learnt=tmp_path / "missing.yml") == without
    learnt.write_text("# nothing was accepted\n", encoding="utf-8")
    assert fingerprint(DATA, learnt=learnt) == without

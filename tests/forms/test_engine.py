"""What to ask next is computed from the answers, whatever they are."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.forms.context import FormContext, RawAnswer, Unreadable, YesNo
from actions.forms.engine import (
    WRITTEN,
    Found,
    MayNotSkip,
    NotAsked,
    answer,
    defer,
    holds,
    next_field,
    prefill,
    skip,
    summary,
    visible,
    written,
)
from actions.forms.form import Answers, Choice, Field, Form, Json, from_json, to_json

NOW = FormContext(date(2026, 11, 24), words=YesNo(frozenset({"ya"}), frozenset({"tidak"})))


def field(key: str, kind: str, **more: Any) -> Field:
    return Field(key=key, kind=kind, label=key.capitalize(), question=f"{key}?", **more)


LOST_CARD = Form(
    "ktp_hilang",
    (
        field("nama", "nama"),
        field("nik", "nik"),
        field(
            "lapor",
            "pilihan",
            choices=(Choice("sudah", "Sudah"), Choice("belum", "Belum")),
        ),
        field("tanggal", "tanggal", when={"lapor": ("sudah",)}, limits={"batas": "lampau"}),
        field("surat", "foto", required=False, when={"lapor": ("sudah",)}),
        field("bantu", "ya_tidak", when={"lapor": ("belum",)}),
        field("kenapa", "teks", when={"lapor": ("belum",), "bantu": ("ya",)}),
        field("hp", "telepon", required=False),
    ),
)
NIK = "3578014107850001"


def fill(answers: Answers, **texts: str) -> dict[str, Json]:
    filled = dict(answers)
    for key, text in texts.items():
        filled = answer(LOST_CARD, filled, key, RawAnswer(text=text), NOW)
    return filled


def keys(form: Form, answers: Answers) -> list[str]:
    return [field.key for field in visible(form, answers)]


def test_a_form_is_led_to_its_end() -> None:
    answers = fill({}, nama="siti", nik=NIK, lapor="sudah")
    asked = next_field(LOST_CARD, answers)
    assert asked is not None
    assert asked.key == "tanggal"
    with pytest.raises(Unreadable):
        fill(answers, tanggal="besok")
    answers = fill(answers, tanggal="kemarin")
    answers = skip(LOST_CARD, answers, "surat")
    assert next_field(LOST_CARD, answers) is not None
    answers = fill(answers, hp="081234567890")
    assert next_field(LOST_CARD, answers) is None
    assert [(field.key, shown) for field, shown in summary(LOST_CARD, answers)] == [
        ("nama", "Siti"),
        ("nik", "3578••••••••0001"),
        ("lapor", "Sudah"),
        ("tanggal", "Senin, 23 November 2026"),
        ("surat", "–"),
        ("hp", "0812-3456-7890"),
    ]


def test_a_corrected_answer_drops_what_no_longer_applies() -> None:
    answers = fill({}, nama="siti", nik=NIK, lapor="belum", bantu="ya", kenapa="jauh")
    answers = fill(answers, lapor="sudah")
    assert set(answers) == {"nama", "nik", "lapor"}
    assert keys(LOST_CARD, answers)[3:] == ["tanggal", "surat", "hp"]


def test_a_condition_on_a_hidden_answer_does_not_hold() -> None:
    stale: Answers = {"lapor": "sudah", "bantu": "ya"}
    assert "kenapa" not in keys(LOST_CARD, stale)


def test_only_optional_questions_are_skipped_but_any_can_be_left_to_an_officer() -> None:
    with pytest.raises(MayNotSkip):
        skip(LOST_CARD, {}, "nik")
    answers = defer(LOST_CARD, {}, "nik")
    assert answers == {"nik": None}


def test_the_words_are_kept_where_an_answer_reads_otherwise() -> None:
    answers = fill({}, nama="sy siti", nik=NIK, lapor="udah ke polsek sudah", tanggal="kemarin")
    assert written(answers, "nama") == "sy siti"
    assert written(answers, "nik") is None
    assert written(answers, "tanggal") == "kemarin"
    answers = fill(answers, nama="Siti Aminah", lapor="belum")
    assert WRITTEN not in answers
    answers = skip(LOST_CARD, fill(answers, hp="hp saya 0812 3456 7890"), "hp")
    assert written(answers, "hp") is None
    answers = answer(LOST_CARD, answers, "lapor", RawAnswer(button="sudah"), NOW)
    assert written(answers, "lapor") is None
    told = prefill(LOST_CARD, {}, [Found("nama", "sy budi")], NOW)
    assert (told["nama"], written(told, "nama")) == ("Budi", "sy budi")


def test_a_question_that_does_not_apply_is_refused() -> None:
    for act in (skip, defer):
        with pytest.raises(NotAsked):
            act(LOST_CARD, {}, "surat")
    with pytest.raises(NotAsked):
        answer(LOST_CARD, {}, "tanggal", RawAnswer(text="kemarin"), NOW)
    with pytest.raises(NotAsked):
        answer(LOST_CARD, {}, "warna", RawAnswer(text="merah"), NOW)


def test_conditions_are_all_needed_each_with_one_of_its_values() -> None:
    when = {"lapor": ("sudah", "belum"), "bantu": ("ya",)}
    assert holds(when, {"lapor": "belum", "bantu": "ya"})
    assert not holds(when, {"lapor": "belum", "bantu": "tidak"})
    assert not holds(when, {"lapor": None, "bantu": "ya"})
    assert not holds(when, {})
    assert holds({"jumlah": ("2",)}, {"jumlah": 2})
    assert holds({}, {})


def test_what_was_said_before_is_filled_where_it_is_clear() -> None:
    found = [
        Found("nik", "3578 0141 0785 0001"),
        Found("nama", "siti aminah"),
        Found("telepon", "0812"),
        Found("tanggal", "kemarin"),
        Found("warna", "merah"),
    ]
    assert prefill(LOST_CARD, {}, found, NOW) == {"nik": NIK, "nama": "Siti Aminah"}


def test_two_values_for_one_question_are_asked_about() -> None:
    found = [Found("nama", "siti"), Found("nama", "budi"), Found("nik", NIK), Found("nik", NIK)]
    assert prefill(LOST_CARD, {}, found, NOW) == {"nik": NIK}


def test_one_value_for_two_questions_is_asked_about() -> None:
    form = Form("x", (field("ayah", "nama"), field("ibu", "nama")))
    assert prefill(form, {}, [Found("nama", "siti")], NOW) == {}


def test_an_answer_is_never_overwritten_by_what_was_said_before() -> None:
    assert prefill(LOST_CARD, {"nama": None}, [Found("nama", "siti")], NOW) == {"nama": None}


kinds = st.sampled_from(["teks", "nama", "angka", "ya_tidak", "pilihan"])
CHOICES = (Choice("a", "Apel"), Choice("b", "Belimbing"))


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """A form whose conditions name earlier questions."""
    fields: list[Field] = []
    for number in range(draw(st.integers(1, 6))):
        earlier = draw(st.sampled_from([None, *fields]))
        when: dict[str, tuple[str, ...]] = {}
        if earlier is not None:
            when[earlier.key] = tuple(draw(st.sets(st.sampled_from(["ya", "tidak", "a", "b"]))))
        kind = draw(kinds)
        choices = CHOICES if kind == "pilihan" else ()
        fields.append(
            field(f"f{number}", kind, required=draw(st.booleans()), when=when, choices=choices)
        )
    return Form("x", tuple(fields))


texts = st.sampled_from(["ya", "tidak", "1", "2", "Apel", "siti", "?"]) | st.text(max_size=8)
steps = st.lists(st.tuples(st.integers(0, 5), texts, st.sampled_from(["say", "skip", "defer"])))


@given(forms(), steps)
def test_whatever_is_done_answers_stay_within_the_form(
    form: Form, taken: list[tuple[int, str, str]]
) -> None:
    answers: dict[str, Json] = {}
    for number, text, way in taken:
        try:
            answers = _do(form, answers, f"f{number}", text, way)
        except (Unreadable, NotAsked, MayNotSkip):
            continue
        answered = set(answers) - {WRITTEN}
        assert answered <= set(keys(form, answers))
        assert json.loads(json.dumps(answers)) == answers
        assert len(summary(form, answers)) == len(answered)
        assert {key for key in answered if written(answers, key)} == {*answers.get(WRITTEN, ())}


def _do(form: Form, answers: Answers, key: str, text: str, way: str) -> dict[str, Json]:
    if way == "say":
        return answer(form, answers, key, RawAnswer(text=text), NOW)
    return skip(form, answers, key) if way == "skip" else defer(form, answers, key)


@given(forms(), st.sampled_from(["ya", "tidak"]))
def test_who_answers_well_is_done_in_as_many_turns_as_questions(form: Form, word: str) -> None:
    well = {"teks": "baik", "nama": "siti", "angka": "1", "ya_tidak": word, "pilihan": "1"}
    answers: dict[str, Json] = {}
    turns = 0
    while (asked := next_field(form, answers)) is not None:
        answers = answer(form, answers, asked.key, RawAnswer(text=well[asked.kind]), NOW)
        turns += 1
    assert turns == len(visible(form, answers)) <= len(form.fields)
    assert next_field(form, answers) is None


@given(forms())
def test_a_snapshot_is_the_form(form: Form) -> None:
    assert from_json(json.loads(json.dumps(to_json(form)))) == form


def test_a_snapshot_keeps_limits_and_choices() -> None:
    assert from_json(json.loads(json.dumps(to_json(LOST_CARD)))) == LOST_CARD
    assert LOST_CARD.field("nik").kind == "nik"
    with pytest.raises(KeyError):
        LOST_CARD.field("warna")

"""A demo's cases are such that this office could have had them, and are invented."""

from __future__ import annotations

import shutil
from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from stdnum import numdb

from actions.casework.escalations import State
from actions.casework.returned import form_of_case
from actions.domain.messages import StoredFile
from actions.domain.status import (
    Actor,
    CaseKind,
    Status,
    check_move,
    is_open,
    pauses_clock,
    status_of,
    statuses,
    stops_clock,
)
from actions.domain.survey import Element
from actions.domain.work import PromiseOutcome, awaited
from actions.forms import engine
from actions.forms.context import Area, FormContext, RawAnswer
from actions.forms.form import Field
from actions.forms.kinds import KINDS
from actions.storage.tables import Case
from bot.demo.people import PREFIX
from bot.demo.words import read_words
from tests.bot.demo_database import CASES, DATA, Rows, made, reference
from tests.support.clock import FRIDAY_MORNING
from tests.support.databases import sqlite_url

REFERENCE = reference()

REGIONS = numdb.get("id/loc")
"""The published provinces and regencies."""


@pytest.fixture(scope="module")
def rows(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    folder = tmp_path_factory.mktemp("demo")
    shutil.copyfile(migrated_file, folder / "balai.db")
    return made(sqlite_url(folder / "balai.db"), folder / "files")


@pytest.fixture(scope="module")
def histories(rows: Rows) -> dict[int, list[dict[str, Any]]]:
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for event in rows["case_events"]:
        found[event["case_id"]].append(event)
    return found


def test_the_same_seed_gives_the_same_rows_on_either_database(
    rows: Rows, database_url: str, tmp_path: Path
) -> None:
    assert made(database_url, tmp_path) == rows


def test_another_seed_gives_other_people(rows: Rows, sqlite_database: str, tmp_path: Path) -> None:
    other = made(sqlite_database, tmp_path, seed=2)
    assert len(other["cases"]) == len(rows["cases"]) == CASES
    assert [case["answers"] for case in other["cases"]] != [c["answers"] for c in rows["cases"]]


def test_every_status_occurs(rows: Rows) -> None:
    found = {(case["kind"], case["status"]) for case in rows["cases"]}
    assert found == {(kind, status) for kind in CaseKind for status in statuses(kind)}


def test_every_history_is_a_legal_way_from_draft_to_where_the_case_stands(
    rows: Rows, histories: dict[int, list[dict[str, Any]]]
) -> None:
    for case in rows["cases"]:
        status, at = Status.DRAFT, case["created_at"]
        for event in histories[case["id"]]:
            target = status_of(event["to_status"])
            assert event["from_status"] == status
            check_move(CaseKind(case["kind"]), status, target, actor=Actor(event["actor"]))
            assert at < event["at"] < FRIDAY_MORNING
            assert (event["staff_id"] is not None) == (event["actor"] == Actor.OFFICER)
            assert not target.needs or event["reason"] or event["actor"] != Actor.OFFICER
            status, at = target, event["at"]
        assert case["status"] == status
        assert (case["closed_at"] is None) == is_open(status)
        assert (case["code"] is None) == (case["submitted_at"] is None)
        assert (case["paused_on"] is not None) == pauses_clock(status)


def test_the_ledger_of_promises_and_the_clear_columns_fit_each_case(rows: Rows) -> None:
    promises: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for promise in rows["promises"]:
        promises[promise["case_id"]].append(promise)
    for case in rows["cases"]:
        status, ledger = status_of(case["status"]), promises[case["id"]]
        assert case["awaits"] == awaited(status)
        assert bool(ledger) == (case["submitted_at"] is not None)
        if not ledger:
            continue
        assert case["due_on"] == ledger[-1]["due_on"]
        assert (case["met_on"] is not None) == stops_clock(status)
        assert (ledger[-1]["outcome"] is not None) == stops_clock(status)
        for promise in ledger:
            late = promise["settled_on"] and promise["settled_on"] > promise["due_on"]
            assert (promise["outcome"] == PromiseOutcome.BROKEN) == bool(late)
        broken = any(promise["outcome"] == PromiseOutcome.BROKEN for promise in ledger)
        assert broken or not case["late_cause"]
    for column in ("village", "owner_id", "late_cause"):
        assert any(case[column] for case in rows["cases"])
    assert {case["channel"] for case in rows["cases"]} == {"tg", "loket", "telepon"}


def test_officers_work_while_their_office_is_open(
    rows: Rows, histories: dict[int, list[dict[str, Any]]]
) -> None:
    for case in rows["cases"]:
        hours = REFERENCE.hours(REFERENCE.catalogue.office.units[case["unit"]])
        for event in histories[case["id"]]:
            local = REFERENCE.local(event["at"])
            if event["actor"] == Actor.OFFICER:
                assert any(i.start <= local.time() <= i.end for i in hours.on(local.date()))
                assert local.date() not in REFERENCE.holidays


def test_answers_are_what_their_form_would_have_stored(rows: Rows) -> None:
    area = Area({part.district: part.villages for part in REFERENCE.catalogue.office.area})
    for case in rows["cases"]:
        form, answers = form_of_case(Case(**case)), case["answers"]
        context = FormContext(REFERENCE.local(case["created_at"]).date(), area)
        assert set(answers) <= {field.key for field in engine.visible(form, answers)}
        if case["code"]:
            asked = engine.next_field(form, answers)
            assert asked is None or asked.key.startswith("tambahan_")
        for field in engine.visible(form, answers):
            value = answers.get(field.key)
            if value is not None:
                given = _as_given(field, value)
                assert KINDS[field.kind].read(given, field, context) == value, field


def _as_given(field: Field, value: Any) -> RawAnswer:
    """What a citizen would give for this value to be stored."""
    if field.kind in {"foto", "dokumen"}:
        return RawAnswer(file=StoredFile(value["nama"], value["mime"], value["ukuran"]))
    if field.kind in {"pilihan", "ya_tidak"}:
        return RawAnswer(button=value)
    return RawAnswer(text=value["teks"] if isinstance(value, dict) else str(value), insisted=True)


def test_nobody_can_be_a_real_person(rows: Rows) -> None:
    words = read_words(DATA / "demo")
    assert all(chat["id"].startswith(PREFIX) for chat in rows["chats"])
    for case in rows["cases"]:
        form, answers = form_of_case(Case(**case)), case["answers"]
        for field in engine.visible(form, answers):
            value = answers.get(field.key)
            if value is None:
                continue
            if field.kind == "nama":
                assert value.rpartition(" ")[2] in words.people["keluarga"]
            if field.kind in {"nik", "kk"}:
                assert not all(known for _, known in REGIONS.info(value[:4])), value[:4]
            if field.kind == "telepon":
                assert value.startswith("+62834")


def test_there_is_something_to_see_on_every_page(rows: Rows) -> None:
    assert {talk["status"] for talk in rows["escalations"]} == set(State)
    assert all(talk["turns"] for talk in rows["escalations"] if talk["reason"] != "petugas")
    marked = [survey for survey in rows["surveys"] if survey["overall"]]
    assert 0 < len(marked) < len(rows["surveys"])
    assert any(survey["comment"] for survey in marked)
    assert {answer["element"] for answer in rows["survey_answers"]} == set(Element)
    assert len(rows["access_log"]) > CASES
    late = [
        c for c in rows["cases"] if c["closed_at"] is None and c["due_on"] and not c["paused_on"]
    ]
    assert any(c["due_on"] < FRIDAY_MORNING.date() for c in late)


def test_the_stories_are_many_and_fill_in(rows: Rows) -> None:
    stories = read_words(DATA / "demo").stories
    assert set(REFERENCE.catalogue.complaints) <= set(stories)
    assert sum(len(pool) for some in stories.values() for pool in some.values()) >= 60
    told = [case["answers"].get("cerita") for case in rows["cases"]]
    assert not any("{" in story for story in told if story)


def test_nothing_is_left_to_send_and_lines_stand_in_their_order(rows: Rows) -> None:
    assert rows["outbox"] == rows["inbox"] == []
    last: dict[str, Any] = {}
    for line in rows["messages"]:
        assert last.get(line["chat"], line["at"]) <= line["at"]
        assert line["at"] < FRIDAY_MORNING + timedelta(minutes=5)
        last[line["chat"]] = line["at"]

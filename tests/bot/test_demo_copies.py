"""A large demo is a small one several times over, and as true to itself."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from actions.domain.codes import read_code
from bot.demo import copies
from bot.demo.people import PREFIX
from tests.bot.demo_database import made, reference

INVENTED, TIMES = 40, 3


@pytest.fixture(autouse=True)
def few_invented(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "INVENTED", INVENTED)


def test_copies_are_other_cases_in_other_chats_and_counted(
    database_url: str, tmp_path: Path
) -> None:
    rows = made(database_url, tmp_path, cases=INVENTED * TIMES)

    cases, chats = rows["cases"], {row["id"] for row in rows["chats"]}
    assert len(cases) == INVENTED * TIMES
    invented, codes = cases[:INVENTED], [case["code"] for case in cases if case["code"]]
    assert len(set(codes)) == len(codes)
    assert all(read_code(code, reference().catalogue.office.code_prefix) for code in codes)
    for copy in (cases[INVENTED : 2 * INVENTED], cases[2 * INVENTED :]):
        for first, again in zip(invented, copy, strict=True):
            assert again["chat"].startswith(f"{first['chat']}{copies.MARK}")
            same = first.keys() - {"id", "chat", "code"}
            assert {key: first[key] for key in same} == {key: again[key] for key in same}
    assert chats >= {case["chat"] for case in cases}
    assert all(chat.startswith(PREFIX) for chat in chats)
    for table, column in (
        ("case_events", "case_id"),
        ("promises", "case_id"),
        ("search_terms", "case_id"),
        ("attachments", "case_id"),
        ("access_log", "case_id"),
    ):
        often = Counter(row[column] for row in rows[table] if row[column])
        for case in invented:
            for number in range(1, TIMES):
                assert often[case["id"]] == often[case["id"] + number * INVENTED], table
    by_chat = Counter(row["chat"] for row in rows["messages"])
    for case in invented:
        assert by_chat[case["chat"]] == by_chat[f"{case['chat']}{copies.MARK}1"] > 0
    came = [row for row in rows["figures"] if (row["grain"], row["kind"]) == ("hari", "masuk")]
    assert sum(row["count"] for row in came) == len(codes)

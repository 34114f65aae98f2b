"""Which rule says how long a case may take."""

from __future__ import annotations

from datetime import date

from actions.domain.clocks import Clock, clock_for


def test_the_narrowest_and_youngest_rule_counts() -> None:
    day = date(2026, 11, 27)
    clocks = [
        Clock(1, 5, True, date(2026, 1, 1), kind="laporan"),
        Clock(2, 4, True, date(2026, 1, 1), unit="dlh"),
        Clock(3, 3, True, date(2026, 1, 1), slug="sampah"),
        Clock(4, 2, True, date(2026, 6, 1), slug="sampah"),
        Clock(5, 1, True, date(2026, 12, 1), slug="sampah"),
        Clock(6, 1, True, date(2026, 1, 1), date(2026, 11, 26), slug="sampah"),
    ]

    def found(slug: str, unit: str = "dlh", kind: str = "laporan") -> int | None:
        clock = clock_for(clocks, day, unit=unit, kind=kind, slug=slug)
        return clock.id if clock else None

    assert found("sampah") == 4
    assert found("pohon") == 2
    assert found("jalan", unit="pupr") == 1
    assert found("ktp", unit="disdukcapil", kind="permohonan") is None

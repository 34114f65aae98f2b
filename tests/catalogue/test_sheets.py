"""What is typed into a sheet is read, or what is wrong with it is named by its field."""

from __future__ import annotations

import pytest

from actions.catalogue.sheets import (
    CLOCKS,
    HOLIDAYS,
    HOURS,
    NOTICES,
    RETENTION,
    TEMPLATES,
    FieldsError,
    Sheet,
    Wrong,
    read,
)
from actions.domain.clocks import Stage
from actions.domain.terms import Measure

CHOICES = {
    "unit": {"dinsos"},
    "status": {"diproses"},
    "hal": {"sampah"},
    "jenis": {"laporan"},
    "satuan": set(Measure),
    "tahap": set(Stage),
}
CLOCK = {"hari": "400", "satuan": "jam_kerja", "tahap": "selesai", "dari": "2026-11-01"}


@pytest.mark.parametrize(
    ("sheet", "sent", "faults"),
    [
        (HOLIDAYS, {"tanggal": "31-12-2026", "nama": "X"}, {"tanggal": Wrong.DAY}),
        (HOLIDAYS, {}, {"tanggal": Wrong.EMPTY, "nama": Wrong.EMPTY}),
        (RETENTION, {"hari": "0"}, {"hari": Wrong.NUMBER}),
        (RETENTION, {"hari": "-5"}, {"hari": Wrong.NUMBER}),
        (RETENTION, {"hari": "9" * 40}, {"hari": Wrong.NUMBER}),
        (RETENTION, {"hari": "²"}, {"hari": Wrong.NUMBER}),
        (HOURS, {"senin": "12.00-08.00"}, {"senin": Wrong.HOURS}),
        (HOURS, {"senin": "pagi"}, {"senin": Wrong.HOURS}),
        (HOURS, {"senin": "08.00-25.00"}, {"senin": Wrong.HOURS}),
        (
            NOTICES,
            {"teks": "x", "dari": "2026-12-02", "sampai": "2026-12-01"},
            {"sampai": Wrong.ORDER},
        ),
        (
            NOTICES,
            {"teks": "x", "unit": "apa", "dari": "2026-12-02", "sampai": "2026-12-03"},
            {"unit": Wrong.CHOICE},
        ),
        (CLOCKS, CLOCK | {"hari": "0"}, {"hari": Wrong.NUMBER}),
        (CLOCKS, CLOCK | {"satuan": "hari", "hari": "366"}, {"hari": Wrong.NUMBER}),
        (CLOCKS, CLOCK | {"satuan": "menit"}, {"satuan": Wrong.CHOICE}),
        (CLOCKS, CLOCK | {"sampai": "2026-10-31"}, {"sampai": Wrong.ORDER}),
        (TEMPLATES, {"judul": "x", "teks": "{alamat}"}, {"teks": Wrong.VARIABLE}),
        (TEMPLATES, {"judul": "x", "teks": "{nama"}, {"teks": Wrong.VARIABLE}),
        (TEMPLATES, {"judul": "x", "teks": "{ nama }"}, {"teks": Wrong.VARIABLE}),
    ],
)
def test_bad_input_is_named_by_its_field(
    sheet: Sheet, sent: dict[str, str], faults: dict[str, Wrong]
) -> None:
    with pytest.raises(FieldsError) as caught:
        read(sheet, sent, CHOICES)
    assert caught.value.faults == faults


def test_hours_may_be_written_in_several_ways() -> None:
    sent = {"senin": "8:00 - 12.00,13.00–15.30", "selasa": ""}
    values = read(HOURS, sent, CHOICES)
    assert values["senin"] == ["08.00-12.00", "13.00-15.30"]
    assert values["selasa"] == []

"""Words of dates as they are typed, and the few plain words that they are rewritten to.

M1 to M12 are months, D0 (Monday) to D6 weekdays.
"""

from __future__ import annotations

_SPELLINGS = {
    "M1": "januari jan januarie january jnuari",
    "M2": "februari feb peb pebruari february febuari febr",
    "M3": "maret mar mrt mart march",
    "M4": "april apr apil",
    "M5": "mei may mey",
    "M6": "juni jun june juny",
    "M7": "juli jul july",
    "M8": "agustus agu agt ags agst aug august agus agustusan",
    "M9": "september sep sept septembr spt",
    "M10": "oktober okt oct october oktobr",
    "M11": "november nov nop nopember novembr",
    "M12": "desember des dec december desembr",
    "D0": "senin snin senen snen",
    "D1": "selasa slasa selas sls",
    "D2": "rabu rbu rebo rabo",
    "D3": "kamis kmis kemis",
    "D4": "jumat jmat jumaat jumuat jmt jemuah",
    "D5": "sabtu sbtu saptu setu sabto sbt",
    "D6": "ahad ngahad",
    "minggu": "minggu mingu mnggu mgg mggu mingguan mg",
    "pekan": "pekan pekanan",
    "hari": "hari hr hri harian dino dinten",
    "bulan": "bulan bln bulanan wulan sasih",
    "tahun": "tahun thn th tahunan taun",
    "tanggal": "tanggal tgl tg tngl tnggl tgal tggl tangal tanggl",
    "kemarin": "kemarin kmrn kemaren kmaren kmarin kemrin kemaring kmren wingi kamari kmrin",
    "besok": "besok bsk besuk bsok besook sesuk isukan isuk esok bsuk",
    "lusa": "lusa lsa lusanya pageto",
    "tulat": "tulat",
    "sekarang": "sekarang skrg skr skrang sekarng ayeuna saiki skrng",
    "tadi": "tadi td barusan brusan tdi",
    "nanti": "nanti nnti nt ntar entar",
    "semalam": "semalam semalem smalam smlm",
    "ini": "ini ni iki",
    "lalu": "lalu lewat silam kepungkur kapungkur lalau",
    "depan": "depan dpn kedepan datang mendatang dateng",
    "lagi": "lagi lg lgi maning deui",
    "sejak": "sejak semenjak dari dr",
    "sudah": "sudah sdh udah udh dah hampir",
    "awal": "awal awalnya permulaan",
    "tengah": "pertengahan tengah tengahan",
    "akhir": "akhir ahir akir akhirnya penghujung",
    "malam": "malam mlm malem",
    "pagi": "pagi pg pgi",
    "siang": "siang",
    "sore": "sore sorean",
    "dulu": "dulu dl dlu",
    "jam": "jam jm pukul pkl",
    "beberapa": "beberapa bbrp bberapa",
}

PLAIN = {spelling: plain for plain, line in _SPELLINGS.items() for spelling in line.split()}
"""Typed word to plain word."""

GLUED = {
    "sehari": "1 hari",
    "seharian": "1 hari",
    "seminggu": "1 minggu",
    "semingguan": "1 minggu",
    "sepekan": "1 minggu",
    "sebulan": "1 bulan",
    "sebulanan": "1 bulan",
    "setahun": "1 tahun",
    "setahunan": "1 tahun",
    "hariini": "hari ini",
    "saminggu": "1 minggu",
    "sabulan": "1 bulan",
}
"""Words that stand for two."""

FILLERS = frozenset(
    {
        "yang",
        "yg",
        "pada",
        "di",
        "ke",
        "akan",
        "itu",
        "tu",
        "sih",
        "ya",
        "pak",
        "bu",
        "bapak",
        "ibu",
        "kak",
        "min",
        "kira",
        "kurang",
        "lebih",
        "sekitar",
        "sekitaran",
        "kisaran",
        "kalau",
        "kalo",
        "kayaknya",
        "mungkin",
        "pas",
        "kirakira",
        "an",
        "nya",
        "rencana",
        "rencananya",
        "dalam",
        "waktu",
        "kok",
        "deh",
    }
)
"""Words between the parts of a date that say nothing about it."""

MONTH_NAMES = {spelling: plain for spelling, plain in PLAIN.items() if plain[0] == "M"}
"""Spellings of months alone, for typos next to a number."""

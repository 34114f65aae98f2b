"""Words of dates as they are typed, and the few plain words that they are rewritten to.

M1 to M12 are months, D0 (Monday) to D6 weekdays.
"""

from actions.domain.text import word_set

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
    "D6": "ahad ngahad akad",
    "minggu": "minggu mingu mnggu mgg mggu mingguan mg",
    "pekan": "pekan pekanan",
    "hari": "hari hr hri harian dino dina dinten poe",
    "bulan": "bulan bln bulanan wulan sasih sasi",
    "tahun": "tahun thn th tahunan taun",
    "tanggal": "tanggal tgl tg tngl tnggl tgal tggl tangal tanggl",
    "kemarin": "kemarin kmrn kemaren kmaren kmarin kemrin kemaring kmren kmrin kamarin wingi"
    " kamari kamareng kapatang",
    "besok": "besok bsk besuk bsok besook sesuk isukan esok bsuk benjing mbenjing isuak",
    "lusa": "lusa lsa lusanya pageto",
    "tulat": "tulat",
    "sekarang": "sekarang skrg skr skrang sekarng ayeuna saiki skrng sakniki kini",
    "tadi": "tadi td barusan brusan tdi wau cako",
    "nanti": "nanti nnti nt ntar entar engke mengko mangke",
    "semalam": "semalam semalem smalam smlm",
    "ini": "ini ni iki niki ieu",
    "lalu": "lalu lewat silam kepungkur kapungkur kepengker kapengker lalau",
    "depan": "depan dpn kedepan datang mendatang dateng",
    "lagi": "lagi lg lgi maning deui",
    "sejak": "sejak semenjak dari dr",
    "sudah": "sudah sdh udah udh dah hampir",
    "awal": "awal awalnya permulaan",
    "tengah": "pertengahan tengah tengahan",
    "akhir": "akhir ahir akir akhirnya penghujung",
    "malam": "malam mlm malem bengi wengi dalu ndalu peuting",
    "pagi": "pagi pg pgi isuk esuk enjing",
    "siang": "siang awan beurang",
    "sore": "sore sorean sonten burit",
    "dulu": "dulu dl dlu dahulu baheula biyen",
    "lama": "lama lami lawas",
    "menit": "menit mnt",
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
    "berhari": "beberapa",
    "berminggu": "beberapa",
    "berbulan": "beberapa",
    "bertahun": "beberapa",
    "sejam": "1 jam",
    "hariini": "hari ini",
    "saminggu": "1 minggu",
    "sabulan": "1 bulan",
    "mangkukna": "kemarin lusa",
    "winginane": "kemarin lusa",
}
"""Words that stand for two."""

FILLERS = word_set(
    "yang yg pada di ke akan itu tu sih ya pak bu bapak ibu kak min kira kurang lebih sekitar "
    "sekitaran kisaran kalau kalo kayaknya mungkin pas kirakira an nya rencana rencananya "
    "dalam waktu kok deh dong lah kan aja saja mulai mulainya kejadian kejadiannya kurleb "
    "bang mas mbak "
)
"""Words between the parts of a date that say nothing about it."""

MONTH_NAMES = {spelling: plain for spelling, plain in PLAIN.items() if plain[0] == "M"}
"""Spellings of months alone, for typos next to a number."""

UNITS = frozenset({"hari", "minggu", "pekan", "bulan", "tahun"})
"""Plain words for spans of time."""

_BESIDE_CLOCK = UNITS | {
    "tanggal",
    "tengah",
    "awal",
    "akhir",
    "beberapa",
    "sejak",
    "sudah",
    "jam",
    "menit",
}
TIMES = frozenset(word for word, plain in PLAIN.items() if plain not in _BESIDE_CLOCK)
"""Typed words for a day, a month or a part of the day: a number with a dot after it is a clock."""

EVENTS = word_set(
    "lebaran idul idulfitri iduladha natal paskah nyepi waisak imlek galungan kuningan maulid "
    "muludan mauludan suro puasa ramadan ramadhan romadon romadhon syawal syawalan muharram rajab "
    "poso bodo kurban qurban takbiran pemilu pilkada pilpres pilkades pileg coblosan wisuda ujian "
    "musim semester periode ajaran triwulan libur liburan panen panenan tandur"
) | {
    "tahun baru",
    "hari (?:raya|besar|libur|buruh|guru|pahlawan|kemerdekaan|kartini)",
    "kenaikan kelas",
    "hut ri",
}
"""What comes back every year or so: "lebaran kemarin" is not yesterday."""

WHILE = word_set(
    "sejak semenjak tiap setiap saban saben unggal tiok waktu pas saat ketika setelah sesudah "
    "habis abis sebelum mulai jaman zaman katiko sasudah nalika wektu sawise sakwise ket wiwit "
    "sawaktu saprak saatos tempo kutika "
)
"""Words before what happened then: "waktu hujan besar", "sejak lurah yang lama"."""

UNDERSTOOD = frozenset(PLAIN.values()) | {
    "·",
    "sampai",
    "wib",
    "wit",
    "wita",
    "banget",
    "bgt",
    "sekali",
    "jaman",
    "zaman",
}
"""Plain words that may be left when all rules are through, and are no other talk."""

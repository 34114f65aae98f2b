"""Words that show what kind of wish a part of a message is, besides what the model says."""

import re

MOST_WORDS_OF_NAME = 8

_MAKE = (
    r"(?:di|mem|men|meng|me|ng|n)?(?:urus|bikin|buat|daftar|ajukan|usul|ganti|cetak|pasang|aktif"
    r"|perbarui|perbaharui|legalisir|terbitkan|proses|keluarkan)"
)
_WANTS = re.compile(
    r"\b(?:mau|ingin|minta|butuh|perlu|tolong|mohon|hendak|peryogi|pengin|nyuwun|mending|bermaksud"
    rf"|(?:me|mem)(?:minta|butuhkan|perlukan|ohon)|{_MAKE}\w*)\b"
)
_QUESTION = r"apa|apakah|apaan|berapa|bagaimana|kapan|mana|dimana|kemana|siapa|kah|bisa|boleh"
_ASKS = re.compile(
    rf"\b(?:{_QUESTION}|harus|perlu|bayar|gratis|syarat\w*|biaya\w*|tarif\w*|alamat\w*|jam|buka"
    r"|nomor|tanya|bertanya|lama|cara\w*)\b"
)
_TOLD = re.compile(
    rf"\b(?:{_QUESTION}|sudah|belum (?!(?:pernah )?(?:menikah|nikah|kawin))|selesai|kok|kenapa"
    r"|gagal|kemarin|beda)\b"
)
_HUMAN = re.compile(
    r"\b(?:petugas\w*|orang\w*|manusia|admin|atasan\w*|pegawai\w*|cs|operator|pejabat\w*)\b"
)
_SPEAK = re.compile(
    r"\b(?:sambung\w*|disambung\w*|bicara|berbicara|omong|ngomong|ngobrol|mengobrol|hubung\w*"
    r"|dihubungi|telepon|panggil\w*|ketemu|bertemu|chat|konsultasi)\b"
)
_HANDED_IN = re.compile(
    r"\b(?:permohonan|pengajuan|berkas|laporan|aduan|pengaduan|lapor\w*|ajuan|status\w*|kode"
    r"|(?:di|saya )?(?:urus|ajukan|daftarkan))\b|\bskm\b"
)
_ADDED = re.compile(r"\b(?:juga|pula|ugo|oge)\b")
_CLOSES = re.compile(
    r"\b(?:terima kasih|bagus|puas|ramah|mantap|cepat|batal\w*|dibatalkan|cancel\w*|cabut|dicabut"
    r"|tidak jadi|permohonan)\b"
)
_DATA = re.compile(r"\b(?:data\w*|rahasia\w*|dirahasiakan|identitas|privasi|bocor\w*)\b")
_TWO = re.compile(r"\b(?:dua|2|beberapa) (?:hal|masalah|aduan|laporan|keluhan)\b")


def wants(plain: str) -> bool:
    """Whether something is asked to be done."""
    return bool(_WANTS.search(plain))


def asks(plain: str, text: str) -> bool:
    """Whether something is asked."""
    return "?" in text or bool(_ASKS.search(plain))


def names_only(plain: str) -> bool:
    """Whether a few words name a thing and neither ask nor tell anything about it."""
    few = 1 <= len(plain.split()) <= MOST_WORDS_OF_NAME
    return few and not _TOLD.search(plain)


def calls_human(plain: str) -> bool:
    """Whether somebody is to be spoken to."""
    return bool(_HUMAN.search(plain) and _SPEAK.search(plain))


def handed_in(plain: str) -> bool:
    """Whether it is about something that was handed in."""
    return bool(_HANDED_IN.search(plain))


def about_data(plain: str) -> bool:
    """Whether it is about what is stored of a person."""
    return bool(_DATA.search(plain))


def closes(plain: str) -> bool:
    """Whether words thank, praise or take something back, after which a wish may follow."""
    return bool(_CLOSES.search(plain))


def added(plain: str, text: str) -> bool:
    """Whether a part adds a second thing: "juga"; or all of the text announces two."""
    return bool(_ADDED.search(plain) or _TWO.search(text.lower()))

"""nama: a person's name, as it stands in KTP or KK."""

import re
from dataclasses import replace

from actions.domain.text import is_question, words_of
from actions.forms.context import FormContext, RawAnswer, Unreadable, typed
from actions.forms.form import Field, Json
from actions.forms.kinds.base import Kind, show_text
from actions.forms.kinds.name_case import cased

_SHORTEST, _LONGEST = 2, 80
_MOST_SAID = 400
"""Longer words are a story, whatever name they hold."""
_MOST_WORDS = 5
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "poiuytrewq", "lkjhgfdsa", "mnbvcxz")
_RUN_OF_KEYS = 4
_TELLTALES = 2

_LETTER = "A-Za-zÀ-ÖØ-Þà-öø-ÿĀ-įĲ-ž"
_RUN = re.compile(rf"[{_LETTER}]+")
_FOREIGN = re.compile(rf"[^{_LETTER}.,'/ -]+")
_EDGES = " .,/-"
_APOSTROPHES = re.compile("[\u0060\u00b4\u02b9-\u02bf\u2018\u2019\u201b\u2032\uff07]")
_QUOTED = re.compile(r"^'+(.*?)'*$")
_SELF = r"saya|sy(?!\.)|sya|saia|aku|aq|gue|gw|kulo|kula"
_INTRO = re.compile(
    r"^(?:maaf|eh|oh|ralat|salah|yang benar|yg benar|yang betul|yg betul|harusnya|seharusnya"
    rf"|(?:istri|suami|anak|ibu|bapak|ayah|mama|adik|kakak|nenek|kakek)(?:ku| (?:{_SELF}))"
    r"|ya|halo|hai|permisi|punten|assalamualaikum|selamat (?:pagi|siang|sore|malam)"
    r"|(?:panggil|sebut) (?:saja|aja)|nm|namanya|namaku|perkenalkan|kenalkan|kenalin"
    rf"|(?:{_SELF}) (?:dengan|yang bernama|bernama|yg bernama)|dengan|bernama|{_SELF}"
    r"|atas nama|a\.n\.?|a/n|adalah|yaitu|ialah|itu|ini)(?:[\s:=,.-]+|$)",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"^.*\b(?:nama|nm)(?:nya|ku)?(?: lengkap| panjang)?(?:nya)?"
    rf"(?: (?:{_SELF})| di ktp| di kk)?\b"
    r"[\s:=,.-]+(?=\S)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"^(?:si|bapak|bpk|pak|ibu|bu|saudara|saudari|sdr|sdri|tuan|nyonya|tn|ny|mbak|mba"
    r"|almarhum|almarhumah|alm|almh)\b[. ]+",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"(?<![\s,.])[\s,.]++(?:ya|pak|bapak|bu|ibu|kak|min|mbak|gan|aja|saja|alm|almh)[\s,.]*$",
    re.IGNORECASE,
)
_KIN = re.compile(
    r",\s*(?:anak|istri|isteri|suami|adik|kakak|cucu|menantu|keponakan|ibu|bapak|ayah)\b.*$",
    re.IGNORECASE,
)
_NOT_BUT = re.compile(r"^bukan\b.*?\b(?:tapi|tetapi|melainkan|yang benar)\b", re.IGNORECASE)
_BUT_NOT = re.compile(r"(?<![\s,])[\s,]++(?:bukan|bkn)\b.*$", re.IGNORECASE)
_TALK = """
    ada aja aku apa apal aq atau bagaimana bapak batal belum benar bentar berapa besok
    betul bikin bisa blm bnr bntr bu buat bukan butuh cara cari carikan dan dengan di
    dicari dong dulu durung foto fotonya ga gak gatau gimana gk gmn gue hafal hapal hp ibu
    ingat inget ini itu iya jadi kacamata kah kalau kalo kami kapan karena kartu ke kenapa
    kk kmrn kok ktp lagi lali lama lanjut lapor lewati lupa mau mboten mengurus minta
    mohon nama nanti nanya ngerti ngertos ngga nggak nik ntar nya nyari oke ora orang
    paham pak pengen perlu petugas poho saja salah sama saya sebentar seperti sesuai siap
    sih skip sudah sudahlah surat sy syarat tahu tanya tau tdk teu tidak tolong tunggu
    udah untuk urus ya yang
"""
_NEVER_NAMES = frozenset(_TALK.split())
_KIN_WORDS = """
    adik aku anak atas ayah bersangkutan diri emak gw isteri istri kakak kakek kula kulo
    mama mamak mertua milik nenek orang papa pelapor pemohon punya saudara sendiri suami
    tadi teman tersebut tetangga tua yang
"""
_NOBODY = frozenset(_KIN_WORDS.split())
"""Words that say whose name it is, but not the name: "saya sendiri"."""


def read(raw: RawAnswer, field: Field, context: FormContext) -> Json:
    """Keep the name alone; write it in title case when it came all in one case."""
    text = typed(replace(raw, text=raw.text and _APOSTROPHES.sub("'", raw.text)))
    if len(text) > _MOST_SAID:
        raise Unreadable("nama.panjang", maks=_LONGEST)
    if set(words_of(text)) <= _NOBODY | _NEVER_NAMES and _NOBODY & set(words_of(text)):
        raise Unreadable("nama.siapa")
    name = _alone(text)
    if any(char.isdigit() for char in name):
        raise Unreadable("nama.angka")
    name = cased(_alone(" ".join(_FOREIGN.sub(" ", name).split())))
    if len(_RUN.findall(name)) == 0 or len(name) < _SHORTEST:
        raise Unreadable("nama.pendek")
    if len(name) > _LONGEST:
        raise Unreadable("nama.panjang", maks=_LONGEST)
    talk, count = _talk_in(name), len(words_of(name))
    strange = len(name.split()) > _MOST_WORDS or talk >= _TELLTALES
    no_name = talk == count or (talk >= _TELLTALES and 2 * talk >= count)
    if is_question(text) or _is_mashed(name) or no_name or (strange and not raw.insisted):
        raise Unreadable("nama.bukan_nama")
    return name


def _alone(text: str) -> str:
    """Strip "nama saya", "Pak", "ya bu", "bukan Sitti" from around a name."""
    before = None
    while before != text:
        before = text
        for frill in (_NOT_BUT, _BUT_NOT, _CALLED, _INTRO, _TITLE, _KIN, _ENDING):
            text = (frill.sub("", text).strip(_EDGES)) or text
        text = _QUOTED.sub(r"\1", text) or text
    return text


def _is_mashed(name: str) -> bool:
    """Whether a word runs along a row of the keyboard: "asdf"."""
    return any(
        len(word) >= _RUN_OF_KEYS and any(word in row for row in _KEYS) for word in words_of(name)
    )


def _talk_in(name: str) -> int:
    """How many of the words are no name's."""
    return sum(word in _NEVER_NAMES for word in words_of(name))


NAME = Kind(read, show_text)

"""nama: a person's name, as it stands in KTP or KK."""

import re

from actions.domain.text import is_question, words_of
from actions.forms.context import FormContext, RawAnswer, Unreadable, typed
from actions.forms.form import Field, Json
from actions.forms.kinds.base import Kind, show_text

_SHORTEST, _LONGEST = 2, 80
_MOST_WORDS = 5
_TELLTALES = 2

_LETTER = "A-Za-zÀ-ÖØ-Þà-öø-ÿĀ-įĲ-ž"
_RUN = re.compile(rf"[{_LETTER}]+")
_FOREIGN = re.compile(rf"[^{_LETTER}.,'’/ -]+")
_EDGES = " .,'’/-"
_INTRO = re.compile(
    r"^(?:maaf|eh|oh|ralat|salah|yang benar|yg benar|yang betul|yg betul|harusnya|seharusnya"
    r"|(?:istri|suami|anak|ibu|bapak|ayah|adik|kakak|nenek|kakek) (?:saya|sy|aku)"
    r"|ya|halo|panggil saja|panggil aja|nm|saya dengan|saya|atas nama|a\.n\.?|a/n"
    r"|adalah|yaitu|ialah|itu)(?:[\s:=,.-]+|$)",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"^.*\bnama(?:nya|ku)?(?: lengkap| panjang)?(?:nya)?(?: saya| sy| aku| di ktp| di kk)?\b"
    r"[\s:=,.-]+(?=\S)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"^(?:bapak|bpk|pak|ibu|bu|saudara|saudari|sdr|sdri|tuan|nyonya|tn|ny|mbak"
    r"|almarhum|almarhumah|alm|almh)\b[. ]+",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"[\s,.]+(?:ya|pak|bapak|bu|ibu|kak|aja|saja|alm|almh)[\s,.]*$", re.IGNORECASE
)
_KIN = re.compile(
    r",\s*(?:anak|istri|isteri|suami|adik|kakak|cucu|menantu|keponakan|ibu|bapak|ayah)\b.*$",
    re.IGNORECASE,
)
_NOT_BUT = re.compile(r"^bukan\b.*?\b(?:tapi|tetapi|melainkan|yang benar)\b", re.IGNORECASE)
_BUT_NOT = re.compile(r"[\s,]+(?:bukan|bkn)\b.*$", re.IGNORECASE)
_LOWER = frozenset({"bin", "binti"})
_NEVER_NAMES = frozenset(
    {
        "ada",
        "aku",
        "apa",
        "atau",
        "bagaimana",
        "bapak",
        "belum",
        "berapa",
        "bikin",
        "bisa",
        "bu",
        "buat",
        "butuh",
        "cara",
        "dan",
        "dengan",
        "di",
        "gak",
        "gimana",
        "ibu",
        "ini",
        "itu",
        "jadi",
        "kah",
        "kalau",
        "kami",
        "kapan",
        "karena",
        "kartu",
        "ke",
        "kenapa",
        "kk",
        "kok",
        "ktp",
        "lama",
        "lapor",
        "mau",
        "mengurus",
        "minta",
        "mohon",
        "nama",
        "nggak",
        "nik",
        "pak",
        "perlu",
        "saja",
        "saya",
        "sudah",
        "surat",
        "syarat",
        "tahu",
        "tanya",
        "tau",
        "tidak",
        "tolong",
        "udah",
        "untuk",
        "urus",
        "ya",
        "yang",
    }
)


def read(raw: RawAnswer, field: Field, context: FormContext) -> Json:
    """Keep the name alone; write it in title case when it came all in one case."""
    text = typed(raw)
    name = _alone(text)
    if any(char.isdigit() for char in name):
        raise Unreadable("nama.angka")
    name = _cased(_alone(" ".join(_FOREIGN.sub(" ", name).split())))
    if len(_RUN.findall(name)) == 0 or len(name) < _SHORTEST:
        raise Unreadable("nama.pendek")
    if len(name) > _LONGEST:
        raise Unreadable("nama.panjang", maks=_LONGEST)
    long = len(name.split()) > _MOST_WORDS and not raw.insisted
    if is_question(text) or _is_talk(name) or long:
        raise Unreadable("nama.bukan_nama")
    return name


def _alone(text: str) -> str:
    """Strip "nama saya", "Pak", "ya bu", "bukan Sitti" from around a name."""
    before = None
    while before != text:
        before = text
        for frill in (_NOT_BUT, _BUT_NOT, _CALLED, _INTRO, _TITLE, _KIN, _ENDING):
            text = (frill.sub("", text).strip(_EDGES)) or text
    return text


def _is_talk(name: str) -> bool:
    words = words_of(name)
    telltales = sum(word in _NEVER_NAMES for word in words)
    return telltales >= _TELLTALES or telltales == len(words)


def _cased(name: str) -> str:
    if not (name.islower() or name.isupper()):
        return name
    return _RUN.sub(_title, name)


def _title(run: re.Match[str]) -> str:
    word = run.group().lower()
    return word if word in _LOWER else word[:1].upper() + word[1:]


NAME = Kind(read, show_text)

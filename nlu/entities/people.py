"""A person's name where it is introduced: "nama saya ...", "atas nama ...", "a.n. ..."."""

import re
from collections.abc import Iterator

from nlu.entities.span import Span
from nlu.words import fold

_RELATIVE = (
    r"(?:saya|sy|sya|aku|anak saya|anak|suami saya|suami|istri saya|istri|ibu saya|ibu|bapak saya"
    r"|bapak|ayah|ibunya|bapaknya|adik saya|adik|kakak|orang tua|almarhum|almarhumah|lengkap saya"
    r"|lengkap|lengkapnya|pemohon|pelapor|bayi|bayinya|panjang|panggilan|asli|yang benar|yg benar"
    r"|di ktp|di kk|kulo|kula|abdi|beta|usaha)"
)
_INTRODUCTION = re.compile(
    rf"(?<!\w)(?:nama(?:\s{_RELATIVE})*\s?(?:adalah|ialah|itu|yaitu)?\s?[:=,]?\s"
    rf"|nama(?:nya|ne|na|ku|e)\s?(?:adalah|itu|yang benar|yg bener|yg benar|jadi)?\s?[:=]?\s"
    r"|atas nama\s?[:=]?\s(?:(?:saudara|sdr|sdri|bapak|ibu|bpk|pak|bu|almarhum|alm)\.?\s)?"
    r"|a[./]\s?n\.?\s?[:=]?\s?|an\.\s?|bernama\s|panggil(?: saja)? saya\s|panggil saja\s"
    r"|perkenalkan,? (?:nama )?(?:saya|sy)\s|jenengku\s|jeneng kulo\s|asmane\s|asma kulo\s"
    r"|nami (?:abdi|kuring|kulo)(?: teh)?\s|wasta\s)"
)
_CAPITALISED = re.compile(
    r"(?:(?:Hj?|Drs?|Ir|Tn|Ny|Sdri?|St|Moh|Muh|M|R|Rr|A|I|Ni|Bpk)\.?\s)?"
    r"[A-Z][\w'’\-]*\.?(?:,?\s(?:bin|binti|van|de|al)\s[A-Z][\w'’\-]*|\s[A-Z][\w'’\-]*\.?)*"
)
_LAST_WORDS = re.compile(
    r"\s(?:mau|mo|mw|ingin|pengen|hendak|dari|dr|alamat|nik|no|nomor|umur|usia|tinggal|rt|rw|di|warga|tolong"
    r"|tlg|mohon|yang|yg|bukan|bkn|sudah|udah|udh|sdh|belum|blm|dan|sama|kk|ktp|tgl|tanggal|lahir"
    r"|itu|ini|ya|pak|bu|min|kak|mas|mbak|hp|wa|tapi|tp|salah|ga|gak|tidak|tdk|ada|bisa|butuh"
    r"|perlu|buat|bikin|untuk|utk|minta|lapor|melapor|melaporkan|saya|sy|gmn|gimana|kapan|kok"
    r"|dengan|dgn|desa|kelurahan|dusun|kecamatan|jalan|jl|jln|nya|kode|cek|nanya|tanya|kenapa|apa"
    r"|apakah|status|statusnya|laporan|permohonan|surat|pekerjaan|anak|istri|suami|asal|bidang"
    r"|harusnya|seharusnya|tertulis|ditulis|tulisannya|jadi|malah|pake|pakai|terus|trus|seng|sing"
    r"|badhe|bade|arep|hoyong|asli|selaku|sebagai|telp|ngurus|mengurus|mengajukan|ajukan|daftar"
    r"|sampai|dll|td|tadi|kemarin|kmrn|nomornya|niknya|kknya|hilang|ilang|rusak|meninggal|punten"
    r"|masih|msh|lagi|sekarang|dulu|huruf|bkan|bukannya|tgllahir|makasih|terima|terimakasih)\b.*",
    re.DOTALL,
)
_NO_NAME = re.compile(
    r"(?:saya|sy|siapa|apa|itu|ini|yang|yg|di|salah|jalan|jalannya|toko|usaha|desa|instansi|bapak"
    r"|ibu|anak|orang|suami|istri|sama|baik|tidak|ga|gak|mau|dan|keliru|beda|warga|masyarakat"
    r"|kelompok|rw|rt|lain|pemilik|kurang|ganti|tertukar|tetap|obat|barang|kami|kita|beliau"
    r"|perusahaan|pt|cv|tersebut|almarhum|ada|sesuai|juga|belum|sudah|pada|untuk|tercantum)\b"
)


def names(text: str) -> Iterator[Span]:
    """Names of people where something says that a name follows; the value is as written."""
    folded = fold(text)
    for match in _INTRODUCTION.finditer(folded):
        name = _name_at(text, folded, match.end())
        if name:
            yield Span(match.end(), match.end() + len(name), "nama", name)


def _name_at(text: str, folded: str, start: int) -> str:
    if _NO_NAME.match(folded, start):
        return ""
    capitalised = _CAPITALISED.match(text, start)
    if capitalised and not text[start:].isupper() and any(map(str.islower, capitalised.group())):
        return _trim(capitalised.group())
    plain = re.match(r"[a-z][a-z'’\-]*\.?(?:\s[a-z][a-z'’\-]*\.?){0,6}", folded[start:])
    if not plain:
        return ""
    words = _LAST_WORDS.sub("", plain.group()).split()[:4]
    return _trim(text[start : start + len(" ".join(words))])


def _trim(name: str) -> str:
    return name.rstrip(" .,-'’")

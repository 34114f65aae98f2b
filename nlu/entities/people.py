"""A person's name where it is introduced: "nama saya ...", "atas nama ...", "a.n. ..."."""

import re
from collections.abc import Iterator

from nlu.entities.span import Span
from nlu.words import fold

_RELATIVE = (
    r"(?:saya|sy|sya|aku|anak saya|anak|suami saya|suami|istri saya|istri|ibu saya|ibu|bapak saya"
    r"|bapak|ayah|ibunya|bapaknya|adik saya|adik|kakak|orang tua|almarhum|almarhumah|lengkap saya"
    r"|lengkap|lengkapnya|pemohon|pelapor|bayi|bayinya|panjang|panggilan|asli|yang benar|yg benar"
    r"|di ktp|di kk|kulo|kula|abdi|beta|usaha|kepala keluarga|kepala keluarganya|penerima|wali)"
)
_TITLE = (
    r"(?:(?:saudara|saudari|sdr|sdri|bapak|ibu|bpk|pak|bu|almarhumah|almarhum|almh|alm|hj|haji)"
    r"\.?\s)*"
)
_COMMON = (
    r"mau|ingin|pengen|minta|butuh|perlu|lapor|sudah|udah|belum|tidak|ga|gak|ada|yang|baru|sedang"
    r"|lagi|juga|orang|warga|tinggal|dari|pindah|pindahan|asli|kerja|lahir|pulang|datang|tanya"
    r"|sakit|jauh|anak|ibu|bapak|suami|istri|pak|bu"
)
_PLAIN_NAME = rf"(?:(?!(?:{_COMMON})\b)[a-z]{{3,}})(?:\s(?!(?:{_COMMON})\b)[a-z]{{2,}}){{0,2}}"
_INTRODUCTION = re.compile(
    rf"(?<!\w)(?:nama(?:\s{_RELATIVE})*\s?(?:adalah|ialah|itu|yaitu)?\s?[:=,]?\s{_TITLE}"
    rf"|nama(?:nya|ne|na|ku|e)\s?(?:adalah|itu|yang benar|yg bener|yg benar|jadi)?\s?[:=]?\s"
    rf"|atas nama(?:\s{_RELATIVE})*\s?[:=,]?\s{_TITLE}"
    r"|dengan (?:bapak|ibu|pak|bu)\s(?=[a-z]+(?:\s[a-z]+)?\s(?:di sini|dari|warga))"
    rf"|(?:kulo|saya|sy|abdi) (?:pak|bu|mbah|bapak|ibu)\s(?!rt\b|rw\b|lurah\b|saya\b)"
    rf"|direktur\w*\s{_TITLE}"
    rf"|^\W*(?:saya|sy|aku|kulo|abdi)\s(?={_PLAIN_NAME}\s(?:dari|tinggal|warga|alamat|umur|saking|ti)\b)"
    rf"|a[./]\s?n\.?\s?[:=]?\s?|an\.\s?|bernama\s|panggil(?: saja)? saya\s|panggil saja\s{_TITLE}"
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
    r"(?:dari|dr|ke|dengan|dgn|saya|sy|siapa|apa|itu|ini|yang|yg|di|salah|jalan|jalannya|toko|usaha|desa|instansi|bapak"
    r"|ibu|anak|orang|suami|istri|sama|baik|tidak|ga|gak|mau|dan|keliru|beda|warga|masyarakat"
    r"|kelompok|rw|rt|lain|pemilik|kurang|ganti|tertukar|tetap|obat|barang|kami|kita|beliau"
    r"|perusahaan|pt|cv|tersebut|almarhum|ada|sesuai|juga|belum|sudah|pada|untuk|tercantum|kantor|kepala"
    r"|jalan|dokter|sekolah|ayah|kakak|adik|pemohon|lengkap|panjang)(?:nya)?\b"
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

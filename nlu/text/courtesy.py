"""Takes greetings, forms of address and thanks off a message, so that its wish remains.

"selamat pagi bu, kk saya hilang, terima kasih" is not a greeting and not a farewell. Works on
normalised text; a message that is nothing but courtesy stays as it is.
"""

import re

FEWEST_WORDS, LONGEST_CLOSING = 3, 300

_ADDRESS = (
    r"(?:pak|bapak|bu|ibu|kak|kakak|admin|mas|mbak|bang|gan|om|bos|bro|sis|nak|tante|bunda|mbah"
    r"|petugas|balai|semua|semuanya)"
)
_DAYTIME = r"(?:pagi|siang|sore|malam|petang)"
_OPENING = re.compile(
    rf"(?:(?:assalamualaikum|warahmatullahi|wabarakatuh|shalom|om swastiastu|salam(?: sejahtera)?"
    rf"|sampurasun|kulo nuwun|(?:nuwun|mohon) sewu|(?:selamat )?{_DAYTIME}|halo|permisi"
    r"|(?:mohon )?maaf|(?:mohon )?izin|numpang (?:ber)?tanya"
    r"|(?:mau |ingin )?(?:ber)?tanya(?: dong)?"
    rf"|sebelumnya|mengganggu|ganggu waktunya"
    rf"|{_ADDRESS}(?! (?:saya|dan|rt|rw|lurah|camat|kades)\b))"
    r"\s+)+"
)
_CLOSING = re.compile(
    r"(?:\s+(?:terima kasih|banyak|sebelumnya|sekali|atas|dan|ya|dong|nih|deh|sih|salam|hormat"
    r"|perhatian\w*|bantuan\w*|(?:jawaban|informasi)nya"
    r"|mohon (?:bantuan|informasi|petunjuk|arahan)\w*"
    r"|(?:mohon|tolong) dibantu|tolong bantu\w*|wassalam\w*|warahmatullahi|wabarakatuh"
    rf"|{_ADDRESS}))+$"
)


def without_courtesy(plain: str) -> str:
    """Return the message without its opening and closing courtesies."""
    opening = _OPENING.match(plain + " ")
    opened = plain[opening.end() :] if opening else plain
    wish, end = opened[:-LONGEST_CLOSING], opened[-LONGEST_CLOSING:]
    closed = (wish + _CLOSING.sub("", f" {end}" if not wish else end)).strip()
    for shorter in (closed, opened):
        if len(shorter.split()) >= FEWEST_WORDS:
            return shorter
    return plain

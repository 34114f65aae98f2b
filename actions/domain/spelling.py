"""Letters and digits by their spoken names: "es ka em tujuh ef tiga" is SKM7F3."""

from actions.domain.text import words_of

_SAID = """
    A:a B:be,bi C:ce,se D:de E:e F:ef G:ge H:ha I:i J:je K:ka L:el M:em N:en O:o P:pe Q:ki,kiu,qi
    R:er S:es T:te U:u V:ve,fe W:we X:eks,iks,ek Y:ye Z:zet,set
    0:nol,kosong 1:satu 2:dua 3:tiga 4:empat 5:lima 6:enam 7:tujuh 8:delapan,lapan 9:sembilan
"""
_NAMES = {
    name: sign
    for entry in _SAID.split()
    for sign, names in [entry.split(":")]
    for name in names.split(",")
}
_MARKS = frozenset({"strip", "setrip", "garis", "min", "spasi", "kode", "nomor"})
_SHORT = 3


def spelt_out(text: str) -> str | None:
    """The signs that a text spells, in upper case; None where it holds any other long word."""
    signs = []
    for word in words_of(text):
        if word in _NAMES or len(word) <= _SHORT:
            signs.append(_NAMES.get(word, word.upper()))
        elif word not in _MARKS:
            return None
    return "".join(signs)

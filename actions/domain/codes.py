"""Codes of requests and complaints, such as `SMJ-7F3-KQ9`.

A code can be written on paper and read out: no 0/O, 1/I, 2/Z, 5/S, 8/B, U/V pairs. Its last
character is an ISO 7064 hybrid check character (MOD 29,28) over the five before it, so that
one wrong or two swapped characters are noticed. The prefix is the office's and not checked.

A claim code, such as `7F3K-9QRT`, is longer, has no prefix, and is a secret. A return code, such
as `7F3K-9QRT-H4MW`, opens a whole chat, so it is longer still: 28^11 are too many to guess. A
PIN is six digits that are worth something beside the code of their case alone.
"""

import re
from itertools import product
from random import Random

from stdnum.iso7064 import mod_37_36

from actions.domain.text import plain_signs

ALPHABET = "23456789ACDEFGHJKLMNPQRTUWXY"
_BODY = 5
_CLAIM_BODY = 7
_RETURN_BODY = 11
_LOOKALIKES = {"S": "5", "Z": "2", "B": "8", "I": "L", "1": "L", "V": "U", "O": "QD", "0": "QD"}
_GAP = r"[\s\-_./]{0,3}"
_CLAIM = re.compile(
    rf"(?P<named>(?:KODE|KLAIM|NYA|SAYA|INI)[\s:,]+)*([A-Z0-9]{{4}}){_GAP}([A-Z0-9]{{4}})"
)
_NO_SIGN = re.compile(r"[^A-Z0-9]")
_LONGEST_RETURN = 60
PIN_LENGTH = 6
_PIN = re.compile(rf"(?<!\d)(?:\d[ .\-]?){{{PIN_LENGTH - 1}}}\d\W*$")
_LONE = re.compile(rf"([A-Z0-9]{{3}}){_GAP}([A-Z0-9]{{3}})")


def new_code(prefix: str, random: Random) -> str:
    """Draw a code that cannot be mistaken.

    It has a digit and a letter, so that no word can be one, and at most one Q or D, so that
    a written O has one reading. `random` is `random.SystemRandom()` in production.
    """
    return _format(prefix, _drawn(_BODY, random))


def new_claim_code(random: Random) -> str:
    """Draw a claim code; as `new_code`."""
    return _in_fours(_drawn(_CLAIM_BODY, random))


def new_return_code(random: Random) -> str:
    """Draw a return code; as `new_code`."""
    return _in_fours(_drawn(_RETURN_BODY, random))


def _drawn(length: int, random: Random) -> str:
    while True:
        body = "".join(random.choices(ALPHABET, k=length))
        whole = body + mod_37_36.calc_check_digit(body, ALPHABET)
        if _is_clear(whole):
            return whole


def read_code(text: str, prefix: str, *older: str) -> str | None:
    """Find the code that a citizen wrote, anywhere in `text`; None when there is none.

    Forgives case, missing or other separators and look-alike characters (S for 5, O for Q
    or D). Without its prefix a code is recognised only when it is all there is. `older` are
    prefixes of before: a code that is written with one of them keeps it.
    """
    for candidate in _candidates(text, prefix):
        spellings = [whole for whole in _spellings(candidate) if _is_valid(whole)]
        if len(spellings) == 1:
            return _format(prefix, spellings[0])
    return read_code(text, *older) if older else None


def read_claim_code(text: str) -> str | None:
    """The claim code that is all of a text, but for "kode klaim" before it; as `read_code`.

    It has a digit as it is typed, or else a word could be one.
    """
    match = _claim_in(text)
    if match is None or not any(map(str.isdigit, match[2] + match[3])):
        return None
    spellings = [whole for whole in _spellings(match[2] + match[3]) if _is_valid(whole)]
    return _in_fours(spellings[0]) if len(spellings) == 1 else None


def read_return_code(text: str) -> str | None:
    """The return code that a text is, whatever stands between its characters; as `read_code`."""
    written = _NO_SIGN.sub("", plain_signs(text[:_LONGEST_RETURN]).upper())
    if len(written) != _RETURN_BODY + 1:
        return None
    spellings = [whole for whole in _spellings(written) if _is_valid(whole)]
    return _in_fours(spellings[0]) if len(spellings) == 1 else None


def looks_like_claim_code(text: str) -> bool:
    """Whether a text is said to be a claim code, or is written like one, valid or not."""
    match = _claim_in(text)
    if match is None:
        return False
    body = match[2] + match[3]
    mixed = any(map(str.isdigit, body)) and any(map(str.isalpha, body))
    return match["named"] is not None or (mixed and "-" in match[0])


def new_pin(random: Random) -> str:
    """Draw a PIN."""
    return f"{random.randrange(10**PIN_LENGTH):0{PIN_LENGTH}}"


def read_pin(text: str) -> str | None:
    """The PIN that ends a text, read out in groups or not; None where there is none."""
    found = _PIN.search(plain_signs(text))
    return None if found is None else "".join(filter(str.isdigit, found[0]))


def read_code_and_pin(text: str, *prefixes: str) -> tuple[str, str] | None:
    """The code of a case with its PIN behind it, as "SMJ-7F3-KQ9 482 913"."""
    plain = plain_signs(text)
    found = _PIN.search(plain)
    code = None if found is None else read_code(plain[: found.start()], *prefixes)
    pin = read_pin(text)
    return None if code is None or pin is None else (code, pin)


def _claim_in(text: str) -> re.Match[str] | None:
    return _CLAIM.fullmatch(plain_signs(text).upper().strip(" .,:;!?#*()[]\"'"))


def _in_fours(whole: str) -> str:
    return "-".join(whole[start : start + 4] for start in range(0, len(whole), 4))


def looks_like_code(text: str, *prefixes: str) -> bool:
    """Whether `text` holds something shaped like a code, valid or not.

    True with `read_code` None means: mistyped, ask to look again.
    """
    found = (candidate for prefix in prefixes for candidate in _candidates(text, prefix))
    return any(any(char.isdigit() for char in candidate) for candidate in found)


def _format(prefix: str, whole: str) -> str:
    return f"{prefix}-{whole[:3]}-{whole[3:]}"


def _is_clear(whole: str) -> bool:
    mixed = any(char.isdigit() for char in whole) and any(char.isalpha() for char in whole)
    return mixed and sum(char in _LOOKALIKES["O"] for char in whole) <= 1


def _is_valid(whole: str) -> bool:
    return _is_clear(whole) and mod_37_36.is_valid(whole, ALPHABET)


def _candidates(text: str, prefix: str) -> list[str]:
    """Six-character strings in `text` that stand where a code stands."""
    upper = plain_signs(text).upper()
    found = ["".join(match.groups()) for match in _prefixed(prefix).finditer(upper)]
    lone = _LONE.fullmatch(upper.strip(" .,:;!?#*()[]\"'"))
    return [*found, lone.group(1) + lone.group(2)] if lone else found


def _prefixed(prefix: str) -> re.Pattern[str]:
    start = _GAP.join(_same_look(char) for char in prefix.upper())
    body = _GAP.join(["([A-Z0-9])"] * (_BODY + 1))
    return re.compile(rf"(?<![A-Z0-9]){start}{_GAP}{body}(?![A-Z0-9])")


def _same_look(char: str) -> str:
    looks = {char, *_LOOKALIKES.get(char, "")}
    looks |= {wrong for wrong, right in _LOOKALIKES.items() if char in right}
    return f"[{''.join(sorted(looks))}]"


def _spellings(candidate: str) -> list[str]:
    """All readings of the characters as characters of the alphabet."""
    return ["".join(chars) for chars in product(*(_LOOKALIKES.get(c, c) for c in candidate))]

"""Passwords: which are good enough, and how they are kept.

The one rule for everybody who sets one, in the console and on the command line: long, and not
guessed within a few tries. What is guessed first is known by zxcvbn, a kept library (MIT) that
brings 30,000 common passwords and the names and words of English, and knows what people make of
them: "P4ssword1234", "qwertyuiop12", "abcabcabcabc". The words of the office and of the account
count as common too. Nothing is asked for beyond that: no digit, no capital, no change by date.
"""

import re
import secrets
from collections.abc import Iterable
from enum import StrEnum
from typing import NewType

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from actions.catalogue.models import Office

SHORTEST, LONGEST = 12, 128
LEAST_GUESSES = 10**8
# What comes later adds to the guesses only; looking through 72 odd signs takes seconds.
LOOKED_AT = 32
SHORTEST_WORD = 3

HASHER = PasswordHasher()
PasswordHash = NewType("PasswordHash", str)
# Checked when the account does not exist, so that both cases take the same time.
NOBODY = PasswordHash(HASHER.hash(secrets.token_urlsafe()))


class Weakness(StrEnum):
    """Why a password is not taken."""

    SHORT = "pendek"
    LONG = "panjang"
    COMMON = "umum"


class WeakPasswordError(Exception):
    """The password breaks the rule, in the way that `weakness` says."""

    def __init__(self, weakness: Weakness) -> None:
        super().__init__(weakness)
        self.weakness = weakness


def make_hash(password: str, office: Office, *owner: str) -> PasswordHash:
    """The hash to store; `owner` is how the account is called. Raises WeakPasswordError.

    Slow by design: call it off the event loop, and before a transaction is open.
    """
    if len(password) < SHORTEST:
        raise WeakPasswordError(Weakness.SHORT)
    if len(password) > LONGEST:
        raise WeakPasswordError(Weakness.LONG)
    if _guesses(password[:LOOKED_AT], _words([*_names(office), *owner])) < LEAST_GUESSES:
        raise WeakPasswordError(Weakness.COMMON)
    return PasswordHash(HASHER.hash(password))


def _guesses(password: str, known: Iterable[str]) -> float:
    """After how many tries it is guessed by somebody who knows these words."""
    # Its words take 13 MB, and passwords are set seldom.
    from zxcvbn import zxcvbn  # type: ignore[import-untyped]  # noqa: PLC0415

    guesses: float = zxcvbn(password, user_inputs=sorted(known))["guesses"]
    return guesses


def _names(office: Office) -> list[str]:
    units = (name for unit in office.units.values() for name in (unit.name, unit.short))
    return ["Balai", office.name, office.called, *units]


def _words(names: Iterable[str]) -> set[str]:
    """Names as they are, without spaces, and each of their words."""
    lower = {name.lower() for name in names}
    words = {word for name in lower for word in re.findall(r"\w+", name)}
    words |= lower | {re.sub(r"\W", "", name) for name in lower}
    return {word for word in words if len(word) >= SHORTEST_WORD}


def matches(stored: PasswordHash, password: str) -> bool:
    """Whether the password is right. Slow by design: call it off the event loop.

    No transaction should be open meanwhile: it would keep everybody else waiting.
    """
    try:
        return HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False

"""Encryption of files as a stream, so that no part can be changed, moved, added or cut off.

The construction is STREAM (Hoang, Reyhanitabar, Rogaway and Vizár, 2015) as age uses it: chunks of
64 KiB under ChaCha20-Poly1305, counted in the nonce, the last one marked. Each file has a key of
its own, derived from the secret key and a salt that stands in front.
"""

import os
from collections.abc import Iterator
from itertools import count
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from actions.storage.vault import ID_BYTES, Key, Vault

MAGIC = b"balai\x01"
SALT = 16
HEADER = len(MAGIC) + ID_BYTES + SALT
CHUNK = 64 * 1024
TAG = 16


class DamagedFileError(Exception):
    """A stored file is not as it was sealed."""


def seal(key: Key, plain: IO[bytes], sealed: IO[bytes]) -> None:
    """Encrypt what one file holds into another one."""
    header = MAGIC + bytes.fromhex(key.id) + os.urandom(SALT)
    sealed.write(header)
    cipher = _cipher(key, header)
    for nonce, chunk in _numbered(plain, CHUNK):
        sealed.write(cipher.encrypt(nonce, chunk, header))


def opened(vault: Vault, sealed: IO[bytes]) -> Iterator[bytes]:
    """The chunks of a file; raises WrongKeyError, or DamagedFileError at the first bad one."""
    header = sealed.read(HEADER)
    cipher = _cipher(vault.key(key_id(header)), header)
    for nonce, chunk in _numbered(sealed, CHUNK + TAG):
        try:
            yield cipher.decrypt(nonce, chunk, header)
        except InvalidTag:
            raise DamagedFileError from None


def key_id(header: bytes) -> str:
    """With which key a file was sealed, from its first HEADER bytes; raises DamagedFileError."""
    if len(header) < HEADER or not header.startswith(MAGIC):
        raise DamagedFileError
    return header[len(MAGIC) : len(MAGIC) + ID_BYTES].hex()


def _cipher(key: Key, header: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(key.derive(b"balai file", salt=header[-SALT:]))


def _numbered(source: IO[bytes], size: int) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a file with their nonces: eleven bytes that count, one that says the last."""
    chunk = source.read(size)
    for number in count():
        following = source.read(size)
        yield number.to_bytes(11, "big") + (b"\x00" if following else b"\x01"), chunk
        if not following:
            return
        chunk = following

"""A sealed file comes back whole or not at all."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.storage.file_sealing import CHUNK, HEADER, TAG, DamagedFileError, opened, seal
from actions.storage.vault import Vault, WrongKeyError
from tests.support.databases import SECRET

VAULT = Vault(SECRET)
TWO_AND_A_BIT = bytes(2 * CHUNK + 5)
BLOCK = CHUNK + TAG


def sealed(plain: bytes) -> bytes:
    target = io.BytesIO()
    seal(VAULT.current, io.BytesIO(plain), target)
    return target.getvalue()


def read(content: bytes, vault: Vault = VAULT) -> bytes:
    return b"".join(opened(vault, io.BytesIO(content)))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 5])
def test_what_was_sealed_comes_back(size: int) -> None:
    plain = bytes(n % 251 for n in range(size))
    assert read(sealed(plain)) == plain


def test_nothing_of_it_can_be_read_in_the_file() -> None:
    content = sealed(b"NIK 3204321204890001 " * 1000)
    assert b"3204" not in content
    assert sealed(b"x") != sealed(b"x")


def test_another_key_opens_nothing_and_an_older_one_does() -> None:
    other = "another secret that is long enough"
    with pytest.raises(WrongKeyError):
        read(sealed(b"x"), Vault(other))
    assert read(sealed(b"x"), Vault(other, SECRET)) == b"x"


@given(place=st.integers(0, len(sealed(TWO_AND_A_BIT)) - 1), flip=st.integers(1, 255))
def test_no_byte_can_be_changed(place: int, flip: int) -> None:
    content = bytearray(sealed(TWO_AND_A_BIT))
    content[place] ^= flip
    with pytest.raises((DamagedFileError, WrongKeyError)):
        read(bytes(content))


@pytest.mark.parametrize("cut", [0, 3, HEADER, HEADER + 1, HEADER + BLOCK, HEADER + 2 * BLOCK, -1])
def test_nothing_can_be_cut_off(cut: int) -> None:
    with pytest.raises(DamagedFileError):
        read(sealed(TWO_AND_A_BIT)[:cut])


def test_chunks_can_neither_change_places_nor_be_added_nor_come_from_another_file() -> None:
    content = sealed(TWO_AND_A_BIT)
    header, first, second, last = (
        content[:HEADER],
        content[HEADER : HEADER + BLOCK],
        content[HEADER + BLOCK : HEADER + 2 * BLOCK],
        content[HEADER + 2 * BLOCK :],
    )
    other = sealed(TWO_AND_A_BIT)[HEADER : HEADER + BLOCK]
    for chunks in (
        (second, first, last),
        (first, last),
        (first, second, second, last),
        (first, second, last, last),
        (other, second, last),
    ):
        with pytest.raises(DamagedFileError):
            read(header + b"".join(chunks))

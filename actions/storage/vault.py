"""Encryption of personal data at rest, and keyed hashes to look it up by."""

import base64
import hashlib
import hmac
import json

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ID_BYTES = 6
SEPARATOR = ":"


class WrongKeyError(Exception):
    """Stored data was sealed with another secret key."""

    def __init__(self) -> None:
        super().__init__("data was sealed with another secret key")


class Key:
    """What is derived from one secret, a string of at least 32 characters.

    `id` names the key in whatever it sealed, and tells nothing about it.
    """

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self.id = self.derive(b"balai key id", length=ID_BYTES).hex()
        self.fernet = Fernet(base64.urlsafe_b64encode(self.derive(b"balai seal")))
        self.look_up = self.derive(b"balai look-up")

    def derive(self, purpose: bytes, *, salt: bytes | None = None, length: int = 32) -> bytes:
        """Bytes for one purpose alone (HKDF, RFC 5869)."""
        return HKDF(SHA256(), length, salt, purpose).derive(self._secret)


class Vault:
    """Seals JSON values with the first of some secrets; opens what any of them sealed."""

    def __init__(self, *secrets: str) -> None:
        self._take(secrets)

    def _take(self, secrets: tuple[str, ...]) -> None:
        self._keys = {key.id: key for key in map(Key, secrets)}
        self._current = next(iter(self._keys.values()))
        self._any = MultiFernet([key.fernet for key in self._keys.values()])

    @property
    def current(self) -> Key:
        """The key that seals."""
        return self._current

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all keys."""
        return frozenset(self._keys)

    def key(self, name: str) -> Key:
        """The key of an id; raises WrongKeyError for one that is not here."""
        try:
            return self._keys[name]
        except KeyError:
            raise WrongKeyError from None

    def seal(self, value: object) -> str:
        """Encrypt a JSON value to printable text: the key's id, a colon, a Fernet token."""
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        key = self.current
        return key.id + SEPARATOR + key.fernet.encrypt(plain.encode()).decode()

    def open(self, sealed: str) -> object:
        """Decrypt what `seal` made; raises WrongKeyError under another secret."""
        name, _, token = sealed.rpartition(SEPARATOR)
        # The first tokens did not name their key.
        fernet = self.key(name).fernet if name else self._any
        try:
            return json.loads(fernet.decrypt(token.encode()))
        except InvalidToken:
            raise WrongKeyError from None

    def fingerprint(self, text: str | bytes) -> str:
        """Hash something so that equals can be found without storing it (hex)."""
        return _hashed(self.current, text)

    def fingerprints(self, text: str) -> list[str]:
        """Its hash with each key: what was hashed before the key was changed is found too."""
        current = self.current
        return [_hashed(current, text)] + [
            _hashed(key, text) for key in self._keys.values() if key is not current
        ]


def _hashed(key: Key, text: str | bytes) -> str:
    raw = text.encode() if isinstance(text, str) else text
    return hmac.new(key.look_up, raw, hashlib.sha256).hexdigest()

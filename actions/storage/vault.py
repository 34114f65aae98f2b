"""Encryption of personal data at rest, and keyed hashes to look it up by."""

import base64
import hashlib
import hmac
import json

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class WrongKeyError(Exception):
    """Stored data was sealed with another secret key."""


def _derive(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret)


class Vault:
    """Seals JSON values with one secret; the secret is any string of at least 32 characters."""

    def __init__(self, secret: str) -> None:
        raw = secret.encode()
        self._fernet = Fernet(base64.urlsafe_b64encode(_derive(raw, b"balai seal")))
        self._hash_key = _derive(raw, b"balai look-up")

    def seal(self, value: object) -> str:
        """Encrypt a JSON value to printable text."""
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return self._fernet.encrypt(plain.encode()).decode()

    def open(self, sealed: str) -> object:
        """Decrypt what `seal` made; raises WrongKeyError under another secret."""
        try:
            return json.loads(self._fernet.decrypt(sealed.encode()))
        except InvalidToken as error:
            raise WrongKeyError("data was sealed with another secret key") from error

    def fingerprint(self, text: str) -> str:
        """Hash a number so that equal numbers can be found without storing them (hex)."""
        return hmac.new(self._hash_key, text.encode(), hashlib.sha256).hexdigest()

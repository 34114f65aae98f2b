"""The app on the telephone of an officer of the tests."""

from __future__ import annotations

import base64
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

APP_SECRET = base64.b32encode(b"the secret of tests.").decode()
"""What accounts have that need a second factor."""


def code(now: datetime, secret: str = APP_SECRET) -> str:
    """What the app shows at a moment."""
    totp = TOTP(base64.b32decode(secret.replace(" ", "")), 6, SHA1(), 30)  # noqa: S303
    return totp.generate(int(now.timestamp())).decode()

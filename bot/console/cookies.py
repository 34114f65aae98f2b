"""The console's cookies: the session, the proof for the login form, and a notice."""

from datetime import timedelta

from actions.casework.devices import KEPT as DEVICE_KEPT
from bot.http.cookies import Cookie

SESSION = Cookie("balai_sesi")
LOGIN_PROOF = Cookie("balai_masuk")
"""What the login form must repeat, since there is no session yet."""
NOTICE = Cookie("balai_kabar", max_age=60)
"""The key of a notice for the next page. Only the key travels, so there is nothing to forge."""


def device_of(staff_id: int) -> Cookie:
    """What a browser is known by that an account has logged in with; many share a computer."""
    return Cookie(f"balai_kenal_{staff_id}", max_age=DEVICE_KEPT // timedelta(seconds=1))

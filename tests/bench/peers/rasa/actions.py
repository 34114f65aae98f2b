"""The custom actions of the stock assistant; runs in Rasa's own environment."""

from __future__ import annotations

import secrets
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import AllSlotsReset
from rasa_sdk.executor import CollectingDispatcher

KINDS = ("mati", "kedip", "rusak")
MOST = 200


class ValidateLampuForm(FormValidationAction):
    """Takes an answer, or lets the question be asked again."""

    def name(self) -> str:
        return "validate_lampu_form"

    def validate_keadaan(self, value: str, *_: object) -> dict[str, Any]:
        found = next((kind for kind in KINDS if kind in value.lower()), None)
        return {"keadaan": found}

    def validate_jumlah(self, value: Any, *_: object) -> dict[str, Any]:
        digits = str(value).strip()
        fits = digits.isdigit() and 1 <= int(digits) <= MOST
        return {"jumlah": float(digits) if fits else None}

    def validate_kirim(self, value: Any, *_: object) -> dict[str, Any]:
        return {"kirim": True if str(value).strip().lower() == "kirim" else None}


class ActionKirim(Action):
    """Files the report: a code for it, and an empty form for the next."""

    def name(self) -> str:
        return "action_kirim"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[dict[str, Any]]:
        code = secrets.token_hex(3).upper()
        dispatcher.utter_message(response="utter_diterima", kode=code)
        return [AllSlotsReset()]

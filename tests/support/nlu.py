"""An NLU that understands what a test says it does."""

from __future__ import annotations

from collections.abc import Mapping

from actions.domain.understanding import Candidate, Understanding


class ScriptedNlu:
    """Answers `{"ktp hilang": "ajukan_layanan ktp_hilang"}`; anything else answers a question.

    `asked` are the texts it was asked about.
    """

    def __init__(self, script: Mapping[str, str] | None = None) -> None:
        self.script = dict(script or {})
        self.asked: list[str] = []

    async def understand(self, text: str) -> Understanding:
        """See Understands."""
        self.asked.append(text)
        intent, *targets = self.script.get(text, "di_luar_cakupan").split()
        answers = dict.fromkeys(("nama", "tempat", "uraian"), 1.0)
        return Understanding(
            text,
            (Candidate(intent, 0.95),),
            tuple(Candidate(target, 0.9) for target in targets),
            roles={"keinginan": 1.0} if text in self.script else answers,
        )

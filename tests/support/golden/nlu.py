"""An NLU that answers from the script, and notes when it is asked out of turn."""

from __future__ import annotations

from dataclasses import replace

from actions.domain.understanding import Candidate, Entity, Understanding, Understands, Wish
from bot.nlu.keywords import Keywords
from tests.support.golden.script import Step, Understood

ANSWERS = ("nama", "tempat", "uraian")


class ScriptedNlu:
    """Answers what the running step says; by keywords while it is down.

    What a step without a script says is an answer to the question that is open, and words that
    are read again mean what they meant before.

    `asked` and `surprises` are what the player looks at after the step.
    """

    def __init__(self, words: Keywords) -> None:
        self._words = words
        self._step: Step | None = None
        self._before: dict[str, Understanding] = {}
        self.down = False
        self.asked = False
        self.surprises: list[str] = []

    def prepare(self, step: Step) -> None:
        """Take the answers of the next step."""
        self._step, self.asked, self.surprises = step, False, []

    async def understand(self, text: str) -> Understanding:
        """See Understands."""
        self.asked = True
        if self.down:
            return await self._words.understand(text)
        script = self._step.understood if self._step else None
        if text in self._before:
            return self._before[text]
        if script is None:
            known = await self._words.understand(text)
            role = self._step.role if self._step else ""
            return replace(known, roles=dict.fromkeys([role] if role else ANSWERS, 1.0))
        self._before[text] = self._scripted(text, script)
        return self._before[text]

    def _scripted(self, text: str, script: Understood) -> Understanding:
        return Understanding(
            text,
            tuple(Candidate(name, share) for name, share in script.intents),
            tuple(Candidate(name, share) for name, share in script.targets),
            tuple(Entity(kind, words, *_place(text, words)) for kind, words in script.entities),
            normalised=text.lower(),
            wishes=tuple(_wish(text, *wish) for wish in script.wishes),
            besides=tuple(_wish(text, *wish) for wish in script.besides),
            denied=(_place(text, script.denied),) if script.denied else (),
            roles={"keinginan": 1.0},
        )


def _place(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def _wish(text: str, words: str, intent: str, target: str) -> Wish:
    about = Candidate(target, 0.96) if target else None
    return Wish(Candidate(intent, 0.96), about, *_place(text, words))


class LiveNlu:
    """Asks the trained model, and notes where it disagrees with the script."""

    def __init__(self, model: Understands) -> None:
        self._model = model
        self._step: Step | None = None
        self.down = False
        self.asked = False
        self.surprises: list[str] = []

    def prepare(self, step: Step) -> None:
        """Compare the next answer with this step."""
        self._step, self.asked, self.surprises = step, False, []

    async def understand(self, text: str) -> Understanding:
        """See Understands."""
        self.asked = True
        known = await self._model.understand(text)
        wanted = self._step.understood if self._step else None
        if known.source != "model":
            self.surprises.append(f"{self._step}: the model did not answer")
        meant = [wish.intent.name for wish in known.wishes]
        if wanted and wanted.wishes:
            if meant != [intent for _, intent, _ in wanted.wishes]:
                self.surprises.append(f"{self._step}: understood as the wishes {meant}")
        elif wanted and known.intent.name != wanted.intents[0][0]:
            found = f"{known.intent.name} ({known.intent.confidence:.2f})"
            self.surprises.append(f"{self._step}: understood as {found}")
        return known

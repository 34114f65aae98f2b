"""Plays a conversation step by step and compares what came back."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from tests.support.golden import officer
from tests.support.golden.before import file_case
from tests.support.golden.client import CITIZEN, OTHER, STAFF, ChannelClient, Heard, Sent
from tests.support.golden.script import Script, Step, duration, is_key
from tests.support.golden.stored import differences, record
from tests.support.golden.voice import Voice

BETWEEN = timedelta(seconds=20)
TAG = re.compile(r"</?(?:b|i|code)>")
PLACEHOLDER = re.compile(r"\\\{(\w+)\\\}")
RECEIPT = "formulir.diterima"
PHONE = "+6281200001234"
WORDS = {"warga": CITIZEN, "warga_lain": OTHER}
ON_BUTTON = {
    "klik": (CITIZEN, "tombol"),
    "klik_lama": (CITIZEN, "tombol_lama"),
    "klik_lain": (OTHER, "tombol"),
}


class UnexpectedError(AssertionError):
    """A step that did not go as written; the message shows the chat up to it."""


class Player:
    """One conversation on one running Balai."""

    def __init__(self, script: Script, client: ChannelClient, *, rebuilding: bool = False) -> None:
        self._script = script
        self._client = client
        self._rebuilding = rebuilding
        self._codes: dict[str, str] = {}
        self._log: list[str] = []
        self._voice = Voice(client.reference.words["global"])

    async def play(self) -> None:
        """Play all steps; raises UnexpectedError at the first that goes otherwise."""
        for step in self._script.steps:
            self._client.clock.move(BETWEEN)
            self._client.nlu.prepare(step)
            self._log.append(f"» {step.act}: {step.what}")
            try:
                await self._do(step)
            except AssertionError as error:
                self._fail(step, [str(error)])
            problems = await self._problems(step)
            if problems:
                self._fail(step, problems)
            if self._rebuilding:
                await self._client.rebuild()

    async def _do(self, step: Step) -> None:
        client, what = self._client, step.what
        if step.act == "jeda":
            client.clock.move(duration(what))
            await client.settle()
        elif step.act == "sudah":
            await file_case(client, client.chat(CITIZEN), what)
            await self._learn_codes()
        elif step.act == "petugas":
            await officer.act(client, client.chat(CITIZEN), self._filled_all(what))
            await client.settle()
        elif step.act == "nlu":
            client.nlu.down = what == "mati"
        elif step.act == "ulang_update":
            await client.again()
        else:
            await client.send(*self._sent(step))

    def _sent(self, step: Step) -> Iterator[Sent]:
        what = step.what
        if step.act in WORDS:
            yield Sent(WORDS[step.act], "teks", self._filled(what))
        elif step.act in ON_BUTTON:
            yield Sent(*ON_BUTTON[step.act], self._filled(what))
        elif step.act == "klik_dua_kali":
            yield from [Sent(CITIZEN, "tombol", self._filled(what))] * 2
        elif step.act in {"foto", "dokumen"}:
            captions = [what] if isinstance(what, str) else [None] * int(what)
            yield from (Sent(CITIZEN, step.act, caption) for caption in captions)
        elif step.act in {"ubah", "teruskan"}:
            yield Sent(CITIZEN, step.act, self._filled(what))
        elif step.act == "kontak":
            yield Sent(CITIZEN, "kontak", (PHONE, what == "sendiri"))
        else:
            yield Sent(CITIZEN, step.act, what)

    async def _learn_codes(self) -> None:
        """Let {kode} stand for the newest code, {kode_1} for the citizen's first."""
        async with self._client.sessions() as session:
            held = await record(session, self._client.chat(CITIZEN))
        for number, case in enumerate(held.cases, 1):
            self._codes[f"kode_{number}"] = self._codes["kode"] = str(case.code)

    def _filled(self, text: str) -> str:
        for name, code in self._codes.items():
            text = text.replace(f"{{{name}}}", code)
        return text

    def _filled_all(self, what: dict[str, Any]) -> dict[str, Any]:
        return {key: self._filled(v) if isinstance(v, str) else v for key, v in what.items()}

    async def _problems(self, step: Step) -> list[str]:
        heard = {who: self._client.heard(who) for who in (CITIZEN, OTHER, STAFF)}
        if any(RECEIPT in message.key for message in heard[CITIZEN]):
            await self._learn_codes()
        pins = [message.pin for message in heard[CITIZEN] if message.pin]
        self._codes |= {"pin": pins[-1]} if pins else {}
        for who, messages in heard.items():
            self._log.extend(f"   {who} {_shown(message)}" for message in messages)
        return [
            *self._understanding(step),
            *self._replies(step.expected.get("bot", []), heard[CITIZEN]),
            *self._replies(step.expected.get("bot_lain", []), heard[OTHER]),
            *self._replies(step.expected.get("grup"), heard[STAFF]),
            *self._buttons(step, heard),
            *self._voice.faults(step, heard[CITIZEN]),
            *await self._stored(step),
        ]

    def _understanding(self, step: Step) -> Iterator[str]:
        yield from self._client.nlu.surprises
        if step.understood is not None and not self._client.nlu.asked:
            yield "the NLU was not asked, so its script means nothing"

    async def _stored(self, step: Step) -> list[str]:
        if "simpan" not in step.expected:
            return []
        async with self._client.sessions() as session:
            return await differences(session, self._client.chat(CITIZEN), step.expected["simpan"])

    def _replies(self, expected: Any, heard: Sequence[Heard]) -> Iterator[str]:
        if expected is None:
            return
        wanted = [expected] if isinstance(expected, str) else list(expected)
        keys = [key for message in heard for key in message.key.split("+")]
        named = [entry for entry in wanted if is_key(entry)]
        if not wanted and heard:
            yield f"silence was expected, heard {keys}"
        if named and not _same(named, keys):
            yield f"expected {named}, heard {keys}"
        if wanted and not heard:
            yield f"expected {wanted}, heard nothing"
        text = "\n\n".join(plain(message.text) for message in heard)
        for quoted in wanted:
            if not is_key(quoted) and not self._pattern(quoted).search(text):
                yield f"nobody said {quoted!r}"

    def _buttons(self, step: Step, heard: dict[str, list[Heard]]) -> Iterator[str]:
        offered = [label for messages in heard.values() for m in messages for label in m.labels]
        for label in step.expected.get("tombol", []):
            if self._filled(label) not in offered:
                yield f"no button {label!r} among {offered}"
        for label in step.expected.get("tanpa_tombol", []):
            if self._filled(label) in offered:
                yield f"there should be no button {label!r}"

    def _pattern(self, quoted: str) -> re.Pattern[str]:
        pattern = re.escape(self._filled(quoted)).replace(r"\ ", r"\s+")
        return re.compile(PLACEHOLDER.sub(".+?", pattern), re.DOTALL)

    def _fail(self, step: Step, problems: list[str]) -> None:
        lines = [f"{self._script.path}", f"{step}:", *(f"  - {p}" for p in problems), ""]
        raise UnexpectedError("\n".join([*lines, *self._log]))


def plain(text: str) -> str:
    """A message without its markup."""
    return html.unescape(TAG.sub("", text))


def _same(expected: Sequence[str], keys: Sequence[str]) -> bool:
    return len(expected) == len(keys) and all(
        key == wanted or key.startswith(f"{wanted}.")
        for wanted, key in zip(expected, keys, strict=True)
    )


def _shown(message: Heard) -> str:
    buttons = " ".join(f"[{label}]" for label in message.labels)
    return f"({message.key}) {plain(message.text)} {buttons}".rstrip()

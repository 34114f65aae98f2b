"""A citizen in a browser without scripts: reads the page, fills in its forms, presses its buttons.

What the page does not offer cannot be done, except by `post`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

from aiohttp import ClientResponse, ClientSession, FormData

VOID = {"input", "meta", "link", "br", "hr", "img"}
PATH = "/warga"


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the chat: its words, and the labels of its buttons."""

    words: str
    mine: bool
    labels: tuple[str, ...]


@dataclass
class _Line:
    mine: bool
    words: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Button:
    """A button, and the form that it sends."""

    label: str
    form: str
    name: str
    value: str


class _Reader(HTMLParser):
    """Collects lines, forms and buttons, and complains of what does not close."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str]]] = []
        self.forms: dict[str, dict[str, str]] = {}
        self.actions: dict[str, str] = {}
        self.buttons: list[Button] = []
        self.links: dict[str, str] = {}
        self.lines: list[_Line] = []
        self.alert = ""
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = {key: value or "" for key, value in attrs}
        if tag not in VOID:
            self.open.append((tag, have))
        if tag in {"button", "a", "textarea"} or "role" in have:
            self._text = []
        if tag == "form":
            name = have.get("id", have["action"])
            self.forms[name], self.actions[name] = {}, have["action"]
        is_chosen = have.get("type") != "checkbox" or "checked" in have
        if tag == "input" and "name" in have and is_chosen and have.get("type") != "file":
            self.forms[self._form()][have["name"]] = have.get("value", "")
        if tag == "div" and "b" in have.get("class", "").split():
            self.lines.append(_Line(mine="saya" in have["class"].split()))

    def _form(self) -> str:
        form = next(have for tag, have in reversed(self.open) if tag == "form")
        return form.get("id", form["action"])

    def handle_data(self, data: str) -> None:
        self._text.append(data)
        if self._in_line() and not {"small", "button", "a"} & {tag for tag, _ in self.open}:
            self.lines[-1].words.append(data)

    def _in_line(self) -> bool:
        return any("b" in have.get("class", "").split() for _, have in self.open)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        name, have = self.open.pop()
        assert name == tag, f"</{tag}> closes <{name}>"
        words = " ".join("".join(self._text).split())
        if tag == "button" and have.get("type") != "button":
            form = have.get("form") or self._form()
            button = Button(words, form, have.get("name", ""), have.get("value", ""))
            self.buttons.append(button)
        if tag in {"button", "a"} and self._in_line():
            self.lines[-1].labels.append(words)
        if tag == "a":
            self.links[words] = have.get("href", "")
        if tag == "textarea":
            self.forms[self._form()][have["name"]] = "".join(self._text)
        if have.get("role") == "alert":
            self.alert = words


@dataclass
class WebCitizen:
    """Somebody in front of the web chat. `session` keeps the cookies, `base` is the server."""

    session: ClientSession
    base: str
    status: int = 0
    html: str = ""
    address: str = ""
    headers: Any = None

    async def open(self, path: str = PATH) -> None:
        """Go to a page."""
        async with self.session.get(self.base + path) as answer:
            await self._read(answer)

    async def writes(self, words: str, **more: str) -> None:
        """Type something and press "Kirim"."""
        await self._send("tulis", {"teks": words, **more})

    async def taps(self, label: str) -> None:
        """Press the newest button that is called so."""
        await self.post(self.prepare(label), self._reader.actions[self._newest(label).form])

    def prepare(self, label: str) -> dict[str, str]:
        """What the newest button that is called so sends."""
        button = self._newest(label)
        named = {button.name: button.value} if button.name else {}
        return {**self._reader.forms[button.form], **named}

    def _newest(self, label: str) -> Button:
        found = [button for button in self._reader.buttons if button.label == label]
        assert found, f"no button {label}; there are {[b.label for b in self._reader.buttons]}"
        return found[-1]

    async def fills(self, button: str, **filled: str) -> None:
        """Fill in the form of this button, and press it."""
        form = next(b.form for b in self._reader.buttons if b.label == button)
        await self._send(form, filled)

    async def sends_photo(self, raw: bytes, caption: str = "") -> None:
        """Choose a file and press "Kirim"."""
        form = FormData({**self._reader.forms["tulis"], "teks": caption})
        form.add_field("berkas", BytesIO(raw), filename="foto.jpg", content_type="image/jpeg")
        await self.post(form)

    async def _send(self, form: str, filled: dict[str, str]) -> None:
        values = {**self._reader.forms[form], **filled}
        await self.post(values, self._reader.actions[form])

    async def post(self, values: Any, path: str = PATH, **headers: str) -> None:
        """Send a form, also one that no page has."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.session.post(self.base + path, data=values, headers=names) as answer:
            await self._read(answer)

    async def _read(self, answer: ClientResponse) -> None:
        self.status, self.address, self.headers = answer.status, answer.url.path, answer.headers
        html = answer.content_type == "text/html"
        self.html = await answer.text() if html else ""
        self._reader = _Reader()
        self._reader.feed(self.html)
        assert not self._reader.open, f"left open: {self._reader.open}"

    @property
    def lines(self) -> list[Said]:
        """The lines of the page, oldest first."""
        return [
            Said(" ".join("".join(line.words).split()), line.mine, tuple(line.labels))
            for line in self._reader.lines
        ]

    @property
    def replies(self) -> list[Said]:
        """What Balai said."""
        return [line for line in self.lines if not line.mine]

    @property
    def buttons(self) -> list[str]:
        """The labels of all buttons of the page."""
        return [button.label for button in self._reader.buttons]

    @property
    def links(self) -> dict[str, str]:
        """The links of the page by their words."""
        return self._reader.links

    @property
    def statics(self) -> list[str]:
        """What the page loads besides."""
        return re.findall(r'(?:src|href)="(/warga/statis/[^"]+)"', self.html)

    @property
    def alert(self) -> str:
        """What the page says is wrong."""
        return self._reader.alert

    def form(self, name: str = "tulis") -> dict[str, str]:
        """What a form of the page sends."""
        return dict(self._reader.forms[name])

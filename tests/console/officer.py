"""A browser without scripts: an officer can open pages, fill in forms and press buttons.

Forms are found by the words on their button, fields by their name; hidden fields are sent as
they stand in the page. What the page does not offer cannot be done, except by `post`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from aiohttp import ClientResponse, FormData
from aiohttp.test_utils import TestClient

from tests.support.authenticator import code
from tests.support.clock import Clock
from tests.support.database import PASSWORD

VOID = {"input", "meta", "link", "br", "hr", "img"}


@dataclass
class Form:
    """One form of a page."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    buttons: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects forms and links, and complains of what does not close."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}
        self.open: list[str] = []
        self._text: list[str] = []
        self._href = ""
        self._name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = {key: value or "" for key, value in attrs}
        if tag not in VOID:
            self.open.append(tag)
        if tag == "form":
            self.forms.append(Form(have["action"], have.get("method", "get")))
        if tag in {"button", "a", "textarea"}:
            self._text = []
        if tag == "a":
            self._href = have.get("href", "")
        if self.forms and have.get("name"):
            self._field(tag, have)
        if tag == "option" and "selected" in have and self.forms:
            self.forms[-1].values[self._name] = have.get("value", "")

    def _field(self, tag: str, have: dict[str, str]) -> None:
        form, self._name = self.forms[-1], have["name"]
        form.names.add(self._name)
        is_chosen = have.get("type") not in {"radio", "checkbox"} or "checked" in have
        if tag == "input" and is_chosen:
            form.values[self._name] = have.get("value", "")

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes something else"
        words = " ".join("".join(self._text).split())
        if tag == "button":
            self.forms[-1].buttons.append(words)
        if tag == "a":
            self.links[words] = self._href
        if tag == "textarea" and self.forms:
            self.forms[-1].values[self._name] = "".join(self._text)


@dataclass
class Officer:
    """Somebody in front of the console."""

    client: TestClient  # type: ignore[type-arg]
    clock: Clock
    status: int = 0
    html: str = ""
    address: str = ""
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    async def log_in(self, username: str, password: str = PASSWORD) -> None:
        """With the code of the second factor too, where it is asked for."""
        await self.open("/masuk")
        await self.press("Masuk", nama=username, sandi=password)
        if self.address == "/masuk/kode":
            await self.press("Masuk", kode=code(self.clock.now))

    async def set_up_second_factor(self) -> str:
        """As the page says, with an app that reads the key; the answer is that key."""
        await self.press("Siapkan sekarang")
        key = re.search(r'<code class="key">([A-Z2-7 ]+)</code>', self.html)
        assert key is not None
        await self.press("Pasang verifikasi", kode=code(self.clock.now, key[1]))
        return key[1]

    async def open(self, path: str) -> None:
        await self._seen(await self.client.get(path))

    async def press(self, button: str, **filled: str) -> None:
        """Fill in the form that has this button, and press it."""
        form = self.form(button)
        assert set(filled) <= form.names, f"no field {set(filled) - form.names}"
        values = {**form.values, **filled}
        if form.method == "post":
            await self.post(form.action, values)
        else:
            await self._seen(await self.client.get(form.action, params=values))

    async def post(
        self, path: str, values: dict[str, str] | list[tuple[str, str]] | FormData, **headers: str
    ) -> None:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        await self._seen(await self.client.post(path, data=values, headers=names))

    async def _seen(self, response: ClientResponse) -> None:
        self.status, self.address = response.status, response.url.path
        self.query = response.url.query_string
        self.headers = dict(response.headers)
        self.html = await response.text() if response.content_type == "text/html" else ""
        self._reader = _Reader()
        self._reader.feed(self.html)
        assert not self._reader.open, f"left open: {self._reader.open}"

    def form(self, button: str) -> Form:
        found = [form for form in self._reader.forms if button in form.buttons]
        assert len(found) == 1, f"{len(found)} forms with {button}; there are " + str(
            [form.buttons for form in self._reader.forms]
        )
        return found[0]

    @property
    def forms(self) -> list[Form]:
        return self._reader.forms

    @property
    def buttons(self) -> list[str]:
        return [button for form in self._reader.forms for button in form.buttons]

    @property
    def links(self) -> dict[str, str]:
        return self._reader.links

    @property
    def words(self) -> str:
        """What the page says, on one line."""
        body = re.sub(r"<(script|style).*?</\1>", " ", self.html, flags=re.DOTALL)
        return " ".join(re.sub(r"<[^>]+>", " ", body).split())

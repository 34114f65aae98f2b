"""A real Chromium, and somebody in front of it."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from aiohttp.test_utils import TestServer
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from tests.support.authenticator import code
from tests.support.clock import Clock
from tests.support.database import PASSWORD

PATIENCE = 20
WIDTHS = (360, 1280)


def _chromium() -> tuple[str, str]:
    """Browser and driver; without them the test is skipped, in CI failed."""
    paths = shutil.which("chromium") or shutil.which("google-chrome"), shutil.which("chromedriver")
    if paths[0] is None or paths[1] is None:
        reason = "no Chromium to test on: install chromium and chromium-driver"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return paths[0], paths[1]


@pytest.fixture(scope="session")
def chrome() -> Iterator[webdriver.Chrome]:
    browser, driver = _chromium()
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(flag)
    service = webdriver.ChromeService(driver)
    chrome = webdriver.Chrome(options=options, service=service)
    chrome.set_page_load_timeout(PATIENCE)
    yield chrome
    chrome.quit()


class Seat:
    """Somebody at a screen. Every page that is left is checked for complaints of the browser."""

    def __init__(self, chrome: webdriver.Chrome, base: str, clock: Clock) -> None:
        self.chrome, self.base, self.clock = chrome, base, clock

    def screen(self, width: int) -> None:
        self.chrome.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500},
        )

    def scripts(self, *, on: bool) -> None:
        self.chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not on})

    def scheme(self, name: str) -> None:
        features = [{"name": "prefers-color-scheme", "value": name}]
        self.chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def open(self, path: str) -> None:
        self.chrome.get(self.base + path)

    def sees(self, *words: str) -> str:
        """Wait until the page, which may be on its way, says one of these; which it is."""

        def said(_: webdriver.Chrome) -> str | None:
            text = " ".join(self._text().split())
            return next((some for some in words if some in text), None)

        found: str = WebDriverWait(self.chrome, PATIENCE).until(said, f"never saw: {words}")
        return found

    def _text(self) -> str:
        """What the page shows, in one step: an element may be gone before it is read."""
        shown = self.chrome.execute_script("return document.body ? document.body.innerText : ''")
        return str(shown)

    def field(self, label: str) -> WebElement:
        """The field that belongs to a label, as a screen reader finds it."""
        for element in self.chrome.find_elements(By.TAG_NAME, "label"):
            if (element.get_property("textContent") or "").strip().startswith(label):
                target = element.get_attribute("for")
                return self.chrome.find_element(By.ID, target or "")
        raise AssertionError(f"no field is labelled {label}")

    def shown_field(self, label: str) -> WebElement:
        """The same where several fields are called so, and one is unfolded."""
        labels = self.chrome.find_elements(By.TAG_NAME, "label")
        fits = (e for e in labels if e.is_displayed() and e.text.startswith(label))
        shown = next(fits, None)  # a StopIteration would not get out of the thread, ever
        assert shown is not None, f"no field that is shown is labelled {label}"
        return self.chrome.find_element(By.ID, shown.get_attribute("for") or "")

    def until(self, true: Callable[[], bool]) -> None:
        """Wait until something is so, which a page does by itself."""
        WebDriverWait(self.chrome, PATIENCE).until(lambda _: true())

    def unfold(self, summary: str) -> None:
        found = f"//summary[normalize-space()='{summary}']"
        self.chrome.find_element(By.XPATH, found).click()

    def press(self, button: str) -> None:
        found = f"//button[normalize-space()='{button}']"
        self.chrome.find_element(By.XPATH, found).click()

    def follow(self, link: str) -> None:
        self.chrome.find_element(By.PARTIAL_LINK_TEXT, link).click()

    def log_in(self, username: str) -> None:
        self.chrome.delete_all_cookies()
        self.open("/masuk")
        self.field("Nama pengguna").send_keys(username)
        self.field("Kata sandi").send_keys(PASSWORD, Keys.ENTER)
        if self.sees("Milik saya", "Kode verifikasi") == "Kode verifikasi":
            self.field("Kode dari aplikasi").send_keys(code(self.clock.now), Keys.ENTER)
            self.sees("Milik saya")

    def complaints(self) -> list[str]:
        """What the browser holds against the page: policy breaches, failing scripts, 404s."""
        return [entry["message"] for entry in self.chrome.get_log("browser")]

    def overflow(self) -> int:
        """How many pixels the page is wider than the screen."""
        # Not window.innerWidth: a phone zooms out until what is too wide fits into it.
        script = (
            "const page = document.documentElement; return page.scrollWidth - page.clientWidth"
        )
        return max(int(self.chrome.execute_script(script)), 0)

    def active(self) -> dict[str, Any]:
        """The element that has the keyboard."""
        script = """const e = document.activeElement, s = getComputedStyle(e);
            return {tag: e.tagName, text: (e.innerText || e.value || '').trim(),
                    outline: s.outlineStyle, width: parseFloat(s.outlineWidth)}"""
        found: dict[str, Any] = self.chrome.execute_script(script)
        return found


@pytest.fixture
def seat(chrome: webdriver.Chrome, server: TestServer, clock: Clock) -> Iterator[Seat]:
    seat = Seat(chrome, f"http://{server.host}:{server.port}", clock)
    seat.screen(1280)
    chrome.get("about:blank")
    yield seat
    seat.scripts(on=True)
    seat.scheme("light")
    complaints = seat.complaints()
    chrome.get("about:blank")  # a page that listens would miss the server
    assert complaints == []


async def act(turn: Callable[[], None]) -> None:
    """Let somebody click while the server runs here."""
    await asyncio.to_thread(turn)

"""Makes the README's pictures anew, of a demo on a fixed day: `make screenshots`.

They lie beside this program and not in data/ or a folder of their own at the top: no
installation needs them, and the images that run Balai leave tests/ out. Lines break where the
fonts of this machine let them, so another machine's pictures differ by a pixel here and there.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp.test_utils import TestServer
from PIL import Image
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from sqlalchemy import func, select

from actions.casework.desk import Tray
from actions.domain.status import CaseKind, Status
from actions.storage.engine import Sessions, make_engine, make_sessions
from actions.storage.tables import Case, CaseEvent, Chat
from actions.storage.vault import Vault
from bot.console import make_console
from tests.bot.demo_database import PASSWORD, make
from tests.screenshots.conversation import conversation
from tests.support.authenticator import code
from tests.support.clock import Clock
from tests.support.databases import SECRET, sqlite_url
from tests.support.running_bot import dependencies

PICTURES = Path(__file__).parent / "pictures"
CASES = 400
WIDE, PHONE, CHAT = (1280, 1120, 1.0), (360, 1000, 2.0), (1380, 720, 1.0)
"""Width and height of the screen in CSS pixels, and how many real ones each has."""

COLOURS = 128
LARGEST = 100_000


@contextmanager
def chrome() -> Iterator[webdriver.Chrome]:
    """A Chromium without a window."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if browser is None or driver is None:
        sys.exit("There is no Chromium here. Install chromium and chromium-driver.")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(flag)
    running = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    try:
        yield running
    finally:
        running.quit()


class Photographer:
    """Keeps what a browser shows as small pictures."""

    def __init__(self, browser: webdriver.Chrome) -> None:
        self._browser = browser

    def screen(self, width: int, height: int, scale: float) -> None:
        """Change to another screen."""
        size = {"width": width, "height": height, "deviceScaleFactor": scale}
        command = {**size, "mobile": width < PHONE[0] + 1}
        self._browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", command)

    def take(
        self, name: str, address: str, screen: tuple[int, int, float], *, opened: str = ""
    ) -> None:
        """Open a page, and beside its list the case of that code, and keep what is seen of it."""
        self.screen(*screen)
        self._browser.get(address)
        if opened:
            row = f"//li[contains(., '{opened}')]//a[@data-buka]"
            self._browser.find_element(By.XPATH, row).click()
            self._browser.find_element(By.XPATH, f"//*[@id='panel']//h1[contains(., '{opened}')]")
        shot = Image.open(BytesIO(self._browser.get_screenshot_as_png())).convert("RGB")
        path = PICTURES / f"{name}.png"
        shot.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
        print(f"{path.name}: {path.stat().st_size // 1000} kB")
        if path.stat().st_size > LARGEST:
            sys.exit(f"{path.name} is too large for the README.")

    def log_in(self, base: str, username: str) -> None:
        """Come into the console."""
        self._browser.get(f"{base}/masuk")
        self._browser.find_element(By.NAME, "nama").send_keys(username)
        self._browser.find_element(By.NAME, "sandi").send_keys(PASSWORD, Keys.ENTER)
        self._browser.find_element(By.CSS_SELECTOR, "main form button").click()
        key = self._browser.find_element(By.CSS_SELECTOR, "code.key").text
        self._browser.find_element(By.NAME, "kode").send_keys(code(Clock().now, key), Keys.ENTER)
        self._browser.find_element(By.CSS_SELECTOR, ".codes ~ p a").click()
        self._browser.find_element(By.CSS_SELECTOR, ".desk")


def photograph(page: Path, base: str, case: Case) -> None:
    """All pictures of the README."""
    PICTURES.mkdir(exist_ok=True)
    tray = f"{base}/meja?baki={Tray.NEW}"
    with chrome() as browser:
        browser.implicitly_wait(10)
        photographer = Photographer(browser)
        photographer.take("chat", page.as_uri(), CHAT)
        photographer.log_in(base, "demo.pengawas")
        photographer.take("desk", tray, WIDE, opened=str(case.code))
        photographer.take("desk-phone", f"{base}/meja", PHONE)
        photographer.take("case-phone", f"{base}/permohonan/{case.id}", PHONE)
        photographer.take("unit", f"{base}/unit", WIDE)
        photographer.take("report", f"{base}/laporan", WIDE)


async def _telling_case(sessions: Sessions) -> Case:
    """The open complaint, no secret one, whose citizen listens, with most in its history."""
    async with sessions() as session:
        moves = func.count(CaseEvent.id)
        found = await session.scalar(
            select(Case)
            .join(CaseEvent, CaseEvent.case_id == Case.id)
            .join(Chat, Chat.id == Case.chat)
            .where(Case.kind == CaseKind.COMPLAINT, Case.secret.is_(False))
            .where(Chat.blocked.is_(False))
            .where(Case.status.in_([Status.IN_PROGRESS, Status.SCHEDULED, Status.ASSIGNED]))
            .where(Case.owner_id.is_(None))
            .group_by(Case.id)
            .order_by(moves.desc(), Case.id)
            .limit(1)
        )
        assert found is not None
        return found


async def _run(folder: Path) -> None:
    clock = Clock()
    demo, empty = (sqlite_url(folder / f"{name}.db") for name in ("demo", "chat"))
    page = folder / "chat.html"
    page.write_text(await conversation(empty, folder), encoding="utf-8")
    await make(demo, folder / "files", cases=CASES)
    engine = make_engine(demo, Vault(SECRET))
    sessions = make_sessions(engine)
    deps = dependencies(sessions, clock, folder / "files")
    app = make_console(deps, lambda: None, secure_cookies=False)
    async with TestServer(app) as server:
        base = f"http://{server.host}:{server.port}"
        await asyncio.to_thread(photograph, page, base, await _telling_case(sessions))
    await engine.dispose()


if __name__ == "__main__":
    os.environ["TZ"] = "Asia/Jakarta"
    with TemporaryDirectory() as name:
        asyncio.run(_run(Path(name)))

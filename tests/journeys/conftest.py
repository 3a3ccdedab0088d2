"""Journeys: the tasks people come to do, in a real browser on a served demo city.

At 390 px a journey is gone whole; every page on the way is also looked at in 1280 px, and both are checked by axe. Screenshots go to
`<data folder>/pictures`.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.factories.databases import environ_of

ROOT = Path(__file__).resolve().parents[2]
PHONE, DESK = 390, 1280
SERIOUS = {"serious", "critical"}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class City:
    """A demo city that is served for this run."""

    def __init__(self, environment: dict[str, str], port: int) -> None:
        self.environment = environment
        self.address = f"http://127.0.0.1:{port}"

    def manage(self, *arguments: str) -> str:
        """One of Django's commands; what it printed."""
        argv = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(argv, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


@pytest.fixture(scope="session")
def city(template_city: str, clone: Callable[[str, str], None], drop: Callable[[str], None]) -> Iterator[City]:
    """Serve a demo city as `run.py up` does: the one that the tests of the demo made in this run, else a new one."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    name, port = f"{template_city}_served{worker}", _free_port()
    drop(name)  # of a run that was killed
    made = os.environ.get("LINLI_MADE_CITY", "")
    clone(name, made or template_city)
    served = City(environ_of(name) | {"LINLI_ADDRESS": f"http://127.0.0.1:{port}"}, port)
    if not made:
        served.manage("make_demo")
    log = (settings.DATA / f"journeys{worker}.log").open("wb")
    granian = [
        str(Path(sys.executable).parent / "granian"),
        "--interface",
        "wsgi",
        "--port",
        str(port),
        "--blocking-threads",
        "4",
    ]
    children = [
        subprocess.Popen(argv, cwd=ROOT, env=served.environment, stdout=log, stderr=log)
        for argv in (
            [*granian, "linli.config.wsgi:application"],
            [sys.executable, "manage.py", "procrastinate", "worker"],
        )
    ]
    try:
        _await(served.address)
        yield served
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(20)
        log.close()
        drop(name)


def _await(address: str) -> None:
    for _attempt in range(300):
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the city does not answer")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=os.environ["LINLI_BROWSER"], args=ARGUMENTS)
        yield chromium
        chromium.close()


class Visitor:
    """Somebody with a browser."""

    def __init__(self, city: City, context: BrowserContext, pictures: Path) -> None:
        self.city, self.context, self.pictures = city, context, pictures
        self.page: Page = context.new_page()
        self.problems: list[str] = []
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("console", self._listen)

    def _listen(self, message: ConsoleMessage) -> None:
        """Keep what the browser complains of; that a refused form answers 4xx is no complaint."""
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            self.problems.append(message.text)

    def go(self, path: str) -> None:
        """Open an address."""
        self.page.goto(self.city.address + path)

    def enter_as(self, role: str) -> None:
        """Enter the demo city as one of the cast, by its button."""
        self.go("/demo/")
        self.page.locator(f"form[action$='/demo/enter/{role}/'] button").click()
        self.page.wait_for_load_state()

    def press(self, name: str) -> None:
        """Press a button or follow a link by its words; a second one that is seen is a fault."""
        target = self.page.get_by_role("button", name=name, exact=True).or_(
            self.page.get_by_role("link", name=name, exact=True)
        )
        target.filter(visible=True).click()
        self.page.wait_for_load_state()

    def look(self, name: str) -> None:
        """Look at the page in both widths: nothing sticks out sideways, axe finds nothing serious, a picture is kept."""
        for width in (DESK, PHONE):
            self.page.set_viewport_size({"width": width, "height": 900})
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            self.page.screenshot(path=self.pictures / f"{name}-{width}.png", full_page=True)
            assert wide <= width, f"{name} is {wide} px wide on a screen of {width} px"
            found = Axe().run(self.page).response["violations"]
            bad = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found if one["impact"] in SERIOUS]
            assert bad == [], f"{name} at {width} px"
        assert self.problems == []


@pytest.fixture
def visitor(city: City, browser: Browser) -> Iterator[Visitor]:
    """A visitor with a phone in the hand."""
    pictures = settings.DATA / "pictures"
    pictures.mkdir(exist_ok=True)
    context = browser.new_context(viewport={"width": PHONE, "height": 900}, locale="zh-CN", timezone_id="Asia/Shanghai")
    context.set_default_timeout(15000)
    yield Visitor(city, context, pictures)
    context.close()


@pytest.fixture
def another(city: City, browser: Browser) -> Iterator[Visitor]:
    """A second person with a browser of their own."""
    context = browser.new_context(viewport={"width": PHONE, "height": 900}, locale="zh-CN", timezone_id="Asia/Shanghai")
    context.set_default_timeout(15000)
    yield Visitor(city, context, settings.DATA / "pictures")
    context.close()

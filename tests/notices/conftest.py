"""The fixtures: the small city of town.py, and a partner's server that answers as told."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import translation

from linli.commons.notices import templates
from linli.ground.core import clock
from linli.ground.places.queries import _cities

from .town import MORNING, Partner, Wuhai, found_city


@pytest.fixture
def wuhai(db: None) -> Iterator[Wuhai]:
    with clock.stopped_at(MORNING):
        yield found_city()
    _cities.clear()


@pytest.fixture
def real_wuhai(db: None) -> Iterator[Wuhai]:
    with clock.stopped_at(MORNING):
        yield found_city(is_demo=False)
    _cities.clear()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Read in the language of the sources."""
    with translation.override("en"):
        yield


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's own templates; those of the apps are back afterwards."""
    monkeypatch.setattr(templates, "_templates", {})


@pytest.fixture
def partner() -> Iterator[Partner]:
    known = Partner()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            known.heard.append((dict(self.headers.items()), body))
            status = known.answers.pop(0) if known.answers else 204
            self.send_response(status)
            if status == 302:
                self.send_header("Location", known.url + "elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    known.url = f"http://127.0.0.1:{server.server_port}/linli/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield known
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def sms_sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str]]:
    """What would reach phones: the settings name this gateway instead of the console."""
    sent: list[tuple[str, str, str]] = []
    monkeypatch.setattr("linli.ground.people.sms.console", lambda phone, text, key: sent.append((phone, text, key)))
    return sent

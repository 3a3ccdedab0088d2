"""The operator's commands."""

import io
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from linli.ground.places.divisions import DATA
from linli.ground.places.management.commands import load_places
from linli.ground.places.models import City, Place

pytestmark = pytest.mark.django_db
WUHAI = str(DATA / "wuhai_2023.csv")


def _said(*command: str) -> str:
    said = io.StringIO()
    call_command(*command, stderr=said)
    return said.getvalue()


def test_loading_says_what_changed() -> None:
    first = _said("load_places", WUHAI, "--edition", "2023-06-30")
    assert first.startswith("read 114\nadd 114\n114 places read in ")
    assert first.endswith(" s: added 114 (edition 2023-06-30)\n")
    assert _said("load_places", WUHAI).endswith(" s: nothing has changed\n")


def test_a_bad_file_is_named_with_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("code,name\n" + "x,名\n" * 25, encoding="utf-8")
    with pytest.raises(CommandError, match=r"bad\.csv: nothing was loaded\n(.+\n){20}… and 5 more"):
        _said("load_places", str(file))
    assert not Place.objects.exists()


def test_an_older_file_is_refused(tmp_path: Path) -> None:
    _said("load_places", WUHAI, "--edition", "2023-06-30")
    file = tmp_path / "older.csv"
    file.write_text("code,name\n15,内蒙古\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"nothing was loaded; .*2022-01-01"):
        _said("load_places", str(file), "--edition", "2022-01-01")


@pytest.fixture
def another_loading() -> Iterator[None]:
    """Somebody else who has the places to themselves; whoever waits gives up after a tenth of a second."""
    other = connection.copy()
    other.set_autocommit(False)
    with other.cursor() as theirs, connection.cursor() as ours:
        theirs.execute("LOCK TABLE places_place IN SHARE ROW EXCLUSIVE MODE")
        ours.execute("SET LOCAL lock_timeout = '100ms'")
        yield
    other.rollback()
    other.close()


@pytest.mark.usefixtures("another_loading")
def test_two_loadings_at_once() -> None:
    with pytest.raises(CommandError, match="in use by another loading"):
        _said("load_places", WUHAI)
    assert not Place.objects.exists()


class Terminal(io.StringIO):
    """A stream that a person looks at."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_a_bar() -> None:
    command, terminal = load_places.Command(), Terminal()
    with redirect_stderr(terminal):
        command.show("read", 20_000, 40_000)
        command.show("read", 40_000, 40_000)
        command.show("add", 0, 0)
    bars = terminal.getvalue().split("\r")
    assert bars[1:3] == [f"read  {'█' * 15}{'·' * 15}    20,000 / 40,000", f"read  {'█' * 30}    40,000 / 40,000\n"]


def test_a_real_city_opens_once() -> None:
    assert _said("open_city", "1503").startswith("乌海市 (1503) is open since ")
    _said("open_city", "1503")
    assert City.objects.get().is_demo is False
    with pytest.raises(CommandError):
        _said("open_city", "1504")


def test_a_city_must_be_loaded_first(write: Callable[..., Path]) -> None:
    with pytest.raises(CommandError, match="load_places"):
        _said("open_city", "1504")

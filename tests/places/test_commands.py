"""The operator's commands."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

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


def test_two_loadings_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(**_facts: object) -> None:
        raise OperationalError("canceling statement due to lock timeout")

    monkeypatch.setattr(load_places.actions, "load_places", locked)
    with pytest.raises(CommandError, match="in use by another loading"):
        _said("load_places", WUHAI)


def test_a_terminal_sees_a_bar(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    command = load_places.Command()
    command.show("read", 20_000, 40_000)
    command.show("read", 40_000, 40_000)
    command.show("add", 0, 0)
    bars = capsys.readouterr().err.split("\r")
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

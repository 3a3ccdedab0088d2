"""These tests run no city of the suite: they make small ones of their own, so they need no prepared database."""

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from launch.binaries import SYSTEM_HOME
from launch.folder import ROOT, read_json
from tests.launch.checkout import Checkout


def _forget(data: Path) -> None:
    """Remove what a server of a scratch folder left outside it."""
    home = Path(str(read_json(data / "database.json").get("home", "")))
    if home.is_absolute() and home.parent == SYSTEM_HOME and os.geteuid() == 0:
        shutil.rmtree(home)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    """A fresh checkout whose path has spaces and Chinese characters."""
    made = Checkout(tmp_path_factory.mktemp("乡 亲") / "Linli 邻里")
    yield made
    made.run("down")
    _forget(made.data)


@pytest.fixture(scope="module")
def real_checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    """A fresh checkout of the house itself."""
    made = Checkout(tmp_path_factory.mktemp("real") / "Linli 邻里", linli=ROOT / "linli")
    yield made
    made.run("down")
    _forget(made.data)


@pytest.fixture
def other_data(checkout: Checkout, tmp_path: Path) -> Iterator[Path]:
    """Another data folder, ended and forgotten afterwards."""
    data = tmp_path / "other"
    yield data
    checkout.run("--data", str(data), "down")
    _forget(data)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def port() -> int:
    """A port that nobody uses."""
    return _free_port()


@pytest.fixture(scope="module")
def real_port() -> int:
    """The port of the house itself."""
    return _free_port()

"""What an operator sets is honoured or refused in a sentence, and the tables of the readmes say all of it."""

import json
import os
import re
from pathlib import Path

import pytest

from launch.city import City
from launch.cli import main
from launch.console import Console
from launch.folder import ROOT, Folder, write_json
from launch.problem import Problem
from launch.settings import check_settings, folder_of
from tests.launch.checkout import Checkout

SETTING = re.compile(r"\b(?:LINLI_[A-Z_]+|DATABASE_(?:OWNER_)?URL|PG_BIN|SSL_CERT_FILE)\b")
INNER = {"LINLI_AS_OWNER", "LINLI_MADE_CITY"}  # run.py tells its own processes
LIBRARIES = {"SSL_CERT_FILE"}  # read by OpenSSL


def test_data_and_keys_are_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LINLI_DATA", "LINLI_KEYS"):
        monkeypatch.setenv(name, "")
    assert (folder_of(None).path, folder_of(None).keys) == (ROOT / "var", ROOT / "var" / "keys.json")
    monkeypatch.setenv("LINLI_DATA", str(tmp_path / "data"))
    assert (folder_of(None).path, folder_of(None).keys) == (tmp_path / "data", tmp_path / "data" / "keys.json")
    monkeypatch.setenv("LINLI_KEYS", str(tmp_path / "volume" / "k.json"))
    for given, path in ((None, tmp_path / "data"), (tmp_path / "other", tmp_path / "other")):
        assert (folder_of(given).path, folder_of(given).keys) == (path, tmp_path / "volume" / "k.json")


def test_a_city_is_told_where_its_keys_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "volume").mkdir()
    monkeypatch.setenv("LINLI_KEYS", str(tmp_path / "volume" / "k.json"))
    monkeypatch.setenv("DATABASE_URL", "postgres://a:b@localhost/linli")
    city = City(folder_of(tmp_path / "data"), Console())
    city.prepare_keys()
    told = city.environ()
    assert (told["LINLI_DATA"], told["LINLI_KEYS"]) == (str(tmp_path / "data"), str(tmp_path / "volume" / "k.json"))
    assert not (tmp_path / "data" / "keys.json").exists()
    assert json.loads((tmp_path / "volume" / "k.json").read_text(encoding="utf-8"))["fields_in_use"] == "1"


def test_a_whole_city_runs_on_keys_of_another_volume(
    checkout: Checkout, other_data: Path, tmp_path: Path, port: int
) -> None:
    named = {"LINLI_DATA": str(other_data), "LINLI_KEYS": str(tmp_path / "k.json")}
    said = checkout.run_bare("manage", "shell", "-v0", "-c", "import os; print(os.environ['LINLI_KEYS'])", **named)
    assert (said.returncode, said.stdout.strip()) == (0, named["LINLI_KEYS"]), said.stderr
    assert (other_data / "database.json").exists()
    assert not (other_data / "keys.json").exists()
    archive = str(tmp_path / "b.tar.gz")
    assert f"keep a copy of {named['LINLI_KEYS']} apart" in checkout.run_bare("backup", archive, **named).stdout
    lost = named | {"LINLI_KEYS": str(tmp_path / "none.json")}
    assert (
        f"put the keys of that city at {lost['LINLI_KEYS']} first"
        in checkout.run_bare("restore", archive, **lost).stderr
    )


def test_a_city_that_was_served_never_gets_other_keys(tmp_path: Path) -> None:
    folder = Folder(tmp_path, tmp_path / "unmounted" / "k.json")
    write_json(folder.state, {"static": "as collected"})
    with pytest.raises(Problem, match=r"The keys of this city are not at .*/unmounted/k\.json"):
        City(folder, Console()).prepare_keys()
    assert not folder.keys.exists()


@pytest.mark.parametrize(
    ("name", "value", "known"),
    [
        ("LINLI_CIPHER", "ROT13", "one of AES-GCM, SM4-GCM"),
        ("LINLI_LOG", "loud", "one of DEBUG, INFO, WARNING, ERROR, CRITICAL"),
        ("LINLI_HTTPS", "enabled", "one of 1, 0, true, false, yes, no, on, off"),
        ("LINLI_PROXIES", "one", "a number"),
        ("LINLI_POOL", "0", "a number from 1 on"),
        ("LINLI_WEBHOOK_PRIVATE", "10.0.0.1/8", "networks with commas between them, for example 10.1.0.0/16,fd00::/8"),
        ("LINLI_ADDRESS", "linli.example", "an address that begins with https:// or http://"),
        ("LINLI_SMS_URL", "ftp://sms.example", "an address that begins with https:// or http://"),
    ],
)
def test_a_value_that_no_city_can_run_with_is_one_sentence(
    name: str,
    value: str,
    known: str,
    *,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(name, value)
    assert main(["up", "--data", str(tmp_path / "d")]) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"The setting {name} is {value!r}, which Linli does not know.",
        f"Way out: set it to {known}, or leave it out.",
    ]
    assert not (tmp_path / "d").exists()


def test_what_the_readme_tells_to_set_may_be_set() -> None:
    check_settings({})
    check_settings({"LINLI_CIPHER": "SM4-GCM", "LINLI_HTTPS": "True", "LINLI_PROXIES": "0", "LINLI_POOL": "8"})
    check_settings({"LINLI_WEBHOOK_PRIVATE": "10.1.0.0/16, fd00::/8", "LINLI_ADDRESS": "https://linli.example"})


def _table(readme: str) -> set[str]:
    """The settings of a readme's table: what stands in code in the first column."""
    rows = [line.split("|")[1] for line in (ROOT / readme).read_text(encoding="utf-8").splitlines() if "|" in line]
    return {name for row in rows for name in re.findall(r"`([A-Z][A-Z_]+)`", row)}


def _read() -> set[str]:
    """The settings that the code reads: each named as a whole in a literal of it, those of OpenID Connect by their ends."""
    found = set()
    for file in [*(ROOT / "launch").glob("*.py"), *(ROOT / "linli").rglob("*.py")]:
        text = file.read_text(encoding="utf-8")
        for call in re.findall(r"""(?:env\.\w+|environ\.get|environ)[(\[]([^)\]\n]*)""", text):
            found |= set(re.findall(r'"([A-Z][A-Z_]+)"', call))
        for ends, beginning in re.findall(r'f"(LINLI_[A-Z]+_)\{key\.upper\(\)\}".* in \(([^)]*)\)', text):
            found |= {ends + end.upper() for end in re.findall(r'"(\w+)"', beginning)}
    return {name for name in found if SETTING.fullmatch(name)} - INNER


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_table_holds_every_setting_that_is_read_and_no_other(readme: str) -> None:
    assert _table(readme) - LIBRARIES == _read()


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_no_readme_names_a_setting_that_is_not_there(readme: str) -> None:
    assert set(SETTING.findall((ROOT / readme).read_text(encoding="utf-8"))) <= _table(readme)


def test_the_places_of_a_city_are_asked_for(checkout: Checkout, other_data: Path, port: int) -> None:
    said = checkout.run("--data", str(other_data), "up", "--city", "3205", "--port", str(port))
    lines = said.stderr.splitlines()
    assert (said.returncode, lines[0]) == (1, "The places of 3205 are not loaded, or it is not the code of a city.")
    typed = f"`python3 run.py manage load_places FILE --data {other_data}`"
    way_out, where = lines[1].split("; ")
    assert way_out == f"Way out: load them first with {typed}"
    assert where == "FILE is a list of codes and names, and README.md (“For a real city”) says where to get one."
    assert len(lines) == 2


def test_what_is_to_be_typed_is_quoted(tmp_path: Path) -> None:
    city = City(Folder(tmp_path / "乡 亲"), Console())
    assert (
        city.command("manage load_places FILE") == f"python3 run.py manage load_places FILE --data '{tmp_path}/乡 亲'"
    )
    assert os.fspath(tmp_path) in city.command("down")

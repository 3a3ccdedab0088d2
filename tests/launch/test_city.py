"""A whole small city under run.py: it comes up, survives what machines do to it, and goes down."""

import http.client
import json
import os
import shutil
import signal
import socket
from pathlib import Path
from urllib.request import urlopen

import pytest

from launch.cluster import Cluster
from launch.folder import Folder, read_json
from launch.processes import Process, runs
from tests.launch.checkout import Checkout, eventually


def cities(port: int) -> list[str]:
    """Which cities the web server knows; empty while nobody answers."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            assert answer.status == http.client.OK
            return list(json.load(answer)["cities"])
    except OSError:
        return []


def pid(checkout: Checkout, name: str) -> int:
    """Number of a process that serves the city."""
    return int(checkout.running[name]["pid"])


def postmaster(checkout: Checkout) -> Process:
    """The database server of the city."""
    process = Cluster(Folder(checkout.data)).process
    assert process is not None
    return process


@pytest.fixture(scope="module")
def served(checkout: Checkout) -> int:
    """A demo city that is served; its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    said = checkout.run("up", "--detach", "--port", str(port))
    assert said.returncode == 0, said.stdout + said.stderr
    assert f"http://127.0.0.1:{port}" in said.stdout
    assert said.stdout.endswith("\n  居民 resident\n  老人 elder\n")
    return port


def test_up_makes_a_demo_city(checkout: Checkout, served: int) -> None:
    assert cities(served) == ["demo"]
    assert (checkout.data / "keys.json").stat().st_mode & 0o777 == 0o600
    assert (checkout.data / "database.json").stat().st_mode & 0o777 == 0o600


def test_a_second_up_is_told_where_the_city_is(checkout: Checkout, served: int, port: int) -> None:
    again = checkout.run("up", "--detach", "--port", str(served))
    assert (again.returncode, again.stdout.strip()) == (0, f"The city is already served at http://127.0.0.1:{served}")
    other = checkout.run("up", "--port", str(port))
    assert (other.returncode, other.stderr.splitlines()) == (
        1,
        [
            f"The city of this data folder is already served at http://127.0.0.1:{served}.",
            "Way out: use it there, or end it first with `python3 run.py down`.",
        ],
    )


def test_up_demo_says_that_an_empty_platform_is_served(checkout: Checkout, other_data: Path, port: int) -> None:
    made = checkout.run("--data", str(other_data), "manage", "check")
    assert made.returncode == 0, made.stdout + made.stderr
    served = checkout.run("--data", str(other_data), "up", "--detach", "--port", str(port))
    assert served.returncode == 0, served.stdout + served.stderr
    asked = checkout.run("--data", str(other_data), "up", "--demo", "--detach", "--port", str(port))
    said, way_out = asked.stderr.splitlines()
    assert (asked.returncode, "is an empty platform" in said) == (1, True)
    down, again = (f"`python3 run.py {words} --data" in way_out for words in ("down", "up --demo"))
    assert (down, again) == (True, True)


@pytest.mark.parametrize("name", ["web", "worker"])
def test_a_killed_process_is_started_again(checkout: Checkout, served: int, name: str) -> None:
    before = pid(checkout, name)
    os.kill(before, signal.SIGKILL)
    assert eventually(lambda: checkout.running.get(name, {}).get("pid") not in (None, before))
    assert eventually(lambda: cities(served) == ["demo"])


def test_a_killed_database_is_started_again(checkout: Checkout, served: int) -> None:
    before = postmaster(checkout)
    os.kill(before.pid, signal.SIGKILL)
    assert eventually(lambda: Cluster(Folder(checkout.data)).process not in (None, before))
    assert eventually(lambda: cities(served) == ["demo"])


def test_commands_keep_their_output_and_exit_code(checkout: Checkout, served: int) -> None:
    said = checkout.run("manage", "cast")
    assert (said.returncode, said.stdout, said.stderr) == (0, "  居民 resident\n  老人 elder\n", "")
    assert checkout.run("manage", "migrate", "--nonsense").returncode == 2


def test_a_command_names_the_address_that_is_served(checkout: Checkout, served: int) -> None:
    said = checkout.run("manage", "shell", "-v0", "-c", "import os; print(os.environ['LINLI_ADDRESS'])")
    assert said.stdout.strip() == f"http://127.0.0.1:{served}"


def test_the_app_role_may_not_change_tables(checkout: Checkout, served: int) -> None:
    code = "from django.db import connection as c; c.cursor().execute('DROP TABLE places_city')"
    said = checkout.run("manage", "shell", "-c", code)
    assert said.returncode == 1
    assert said.stderr.strip().endswith("must be owner of table places_city")


def test_a_killed_supervisor_leaves_nothing_that_the_next_up_cannot_mend(checkout: Checkout, served: int) -> None:
    web = pid(checkout, "web")
    for number in (pid(checkout, "supervisor"), postmaster(checkout).pid):
        os.kill(number, signal.SIGKILL)
    assert eventually(lambda: not runs(web))
    said = checkout.run("up", "--detach", "--port", str(served))
    assert (said.returncode, cities(served)) == (0, ["demo"]), said.stdout + said.stderr


def test_a_backup_comes_back(checkout: Checkout, served: int, tmp_path: Path) -> None:
    (checkout.data / "uploads" / "证明.txt").write_text("收据", encoding="utf-8")
    archive = tmp_path / "b.tar.gz"
    said = checkout.run("backup", str(archive))
    assert "The keys are not in the archive" in said.stdout, said.stderr
    assert "would take it from under people" in checkout.run("restore", str(archive)).stderr
    checkout.run("down")
    (checkout.data / "uploads" / "证明.txt").unlink()
    assert "already holds a city" in checkout.run("restore", str(archive)).stderr
    code = "from linli.places.models import City; City.objects.create(code='later')"
    assert checkout.run("manage", "shell", "-c", code).returncode == 0
    said = checkout.run("restore", str(archive), "--force")
    assert said.returncode == 0, said.stderr
    assert (checkout.data / "uploads" / "证明.txt").read_text(encoding="utf-8") == "收据"
    assert checkout.run("up", "--detach", "--port", str(served)).returncode == 0
    assert cities(served) == ["demo"]


def test_a_backup_wants_its_keys(checkout: Checkout, served: int, tmp_path: Path) -> None:
    archive = tmp_path / "b.tar.gz"
    checkout.run("backup", str(archive))
    keys = (checkout.data / "keys.json").read_bytes()
    assert checkout.run("down").returncode == 0
    (checkout.data / "keys.json").unlink()
    assert "has not the keys of the city in the archive" in checkout.run("restore", str(archive)).stderr
    (checkout.data / "keys.json").write_bytes(keys)


def test_a_reused_process_number_does_not_stop_the_database(checkout: Checkout) -> None:
    cluster = Cluster(Folder(checkout.data))
    cluster.start()
    file = cluster.home.cluster / "postmaster.pid"
    text = file.read_text(encoding="utf-8").splitlines()
    cluster.stop()
    for first in (str(os.getpid()), ""):
        file.write_text("\n".join([first, *text[1:]]) if first else "", encoding="utf-8")
        assert cluster.process is None
        assert cluster.start() == "started"
        assert cluster.stop()


def test_a_copied_folder_does_not_share_the_database(checkout: Checkout, tmp_path: Path) -> None:
    if os.geteuid() != 0:
        assert not Path(str(read_json(checkout.data / "database.json")["home"])).is_absolute()
        return
    shutil.copytree(checkout.data, tmp_path / "copy", ignore=shutil.ignore_patterns("*.lock"))
    said = checkout.run("--data", str(tmp_path / "copy"), "manage", "cast")
    assert (said.returncode, said.stderr.splitlines()[-1]) == (
        1,
        "Way out: use `backup` there and `restore` into an empty folder here.",
    )


def test_a_port_of_another_program_is_named(checkout: Checkout) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = checkout.run("up", "--port", str(port))
    assert (said.returncode, said.stderr.splitlines()) == (
        1,
        [f"Port {port} is taken by another program.", "Way out: choose another one, for example `--port 8001`."],
    )


def test_an_unreachable_database_is_one_sentence(checkout: Checkout, port: int) -> None:
    said = checkout.run("up", "--port", str(port), DATABASE_URL=f"postgres://a:b@127.0.0.1:{port}/linli")
    assert said.returncode == 1
    assert len(said.stderr.splitlines()) == 2
    assert said.stderr.startswith("The database that DATABASE_URL names cannot be reached:")


def test_down_ends_what_up_started(checkout: Checkout, served: int) -> None:
    assert checkout.run("up", "--detach", "--port", str(served)).returncode == 0
    numbers = [pid(checkout, name) for name in ("supervisor", "web", "worker")] + [postmaster(checkout).pid]
    said = checkout.run("down")
    assert said.returncode == 0
    assert eventually(lambda: not any(runs(number) for number in numbers))
    assert checkout.run("down").stdout.strip() == "Nothing was running."


def test_ctrl_c_ends_everything(checkout: Checkout, served: int) -> None:
    with checkout.start("up", "--port", str(served)) as city:
        assert eventually(lambda: cities(served) == ["demo"])
        numbers = [pid(checkout, name) for name in ("web", "worker")] + [postmaster(checkout).pid]
        city.send_signal(signal.SIGINT)
        assert city.wait(30) == 0
    assert not any(runs(number) for number in numbers)

"""The pieces that run.py is made of, one by one."""

import base64
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

import pytest

from launch.backup import Hashing
from launch.console import Console
from launch.database import OutsideDatabase, libpq_environment, socket_host
from launch.environment import digest
from launch.folder import Folder, read_json, write_json
from launch.home import SOCKET_LIMIT, Home
from launch.keys import fingerprint, make_keys
from launch.migrations import forks
from launch.problem import Problem
from launch.processes import Process, call, runs, spawn, trim, wait_until
from launch.restore import unpack


def test_keys_are_made_once_and_for_the_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    assert make_keys(path)
    keys = json.loads(path.read_text(encoding="utf-8"))
    assert [len(base64.b64decode(key)) for key in (keys["fields"]["1"], keys["index"], keys["seal"])] == [32, 32, 32]
    assert path.stat().st_mode & 0o777 == 0o600
    assert not make_keys(path)
    assert json.loads(path.read_text(encoding="utf-8")) == keys


def test_keys_are_known_by_what_lasts(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    make_keys(path)
    before = fingerprint(path)
    keys = read_json(path)
    write_json(path, {**keys, "django": "another"})
    assert fingerprint(path) == before
    write_json(path, {**keys, "seal": "another"})
    assert fingerprint(path) != before


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "database.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(Problem, match=r"database\.json is damaged"):
        read_json(path)


def test_a_hash_knows_names_and_contents(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("a")
    two.write_text("b")
    before = digest([one, two])
    assert digest([two, one]) == before
    one.write_text("b")
    two.write_text("a")
    assert digest([one, two]) != before


def test_a_lock_is_held_once(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    with folder.lock("up"):
        assert folder.is_locked("up")
        with pytest.raises(Problem, match="taken"), folder.lock("up", Problem("taken", "wait")):
            pass
    assert not folder.is_locked("up")


def test_a_reused_number_is_another_process() -> None:
    with subprocess.Popen(["sleep", "30"], start_new_session=True) as child:
        process = Process.of(child.pid)
        assert process.alive
        assert Process.read(json.loads(json.dumps(process.write()))) == process
        for other in (
            Process(child.pid, process.started - 1, process.boot),
            Process(child.pid, process.started, "then"),
        ):
            assert not other.alive
            other.stop()
        assert runs(child.pid)
        process.stop()
        child.wait()
        assert not process.alive


def test_a_killed_leaders_group_is_ended(tmp_path: Path) -> None:
    child = spawn(["sh", "-c", "sleep 60 & sleep 60"], env=dict(os.environ), log=tmp_path / "log")
    process = Process.of(child.pid)
    assert wait_until(lambda: len(process._group()) == 3, 5)
    child.kill()
    child.wait()
    process.stop()
    assert process._group() == []


def test_children_die_with_who_started_them(tmp_path: Path) -> None:
    code = "import os, sys, time; from pathlib import Path; from launch.processes import spawn; "
    code += "c = spawn(['sleep', '60'], env=dict(os.environ), log=Path(sys.argv[1])); print(c.pid, flush=True); time.sleep(60)"
    argv = [sys.executable, "-c", code, str(tmp_path / "log")]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    assert wait_until(lambda: not runs(pid), 5)


def test_what_a_tool_says_is_kept() -> None:
    heard: list[str] = []
    outcome = call(["sh", "-c", "echo one; echo two >&2; exit 3"], each_line=heard.append)
    assert (outcome.code, outcome.last_line, heard) == (3, "two", ["one", "two"])
    assert call(["cat"], give="邻里").output == "邻里"


def test_a_log_that_grew_large_starts_again(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    log.write_text("x" * 100)
    trim(log, limit=50)
    assert (log.stat().st_size, (tmp_path / "web.old.log").stat().st_size) == (0, 50)


def test_a_step_says_its_time() -> None:
    out = io.StringIO()
    with Console(out).step("tables") as step:
        step.result = "unchanged"
    assert out.getvalue().split() == ["✓", "tables", "0.0", "s", "unchanged"]


def test_a_socket_folder_survives_a_url() -> None:
    folder = Path("/home/王 Wang/Linli/socket")
    url = f"postgres://linli_app:secret@{socket_host(folder)}/linli?sslmode=disable"
    assert libpq_environment(url) == {
        "PGHOST": str(folder),
        "PGUSER": "linli_app",
        "PGPASSWORD": "secret",
        "PGDATABASE": "linli",
        "PGSSLMODE": "disable",
        "PGCLIENTENCODING": "UTF8",
    }


def test_a_long_path_gets_a_short_socket(tmp_path: Path) -> None:
    home = Home(Folder(tmp_path / ("长" * 40)), None, disposable=False)
    assert home.path == tmp_path / ("长" * 40) / "pg"
    assert home.socket.parent == Path(tempfile.gettempdir())
    assert len(os.fsencode(home.socket)) <= SOCKET_LIMIT


def test_a_folder_that_others_may_enter_is_refused(tmp_path: Path) -> None:
    home = Home(Folder(tmp_path), None, disposable=False)
    home.prepare()
    assert home.socket.stat().st_mode & 0o777 == 0o700
    home.socket.chmod(0o755)
    with pytest.raises(Problem, match="open to others"):
        home.prepare()
    home.socket.rmdir()
    home.socket.symlink_to(tmp_path)
    with pytest.raises(Problem, match="belongs to someone else"):
        home.prepare()


def test_another_engine_is_refused() -> None:
    with pytest.raises(Problem, match="not the address of a PostgreSQL database"):
        OutsideDatabase("mysql://a:b@host/linli", "mysql://a:b@host/linli")


def _migration(folder: Path, name: str, *before: str) -> None:
    pairs = ", ".join(f'("cases", "{one}")' for one in before)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.py").write_text(f"class Migration:\n    dependencies = [{pairs}]\n")


def test_a_line_of_migrations_is_straight(tmp_path: Path) -> None:
    folder = tmp_path / "cases" / "migrations"
    _migration(folder, "0001_initial")
    _migration(folder, "0002_more", "0001_initial")
    assert forks(tmp_path) == []
    _migration(folder, "0002_other", "0001_initial")
    assert forks(tmp_path) == [
        "cases: the line forks, its ends are 0002_more and 0002_other",
        "cases: 0001_initial is followed twice",
    ]
    _migration(folder, "0003_merge", "0002_more", "0002_other")
    assert forks(tmp_path)[0] == "cases: 0003_merge merges 0002_more and 0002_other"


def _archive(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


@pytest.mark.parametrize("name", ["../keys.json", "/etc/passwd", "uploads/../../x", "keys.json"])
def test_an_archive_puts_nothing_elsewhere(tmp_path: Path, name: str) -> None:
    archive = _archive(tmp_path / "b.tar.gz", {name: b"x"})
    with pytest.raises(Problem, match="which no backup of Linli does"):
        unpack(archive, tmp_path / "to")


def test_an_archive_is_verified(tmp_path: Path) -> None:
    hashing = Hashing(io.BytesIO(b"hello"))
    hashing.read()
    members = {"uploads/a": {"size": 5, "sha256": hashing.sha256.hexdigest()}}
    manifest = json.dumps({"format": 1, "members": members}).encode()
    good = _archive(tmp_path / "good.tar.gz", {"uploads/a": b"hello", "manifest.json": manifest})
    assert unpack(good, tmp_path / "to")["members"] == members
    for content in ({"uploads/a": b"hullo", "manifest.json": manifest}, {"manifest.json": manifest}):
        with pytest.raises(Problem, match="uploads/a is not what was backed up"):
            unpack(_archive(tmp_path / "bad.tar.gz", content), tmp_path / "to")
    with pytest.raises(Problem, match="its list of contents is missing"):
        unpack(_archive(tmp_path / "cut.tar.gz", {"uploads/a": b"hello"}), tmp_path / "to")
    (tmp_path / "cut.tar.gz").write_bytes(good.read_bytes()[: good.stat().st_size // 2])
    with pytest.raises(Problem, match="not whole"):
        unpack(tmp_path / "cut.tar.gz", tmp_path / "to")


def test_waiting_ends() -> None:
    began = time.monotonic()
    assert not wait_until(lambda: False, 0.1)
    assert time.monotonic() - began < 1

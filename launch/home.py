"""Where the PostgreSQL server of a data folder lives, and that nobody else can enter there."""

import hashlib
import os
import pwd
import shutil
import stat
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from launch.binaries import SYSTEM_HOME
from launch.folder import Folder, read_json, write_json
from launch.keys import fingerprint
from launch.problem import Problem

SOCKET_LIMIT = 90  # of the 107 bytes that the kernel allows, PostgreSQL's own file name takes the rest


class Home:
    """A folder for one server: `cluster/`, `socket/`, `log/`. Inside the data folder; as root in /var/lib/linli."""

    def __init__(self, folder: Folder, user: str | None, *, disposable: bool) -> None:
        self._folder = folder
        self._user = user
        self._disposable = disposable
        self.path = self._find()
        self.cluster = self.path / "cluster"
        self.socket = self._find_socket()

    @property
    def user_name(self) -> str:
        """Under whose name the server runs."""
        return self._user or pwd.getpwuid(os.geteuid()).pw_name

    def _find(self) -> Path:
        """From the pointer in the folder, else by the folder's path."""
        known = read_json(self._folder.database).get("home")
        if known is None:
            if self._user is None:
                return self._folder.path / "pg"
            return SYSTEM_HOME / hashlib.sha256(os.fsencode(self._folder.path)).hexdigest()[:16]
        home = self._folder.path / str(known)
        self._check_not_copied(home)
        if not (home / "cluster").exists() and not self._disposable:
            raise Problem(
                f"The database of {self._folder.path} should be in {home}, but it is gone.",
                f"put {home} back, or move the data folder away and restore a backup into a new one.",
            )
        return home

    def _check_not_copied(self, home: Path) -> None:
        """A copied folder must not share the server of the one it was copied from."""
        belongs = read_json(home / "belongs.json").get("folder")
        if belongs in (None, str(self._folder.path)):
            return
        if read_json(Path(belongs) / "database.json").get("home") == str(home):
            raise Problem(
                f"The data folder {self._folder.path} is a copy of {belongs}, and the database belongs to that one.",
                "use `backup` there and `restore` into an empty folder here.",
            )

    def _find_socket(self) -> Path:
        """Beside the cluster, because a base backup copies all that is in it; elsewhere if the path is too long."""
        beside = self.path / "socket"
        if len(os.fsencode(beside)) <= SOCKET_LIMIT and not set(str(beside)) & set("',\"\\"):
            return beside
        name = hashlib.sha256(os.fsencode(self.path)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"linli-{os.geteuid()}-{name}"

    @property
    def is_left_over(self) -> bool:
        """Whether a server of an earlier data folder at the same path stands here; its keys went with that folder."""
        if not self._user or not self.cluster.exists() or "home" in read_json(self._folder.database):
            return False
        return read_json(self.path / "belongs.json").get("keys") != fingerprint(self._folder.keys)

    def set_aside(self) -> Path:
        """Make room for a new server without destroying the old one."""
        aside = self.path.with_name(f"{self.path.name}-left-{datetime.now(UTC):%Y%m%dT%H%M%S}")
        if self._disposable:
            shutil.rmtree(self.path)
        else:
            self.path.rename(aside)
        return aside

    def prepare(self) -> None:
        """Folders that only the server's user may enter."""
        if self._user:
            SYSTEM_HOME.mkdir(parents=True, exist_ok=True, mode=0o755)
        for place in (self.path, self.socket):
            self._own(place)

    def _own(self, place: Path) -> None:
        """Make one folder ours. One that someone else made is refused, not repaired."""
        place.mkdir(exist_ok=True, mode=0o700)
        if self._user and place.lstat().st_uid == 0:
            shutil.chown(place, self._user, self._user)
        here = place.lstat()
        owner = pwd.getpwnam(self.user_name).pw_uid
        if not stat.S_ISDIR(here.st_mode) or here.st_uid != owner or here.st_mode & 0o077:
            raise Problem(
                f"{place} belongs to someone else or is open to others, so the database may not use it.",
                "remove it (it holds nothing of yours if you did not make it), then try again.",
            )

    def point(self, secrets: dict[str, str]) -> None:
        """Write into the data folder where the server is, and into the server's home whose it is."""
        here = self.path if self._user else self.path.relative_to(self._folder.path)
        write_json(self._folder.database, {**secrets, "home": str(here), "socket": str(self.socket)})
        if self._user:
            mine = {"folder": str(self._folder.path), "keys": fingerprint(self._folder.keys)}
            write_json(self.path / "belongs.json", mine)

    def write(self, name: str, text: str) -> None:
        """A file of the cluster that its server can read."""
        path = self.cluster / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        if self._user:
            shutil.chown(path, self._user, self._user)

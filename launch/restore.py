"""`restore`: an archive is verified whole, put beside what is there, and only then takes its place."""

import hashlib
import json
import tarfile
import tempfile
from pathlib import Path, PurePosixPath
from typing import Any

from launch.backup import DUMP, FORMAT, KEYS_STAY, MANIFEST, postgres_tool
from launch.binaries import find_binaries
from launch.city import City
from launch.console import Console
from launch.database import Database, OwnDatabase
from launch.folder import ROOT, Folder, read_json, write_json
from launch.keys import fingerprint
from launch.problem import Problem

CHUNK = 1 << 20
DAMAGED = "fetch the archive again, or use another one; nothing was changed."


def _damaged(what: str) -> Problem:
    return Problem(f"The archive is not whole: {what}.", DAMAGED)


def _extract(archive: tarfile.TarFile, target: Path) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """Unpack only what a backup holds; what was found, and the manifest."""
    found: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] = {}
    for member in archive:
        path = PurePosixPath(member.name)
        allowed = member.name in (MANIFEST, DUMP) or (path.parts[:1] == ("uploads",) and ".." not in path.parts)
        source = archive.extractfile(member) if member.isfile() else None
        if not allowed or path.is_absolute() or source is None:
            raise _damaged(f"it holds {member.name!r}, which no backup of Linli does")
        if member.name == MANIFEST:
            manifest = json.loads(source.read())
            continue
        place = target / path
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        digest = hashlib.sha256()
        with place.open("wb") as file:
            while part := source.read(CHUNK):
                digest.update(part)
                file.write(part)
        found[member.name] = {"size": member.size, "sha256": digest.hexdigest()}
    return found, manifest


def unpack(file: Path, target: Path) -> dict[str, Any]:
    """Verify every part against the manifest; the manifest."""
    try:
        with tarfile.open(file, mode="r:*") as archive:
            found, manifest = _extract(archive, target)
    except FileNotFoundError:
        raise Problem(f"There is no file {file}.", "name the archive that `backup` wrote.") from None
    except (tarfile.TarError, EOFError, ValueError, OSError) as error:
        raise _damaged(f"{error or 'it ends too early'}") from None
    if not manifest:
        raise _damaged("its list of contents is missing, so it was cut off or is no backup of Linli")
    if manifest.get("format") != FORMAT:
        raise Problem(
            f"The archive has format {manifest.get('format')}, which this Linli does not know.", "use a newer Linli."
        )
    expected = manifest["members"]
    for name in sorted({*expected, *found}):
        if expected.get(name) != found.get(name):
            raise _damaged(f"{name} is not what was backed up")
    return manifest


def _check_keys(folder: Folder, manifest: dict[str, Any], *, force: bool) -> None:
    if force or (folder.keys.exists() and fingerprint(folder.keys) == manifest["keys"]):
        return
    here = "other keys than" if folder.keys.exists() else "not the keys of"
    raise Problem(
        f"This data folder has {here} the city in the archive, so its personal data could not be read.",
        f"put the keys of that city at {folder.keys} first; `--force` restores all the same.",
    )


def _check_code(database: Database) -> None:
    """An archive of a newer Linli has migrations that this code has not."""
    rows = database.value("SELECT app, name FROM django_migrations").splitlines()
    apps = {path.parent.parent.name for path in (ROOT / "linli").glob("**/migrations/__init__.py")}
    for app, migration in (row.split("|") for row in rows):
        if app in apps and not list((ROOT / "linli").glob(f"**/{app}/migrations/{migration}.py")):
            raise Problem(
                f"The archive was made by a newer Linli (it knows {app} {migration}).", "update Linli, then restore."
            )


def _check_rows(database: Database, rows: dict[str, int]) -> None:
    counts = " UNION ALL ".join(f"SELECT '{table}', count(*) FROM public.\"{table}\"" for table in rows)  # noqa: S608
    there = dict(line.rsplit("|", 1) for line in database.value(counts).splitlines()) if rows else {}
    for table, count in rows.items():
        if int(there[table]) != count:
            raise _damaged(f"table {table} came back with {there[table]} of {count} rows")


def _fill(city: City, dump: Path, manifest: dict[str, Any]) -> Database:
    """The city of the archive in a database of its own beside the present one, with today's tables and rights."""
    fresh = city.database.sibling(f"{city.database.name}_restore")
    with city.console.step("restore database") as step:
        fresh.drop()
        fresh.make("linli_owner" if isinstance(fresh, OwnDatabase) else "")
        options = ("--exit-on-error", "--no-owner", "--no-acl", f"--dbname={fresh.name}", str(dump))
        postgres_tool(find_binaries(), "pg_restore", *options, url=fresh.owner_url)
        _check_rows(fresh, manifest["rows"])
        _check_code(fresh)
        step.result = f"{sum(manifest['rows'].values()):,} rows"
    fresh.mark(city=manifest["city"])
    City(city.folder, city.console, fresh).prepare_tables()
    return fresh


def _swap(city: City, fresh: Database, uploads: Path, file: Path) -> None:
    """Put the restored city in its place. Database and uploads change one after the other, with a note in between."""
    old = city.database.sibling(f"{city.database.name}_replaced")
    old_uploads = uploads.with_name("uploads.replaced")  # goes away with the scratch folder
    now = city.folder.uploads
    note = city.folder.path / "restore.json"
    old.drop()
    write_json(note, {"archive": str(file)})
    city.database.administer(
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{city.database.name}';"  # noqa: S608
        f'BEGIN; ALTER DATABASE "{city.database.name}" RENAME TO "{old.name}";'
        f'ALTER DATABASE "{fresh.name}" RENAME TO "{city.database.name}"; COMMIT;'
    )
    now.rename(old_uploads)
    uploads.rename(now)
    note.unlink()
    old.drop()


def restore(folder: Folder, file: Path, console: Console, *, force: bool) -> int:
    """Replace the city of this folder by the one in the archive; whatever fails before the swap changes nothing."""
    folder.make()
    file = file.expanduser().absolute()
    busy = Problem(
        "The city is being served, and a restore would take it from under people.", "run `python3 run.py down` first."
    )
    with folder.lock("up", busy), tempfile.TemporaryDirectory(dir=folder.path, prefix="restoring-") as scratch:
        with console.step("verify archive") as step:
            manifest = unpack(file, Path(scratch))
            step.result = f"made {manifest['made']}, every part as it was backed up"
        _check_keys(folder, manifest, force=force)
        city = City(folder, console)
        city.prepare_environment()
        city.start_database(made_by="restore")
        if city.database.holds_a_city() and not force:
            raise Problem(
                "This data folder already holds a city.",
                "restore into another `--data DIR`, or replace it with `--force`.",
            )
        uploads = Path(scratch) / "uploads"
        uploads.mkdir(exist_ok=True, mode=0o700)
        fresh = _fill(city, Path(scratch) / DUMP, manifest)
        _swap(city, fresh, uploads, file)
    if isinstance(city.database, OwnDatabase):
        write_json(folder.database, {**read_json(folder.database), "made_by": "restore"})
    console.say(f"\n  The city of {manifest['made']} is in place. {KEYS_STAY.format(keys=folder.keys)}")
    return 0

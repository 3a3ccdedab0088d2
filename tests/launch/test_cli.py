"""What an operator types, and what run.py makes of it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from launch.cli import main, parse
from launch.folder import ROOT


@pytest.mark.parametrize("words", [["--data", "d", "up"], ["up", "--data", "d"], ["--data=d", "up"]])
def test_the_data_folder_stands_before_or_after_the_command(words: list[str]) -> None:
    options, django = parse(words)
    assert (options.command, options.data, django) == ("up", Path("d"), [])


def test_cities_are_measured_in_the_sizes_that_are_asked_for() -> None:
    assert parse(["bench"])[0].cases == (10_000, 1_000_000)
    assert parse(["bench", "--cases", "10000", "100000"])[0].cases == [10_000, 100_000]


def test_what_follows_manage_is_djangos() -> None:
    options, django = parse(["manage", "load_places", "--data", "d", "f.csv", "--port", "9"])
    assert (options.command, options.data, django) == ("manage", Path("d"), ["load_places", "f.csv", "--port", "9"])


def test_a_file_named_manage_is_no_command() -> None:
    options, django = parse(["backup", "manage"])
    assert (options.command, options.file, django) == ("backup", Path("manage"), [])


@pytest.mark.parametrize(
    "words", [[], ["upp"], ["up", "--port", "0"], ["up", "--city", "Wuhai"], ["up", "--demo", "--city", "1503"]]
)
def test_a_wrong_word_is_a_usage_error(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        parse(words)
    assert stopped.value.code == 2
    assert capsys.readouterr().err.startswith("usage:")


def test_a_data_folder_that_cannot_be_written_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["up", "--data", "/dev/null"]) == 1
    said = capsys.readouterr()
    assert said.err.splitlines() == [
        "The data folder /dev/null cannot be written (File exists).",
        "Way out: make it writable for this user, or name another one with `--data DIR`.",
    ]


def test_nothing_to_end_is_no_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["down", "--data", str(tmp_path / "none")]) == 0
    assert "Nothing runs" in capsys.readouterr().out


def test_an_old_python_gets_one_sentence() -> None:
    code = "import sys; sys.version_info = (3, 6, 9); sys.argv = ['run.py', 'up']; import runpy; "
    code += "runpy.run_path('run.py', run_name='__main__')"
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr == (
        "Linli needs Python 3.11, 3.12 or 3.13, but this is Python 3.6.\n"
        "Way out: start it with one of those, for example `python3.11 run.py up`.\n"
    )


def test_old_pythons_can_read_run_py() -> None:
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 4))


def test_launch_needs_the_standard_library_alone() -> None:
    for file in [ROOT / "run.py", *sorted((ROOT / "launch").glob("*.py"))]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            tops = {name.partition(".")[0] for name in names}
            assert tops <= {*sys.stdlib_module_names, "launch"}, file

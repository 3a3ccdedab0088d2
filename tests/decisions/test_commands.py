"""`manage decide` as a script sees it: JSON alone on stdout, exit 2 and one line for what cannot be decided, no database."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the command with a database that nobody can reach."""
    nowhere = "postgres://nobody:nothing@127.0.0.1:1/none"
    env = os.environ | {"DATABASE_URL": nowhere, "DATABASE_OWNER_URL": nowhere}
    return subprocess.run(
        [sys.executable, "manage.py", "decide", *words], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )


def test_an_outcome_is_json_on_stdout_alone() -> None:
    done = run("ju.rep_assembly.quorum", "members=99", "present=66")
    answer = json.loads(done.stdout)
    assert (done.returncode, done.stderr, list(answer)) == (
        0,
        "",
        ["rule", "outcome", "sentence", "article", "version"],
    )
    assert (answer["rule"], answer["outcome"], answer["article"]) == ("ju.rep_assembly.quorum", "valid", "第二十九条")


def test_the_answer_says_what_the_law_says(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("decide", "ju.rep_assembly.quorum", "members=99", "present=65")
    said = capsys.readouterr()
    answer = json.loads(said.out)
    assert (answer["rule"], answer["outcome"], said.err) == ("ju.rep_assembly.quorum", "invalid", "")


@pytest.mark.parametrize(
    "words",
    [
        ("ju.nothing", "members=99"),
        (),
        ("ju.rep_assembly.quorum", "members=99", "present=100"),
        ("ju.rep_assembly.quorum", "members=99\n", "present=x\ny"),
        ("ju.voter_list.publish", "election_day=0001-01-05", "published=0001-01-01"),
        ("xinfang.close", "accepted=9999-12-30", "closed=9999-12-31", "extended=no"),
    ],
)
def test_what_cannot_be_decided_is_one_line_and_exit_two(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("decide", *words)
    said = capsys.readouterr()
    assert (ended.value.code, said.out, said.err.count("\n")) == (2, "", 1)


def test_the_exit_code_reaches_the_shell() -> None:
    done = run("ju.nothing")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)

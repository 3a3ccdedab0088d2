"""The demo city is made once for the whole module, with real commits, after three tries that were cut off.

The city as it was made stays behind: the journeys of the same `run.py test` walk through a copy of it, as the tests here do.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import connections

from linli.faces.demo.actions import make_city
from linli.flows.cases.models import Case
from linli.ground.core.models import Event
from linli.ground.places.models import City, Place
from tests.factories.databases import environ_of

NEEDS = 340  # fewer than `up` makes, every kind of life among them


@pytest.fixture(scope="module")
def wuhai(
    template_city: str,
    clone: Callable[[str, str], None],
    drop: Callable[[str], None],
    django_db_blocker: pytest.FixtureRequest,
) -> Iterator[list[str]]:
    """Wuhai with invented people; what was said while it was made."""
    made, copy = f"{template_city}_demo", f"{template_city}_demo_{os.getpid()}"
    drop(made)
    clone(made, template_city)
    before = connections["default"].settings_dict["NAME"]
    steps: list[str] = []
    with django_db_blocker.unblock():
        _work_on(made)
        events = Event.objects.count()  # of the law
        _cut_off(made, at="communities")
        assert [kind.objects.count() for kind in (City, Place, Event)] == [0, 0, events]
        with pytest.raises(PowerFailure):
            make_city(_failing_before_the_year(steps), needs=NEEDS)
        _cut_off(made, at="until")
        assert [kind.objects.exists() for kind in (City, Place, Case)] == [True, True, False]
        make_city(steps.append)
        _work_on(copy)
        clone(copy, made)
        yield steps
        _work_on(before)
    drop(copy)


class PowerFailure(Exception):
    """The power goes off."""


def _failing_before_the_year(steps: list[str]) -> Callable[[str], None]:
    def say(step: str) -> None:
        steps.append(step)
        if step.startswith("a year"):
            raise PowerFailure

    return say


def _work_on(database: str) -> None:
    wrapper = connections["default"]
    wrapper.close()
    wrapper.close_pool()
    wrapper.settings_dict["NAME"] = database


def _cut_off(database: str, *, at: str) -> None:
    """Begin as `run.py up` does, and be killed as by a power failure while it does what it says there."""
    with subprocess.Popen(
        [sys.executable, str(settings.ROOT / "manage.py"), "make_demo", "--needs", str(NEEDS)],
        env=environ_of(database) | {"LINLI_AS_OWNER": "1"},
        stderr=subprocess.PIPE,
        text=True,
    ) as making:
        assert making.stderr is not None
        assert any(at in line for line in making.stderr), "it ended before"
        making.kill()
    assert making.returncode == -signal.SIGKILL

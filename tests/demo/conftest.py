"""The demo city is made once for the whole module, with real commits, in a database of its own."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.db import connections

from linli.faces.demo.actions import make_city


@pytest.fixture(scope="module")
def wuhai(
    template_city: str,
    clone: Callable[[str, str], None],
    drop: Callable[[str], None],
    django_db_blocker: pytest.FixtureRequest,
) -> Iterator[list[str]]:
    """Wuhai with invented people; what was said while it was made."""
    name = f"{template_city}_demo_{os.getpid()}"
    clone(name, template_city)
    wrapper = connections["default"]
    before = wrapper.settings_dict["NAME"]
    wrapper.close()
    wrapper.close_pool()
    wrapper.settings_dict["NAME"] = name
    steps: list[str] = []
    with django_db_blocker.unblock():
        make_city(steps.append)
        yield steps
        wrapper.close()
        wrapper.close_pool()
    wrapper.settings_dict["NAME"] = before
    drop(name)

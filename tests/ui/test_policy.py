"""The strict policy that every page carries: no foreign script, no inline script or style."""

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/ui/", "/people/sign-in/", "/nowhere/", "/cases/report/"])
def test_every_page_carries_the_strict_policy(path: str) -> None:
    policy = Client(headers={"host": "localhost"}).get(path).headers["Content-Security-Policy"]
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert rules["script-src"] == "'self'"
    assert rules["style-src"] == "'self'"
    assert rules["default-src"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"

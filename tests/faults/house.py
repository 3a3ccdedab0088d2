"""The town of the tests with a key for every address, and the browsers of everybody in it."""

from dataclasses import dataclass, field
from typing import Any

from cases.conftest import STRANGER, Town, visitor
from django.test import Client

from linli.flows.cases.models import Case
from linli.flows.services.models import Application
from linli.ground.core import clock
from linli.ground.database.sessions import BACKEND
from linli.ground.people.models import Account

STAFF = ("worker", "chair", "subdistrict", "department", "reviewer", "unit", "administrator", "outsider")
ROLES = ("visitor", "resident", *STAFF)
EMAIL = "resident@example.org"
ACCEPT = "cases.accept.limit"
ITEM = "15030000MZ-JF-0001"
JOINT = "15030000MZ-JF-0007"
"""社区养老服务设施建设补助申请: the department of the cast, 住建, has a say; 卫健 has no body, so that the desk stands in for it."""


@dataclass
class House:
    """The town, and a real key for every parameter of an address."""

    town: Town
    resident: Account
    case: Case
    application: Application = field(init=False)
    joint: Application = field(init=False)
    """An application on which departments have a say."""
    supported: Case = field(init=False)
    """A neighbour's case that the resident supports."""
    keys: dict[str, Any] = field(default_factory=dict)
    """`address or app:parameter` → key."""
    tokens: dict[str, str] = field(default_factory=dict)

    def browser(self, role: str) -> Client:
        """A browser of somebody: staff with two factors, the resident with one, the visitor with none."""
        if role == "visitor":
            return Client(raise_request_exception=False)
        client = Client() if role == "resident" else self.town.client(role)
        if role == "resident":
            client.force_login(self.resident, backend=BACKEND)
            session = client.session
            session["seen"] = int(clock.now().timestamp())
            session.save()
        client.raise_request_exception = False
        return client

    def stranger(self) -> Client:
        """A visitor who has proven a phone that reported nothing."""
        client = visitor(STRANGER)
        client.raise_request_exception = False
        return client

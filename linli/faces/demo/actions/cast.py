"""The ten people one can enter as, in posts of one community, its sub-district and its city."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from linli.ground.authority.actors import SYSTEM
from linli.ground.organisations.actions import Appointment, appoint, default_end
from linli.ground.organisations.models import Body, How, Post, Why
from linli.ground.organisations.queries import body_of
from linli.ground.people.actions import create_staff_account, open_account
from linli.ground.people.models import Residence
from linli.ground.places.models import Place

HOME = "湖东社区"


@dataclass(frozen=True)
class Part:
    """One of the cast: name, and the post they hold (kind of body, post) or the phone they live with."""

    role: str
    name: str
    phone: str = ""
    kind: str = ""
    post: str = ""
    slot: str = ""
    how: How = How.APPOINTED
    since: int = 400
    """How many days ago they came to the post: before the invented year begins."""


CAST = (
    Part("resident", "张海燕", phone="13904730001"),
    Part("elder", "刘桂芳", phone="13904730002"),
    Part("neighbour", "赵志强", phone="13904730003"),
    Part("worker", "王晓红", kind="workstation", post="worker", how=How.HIRED),
    Part("chair", "李占军", kind="residents_committee", post="chair", how=How.ELECTED, since=60),
    Part("subdistrict", "孙立新", kind="subdistrict_office", post="officer"),
    Part("department", "周宏伟", kind="department", post="officer", slot="housing"),
    Part("reviewer", "郭文斌", kind="reviewing_office", post="officer"),
    Part("unit", "何丽华", kind="resident_unit", post="delegate"),
    Part("administrator", "高俊杰", kind="city_government", post="administrator"),
)


def assemble(home: Place, today: date) -> None:
    """Open the accounts of the cast and give them their posts; a seat that is taken is freed first."""
    for part in CAST:
        if part.phone:
            open_account(phone=part.phone, name=part.name, place=home, residence=Residence.REGISTERED, by=SYSTEM)
        else:
            _appoint(part, home, today)


def _appoint(part: Part, home: Place, today: date) -> None:
    post, first = _body(part, home).posts.get(code=part.post), today - timedelta(days=part.since)
    man(post, username=f"demo-{part.role}", name=part.name, first=first, how=part.how)


def man(post: Post, *, username: str, name: str, first: date, how: How = How.APPOINTED) -> None:
    """Give somebody an account and a post; an only seat that is taken is freed first."""
    account = create_staff_account(username=username, password=secrets.token_urlsafe(24), name=name, by=SYSTEM)
    if post.seats == 1:
        for holding in post.holdings.on(first):
            holding.end(on=first - timedelta(days=1), why=Why.RESIGNED, by=SYSTEM)
    assert account.person is not None
    appoint(Appointment(post, account.person, first, default_end(post, first), how), by=SYSTEM)


def _body(part: Part, home: Place) -> Body:
    """Return the body of a part: the community's own, or the nearest above."""
    if part.slot:
        return Body.objects.current().get(kind__code=part.kind, slot=part.slot)
    body = own_body(part.kind, home) if part.kind == "resident_unit" else body_of(part.kind, home.path)
    assert body is not None
    return body


def own_body(kind: str, home: Place) -> Body:
    """Return the first of the bodies of a kind that the community has several of."""
    return Body.objects.current().filter(kind__code=kind, place=home).order_by("pk")[0]

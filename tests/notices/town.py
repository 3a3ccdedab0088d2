"""A small city for messages: one community, its committee, and the people and programs in its posts."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.test import Client

from linli.commons.notices.models import Preference
from linli.commons.notices.templates import Group, Recipient, register
from linli.ground.authority import actors
from linli.ground.authority.actors import SYSTEM, Actor
from linli.ground.authority.models import ApiToken
from linli.ground.authority.roles import RoleCode
from linli.ground.core import actions, clock, feed
from linli.ground.core.models import Event
from linli.ground.core.registry import ref
from linli.ground.kinds.models import BodyKind
from linli.ground.organisations.models import Body, Holding, Post
from linli.ground.organisations.queries import actor_in_post
from linli.ground.people import identity
from linli.ground.people.models import Account, Person, PersonalData
from linli.ground.places.models import Place
from tests.factories.people import sign_in
from tests.factories.places import WUHAI, open_city, plant

MORNING = datetime(2026, 9, 14, 2, 0, tzinfo=UTC)
"""Monday, ten o'clock in Wuhai."""
ROWS = [
    *WUHAI,
    ("150302001", "滨河街道", "town", ""),
    ("150302001001", "湖东社区居民委员会", "community", "juweihui"),
]
HUDONG = "150302001001"
GROUP = Group("things", "Things")
ENGLISH = {"accept-language": "en"}


@dataclass
class Wuhai:
    """The city with what a test asks of it."""

    places: dict[str, Place]
    kind: BodyKind
    number: int = 0

    def body(self, path: str, name: str) -> Body:
        return Body.objects.create(
            kind=self.kind, place=self.places[path], slot=name, name=name, short_name=name, founded_on=date(2020, 1, 1)
        )

    def person(self, name: str = "王建国") -> Person:
        self.number += 1
        phone = f"139000{self.number:05}"
        person = Person.objects.create(place=self.places[HUDONG], residence="registered", source="desk")
        PersonalData.objects.create(person=person, name=name, phone=phone, phone_index=identity.phone_index(phone))
        return person

    def account(self, person: Person | None = None) -> Account:
        person = person or self.person()
        return Account.objects.create(username=f"user{person.pk}", person=person)

    def hold(
        self, body: Body, role: RoleCode = RoleCode.WORKER, ends_on: date | None = None
    ) -> tuple[Account, Holding]:
        """Put a new person into a new post of the body."""
        account = self.account()
        post = Post.objects.create(body=body, code=f"post{account.pk}", name=f"职务{account.pk}", role=role, seats=1)
        holding = Holding.objects.create(
            post=post, person=account.person, begins_on=date(2024, 1, 1), ends_on=ends_on, how="appointed"
        )
        return account, holding

    def administrator(self, path: str = "1503") -> Actor:
        _account, holding = self.hold(self.body(path, f"管理处{path}"), RoleCode.ADMINISTRATOR)
        return acting(holding)

    def client(self, account: Account) -> Client:
        """A browser signed in with two factors."""
        return sign_in(Client(headers=ENGLISH), account)


def acting(holding: Holding) -> Actor:
    actor = actor_in_post(ref(holding))
    assert actor is not None
    return actor


class Machine:
    """A program with a token."""

    def __init__(self, wuhai: Wuhai, role: RoleCode, path: str = "1503") -> None:
        self.account, holding = wuhai.hold(wuhai.body(path, f"{role}{path}"), role)
        self.actor = acting(holding)
        _token, secret = ApiToken.issue(post=ref(holding), label="test", by=self.actor)
        self.headers = ENGLISH | {"authorization": f"Bearer {secret}"}

    def get(self, path: str, **query: str) -> tuple[int, dict[str, object]]:
        answer = Client().get(f"/api{path}", query, headers=self.headers)
        return answer.status_code, json.loads(answer.content)

    def post(self, path: str, body: object = None) -> tuple[int, dict[str, object]]:
        answer = Client().post(f"/api{path}", json.dumps(body), "application/json", headers=self.headers)
        return answer.status_code, json.loads(answer.content or "{}")


def found_city(*, is_demo: bool = True) -> Wuhai:
    places = plant(ROWS)
    open_city(places["1503"], is_demo=is_demo)
    kind = BodyKind.objects.create(
        code="test_office",
        name="办公室",
        name_en="office",
        group="government",
        subject="legal_body",
        law="–",
        article="–",
        many=True,
    )
    return Wuhai(places, kind)


def happen(
    verb: str = "test.thing.move", place_path: str = HUDONG, at: datetime | None = None, **data: object
) -> Event:
    with clock.stopped_at(at or clock.now()):
        return actions.record(verb, "test.thing:1", by=SYSTEM, place_path=place_path, data=data)


def go_on() -> None:
    """Give events their place and let the followers read on."""
    while actions.relay():
        pass
    while feed.run_followers():
        pass


def tell(*recipients: Recipient, verb: str = "test.thing.move", **more: object) -> None:
    register(
        verb, group=Group("things", "Things"), audience=lambda event: recipients, title="Moved", text="By hand", **more
    )


def writes(account: Account, **more: object) -> Preference:
    return Preference.objects.create(
        account=account, email=f"{account.username}@example.org", confirmed_at=MORNING, **more
    )


def tell_of(verb: str, *recipients: Recipient, **more: object) -> None:
    words = {"title": "Moved: %(about)s", "text": "From %(old)s"} | more
    register(
        verb,
        group=GROUP,
        audience=lambda event: recipients,
        values=lambda event: {"old": str(event.data.get("old", "–"))},
        **words,
    )


def reader(account: Account) -> actors.Person:
    return actors.Person(ref=ref(account), person=account.person_id)

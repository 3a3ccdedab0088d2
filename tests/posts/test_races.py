"""Two officers at once: one post of a name, and nobody in a post that has been abolished."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from linli.ground.authority.actors import SYSTEM
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock
from linli.ground.core.models import Event
from linli.ground.kinds.actions import load_kinds
from linli.ground.organisations.models import Holding, Post
from linli.ground.posts import actions
from tests.organisations import town as stage

pytestmark = pytest.mark.usefixtures("own_city")


def both(*deeds: Callable[[], object]) -> list[str]:
    """Do things at the same moment; return for each the code of its refusal, empty where it was done."""
    start = Barrier(len(deeds))

    def one(deed: Callable[[], object]) -> str:
        try:
            start.wait()
            deed()
        except ValidationError as error:
            return str(error.code)
        else:
            return ""
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(one, deeds))


@pytest.fixture
def worker(own_city: None) -> Post:
    """A post of a workstation in which nobody sits."""
    load_kinds(by=SYSTEM)
    return stage.body("workstation", stage.build().east).posts.get(code="worker")


def again(post: Post) -> Post:
    """The post as another request loads it."""
    return Post.objects.select_related("body__place", "body__kind").get(pk=post.pk)


def test_two_who_add_the_same_post_add_one(worker: Post) -> None:
    def add() -> None:
        actions.add(again(worker).body, name="联络员", role=RoleCode.MEMBER, seats=1, by=SYSTEM)

    assert sorted(both(add, add)) == ["", "name"]
    assert Post.objects.filter(name="联络员").count() == 1
    assert Event.objects.filter(verb="organisations.post.add").count() == 1


def test_who_abolishes_while_another_appoints_leaves_nobody_without_a_post(worker: Post) -> None:
    person = stage.resident(worker.body.place)
    abolished, appointed = both(
        lambda: actions.abolish(again(worker), by=SYSTEM),
        lambda: stage.appointed(again(worker), person, clock.today()),
    )
    assert (abolished, appointed) in {("", "abolished"), ("held", "")}
    assert Holding.objects.filter(post=worker).exists() == (appointed == "")
    assert (again(worker).abolished_on is None) == (abolished != "")


def test_who_takes_seats_away_while_another_appoints_leaves_nobody_standing(worker: Post) -> None:
    people = stage.crowd(worker.body.place, 3)
    for person in people[:2]:
        stage.appointed(worker, person, clock.today())
    resized, appointed = both(
        lambda: actions.resize(again(worker), seats=2, by=SYSTEM),
        lambda: stage.appointed(again(worker), people[2], clock.today()),
    )
    assert (resized, appointed) in {("", "seats"), ("held", "")}
    assert Holding.objects.filter(post=worker).count() <= again(worker).seats

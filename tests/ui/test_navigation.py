"""Apps put their doors into the shells; a person sees those that are theirs."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.http import HttpRequest
from django.test.utils import CaptureQueriesContext

from linli.ground.authority.actors import VISITOR, Person, PostHeld
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock
from linli.ground.core.actions import record
from linli.ground.core.models import Event
from linli.ground.database.prepared import NotPrepared
from linli.ground.ui import navigation, page_facts
from linli.ground.ui.context import Shell
from linli.ground.ui.navigation import Area, Badge, Entry, Tally
from linli.ground.ui.page_facts import PageFacts
from tests.factories.registries import of_its_own

WORKER = Person(
    ref="people.account:1",
    name="王某某",
    post=PostHeld(ref="p:1", role=next(iter(RoleCode)), body=1, place_path="15", title="湖东社区居委会 · 社区工作者"),
)


@pytest.fixture(autouse=True)
def _empty_shells() -> Iterator[None]:
    with of_its_own(navigation._entries), of_its_own(page_facts._providers):
        yield


def entry(label: str, url_name: str = "ui:gallery", **more: object) -> None:
    navigation.register(Entry(area=more.pop("area", Area.PUBLIC), label=label, url_name=url_name, **more))  # type: ignore[arg-type]


def request_of(path: str, actor: Person | None = VISITOR) -> HttpRequest:
    request = HttpRequest()
    request.path = path
    if actor:
        request.actor = actor  # type: ignore[attr-defined]
    return request


def test_lines_stand_in_their_order_and_only_where_they_belong() -> None:
    entry("second", order=20)
    entry("first", order=10)
    entry("elsewhere", area=Area.FOOTER)
    assert [line.label for line in navigation.lines(Area.PUBLIC, VISITOR, "/", {})] == ["first", "second"]


def test_a_line_hides_from_those_it_does_not_concern() -> None:
    entry("staff", visible=lambda actor: bool(actor.ref))
    assert navigation.lines(Area.PUBLIC, VISITOR, "/", {}) == ()
    assert [line.label for line in navigation.lines(Area.PUBLIC, WORKER, "/", {})] == ["staff"]


def test_the_nearest_line_is_current() -> None:
    entry("gallery")
    entry("language", "ui:language")
    at = navigation.lines(Area.PUBLIC, VISITOR, "/ui/language/", {})
    assert [line.current for line in at] == [False, True]
    assert [line.current for line in navigation.lines(Area.PUBLIC, VISITOR, "/ui/other/", {})] == [True, False]
    assert [line.current for line in navigation.lines(Area.PUBLIC, VISITOR, "/elsewhere/", {})] == [False, False]


def counting(number: int, words: str, *, late: bool = False) -> Badge:
    first = ContentType.objects.order_by("pk").values("pk")[:number]
    return Badge(lambda _actor: ContentType.objects.filter(pk__in=first), lambda count: f"{count} {words}", late=late)


@pytest.mark.django_db
def test_the_desk_is_grouped_by_its_first_entries_and_all_badges_are_counted_in_one_query() -> None:
    late, unread = counting(2, "tasks overdue", late=True), counting(3, "unread messages")
    entry("tasks", area=Area.DESK, group="work", order=1, badge=late)
    entry("places", area=Area.DESK, group="community", order=2)
    entry("messages", area=Area.DESK, group="work", order=3, badge=unread)
    entry("messages", area=Area.CORNER, badge=unread)
    entry("nothing", badge=counting(0, "nothing"))
    shell = Shell(request_of("/", WORKER))
    with CaptureQueriesContext(connection) as queries:
        groups, corner, nav = shell.side, shell.corner, shell.nav
    assert len(queries) == 1
    assert [(group.title, [line.label for line in group.lines]) for group in groups] == [
        ("work", ["tasks", "messages"]),
        ("community", ["places"]),
    ]
    assert groups[0].lines[0].badge == Tally("2", "2 tasks overdue", late=True)
    assert corner[0].badge == groups[0].lines[1].badge == Tally("3", "3 unread messages", late=False)
    assert nav[0].badge is None


@pytest.mark.django_db
def test_a_badge_counts_what_is_of_this_actor_and_of_this_moment() -> None:
    for actor in (WORKER, Person(ref="people.account:2")):
        record("ui.test.look", "ui.test:1", by=actor)
    mine = Badge(lambda actor: Event.objects.filter(actor=actor.ref, at__lte=clock.now()), str)
    entry("mine", badge=mine)
    assert navigation.tallies(WORKER) == {mine: Tally("1", "1", late=False)}
    assert navigation.tallies(Person(ref="people.account:2")) == {mine: Tally("1", "1", late=False)}
    assert navigation.tallies(Person(ref="people.account:3")) == {}
    with clock.stopped_at(clock.now() - timedelta(1)):
        assert navigation.tallies(WORKER) == {}


@pytest.mark.django_db
def test_a_badge_that_looks_at_another_moment_is_refused() -> None:
    entry("stale", badge=Badge(lambda _actor: Event.objects.filter(at__lte=clock.now() - timedelta(1)), str))
    with pytest.raises(NotPrepared):
        navigation.tallies(WORKER)


def test_whoever_sees_no_badge_asks_the_database_nothing() -> None:
    entry("messages", area=Area.CORNER, badge=counting(3, "unread"), visible=lambda actor: bool(actor.ref))
    assert Shell(request_of("/")).corner == ()


def test_a_shell_names_the_post_in_which_one_acts() -> None:
    assert Shell(request_of("/", WORKER)).post_title == ("湖东社区居委会", "社区工作者")
    assert Shell(request_of("/")).post_title == ("", "")


def test_a_shell_asks_nothing_that_the_page_does_not_show() -> None:
    def refuse(_: object) -> bool:
        raise AssertionError("asked")

    entry("any", visible=refuse)
    assert Shell(request_of("/")).large is False


def test_the_city_is_named_by_whoever_knows_it() -> None:
    assert page_facts.facts() == PageFacts("", demo=False)
    page_facts.register(lambda: PageFacts("乌海市", demo=True))
    assert Shell(request_of("/")).facts == PageFacts("乌海市", demo=True)


def test_search_appears_with_its_first_door() -> None:
    assert Shell(request_of("/")).search is None
    entry("search", area=Area.SEARCH)
    entry("later", area=Area.SEARCH, order=200)
    found = Shell(request_of("/")).search
    assert (found and found.label, found and found.url) == ("search", "/ui/")


def test_a_request_that_was_refused_before_anybody_looked_is_a_visitors() -> None:
    assert Shell(request_of("/", None)).actor is VISITOR

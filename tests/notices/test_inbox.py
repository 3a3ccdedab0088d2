"""The inbox: messages in the words of their reader, counted while unread, and nobody else's."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.commons.notices import actions, queries, rules, templates
from linli.commons.notices.models import Message
from linli.commons.notices.templates import Recipient
from linli.ground.authority.actors import SYSTEM, VISITOR, Person
from linli.ground.core import clock, registry
from tests.factories.registries import of_its_own

from .town import HUDONG, MORNING, Wuhai, acting, go_on, happen, reader, tell_of


def test_a_message_leads_to_its_matter_only_for_those_who_may_see_it(wuhai: Wuhai, words: None) -> None:
    li = wuhai.account()
    place = wuhai.places[HUDONG]
    tell_of("test.thing.move", Recipient(account=li.pk), about=lambda event: registry.ref(place))
    happen()
    go_on()
    [told] = queries.inbox(reader(li)).items
    assert told.about is not None
    assert (told.about.ref, told.title) == (registry.ref(place), f"Moved: {place.title}")


def test_a_message_of_a_kind_given_up_since_can_still_be_read(wuhai: Wuhai, words: None) -> None:
    li = wuhai.account()
    tell_of("test.thing.move", Recipient(account=li.pk))
    happen()
    go_on()
    with of_its_own(templates._templates):
        [told] = queries.inbox(reader(li)).items
    assert (told.title, told.about) == ("A message of an earlier time", None)


def test_an_inbox_costs_the_same_for_one_message_and_for_thirty(wuhai: Wuhai, words: None) -> None:
    li = wuhai.account()
    tell_of("test.thing.move", Recipient(account=li.pk), about=lambda event: registry.ref(wuhai.places[HUDONG]))
    happen()
    go_on()
    with CaptureQueriesContext(connection) as one:
        queries.inbox(reader(li))
    for _number in range(34):
        happen()
    go_on()
    with CaptureQueriesContext(connection) as many:
        page = queries.inbox(reader(li))
    assert len(many) == len(one) == 2
    assert len(page.items) == 30
    rest = queries.inbox(reader(li), token=page.page.next or "")
    assert [len(rest.items), rest.page.next] == [5, None]


def test_reading_counts_once_and_reading_all_leaves_nothing_unread(wuhai: Wuhai, words: None) -> None:
    li, wang = wuhai.account(), wuhai.account()
    tell_of("test.thing.move", Recipient(account=li.pk), Recipient(account=wang.pk))
    happen()
    happen()
    go_on()
    first = Message.objects.filter(account=li).order_by("pk")[0]
    first.read()
    with clock.stopped_at(MORNING + timedelta(hours=1)):
        first.read()
        assert Message.objects.get(pk=first.pk).read_at == MORNING
        assert queries.unread(reader(li)).number == 1
        assert [one.message.read_at for one in queries.inbox(reader(li), unread_only=True).items] == [None]
        assert actions.read_all(by=reader(li)) == 1
    assert queries.unread(reader(li)).number == 0
    assert queries.unread(reader(wang)).number == 2


def test_a_message_belongs_to_its_reader_and_to_the_post_they_act_in(wuhai: Wuhai, words: None) -> None:
    account, holding = wuhai.hold(wuhai.body(HUDONG, "居委会"))
    tell_of("test.thing.move", Recipient(account=account.pk, post=registry.ref(holding)), Recipient(contact="c" * 64))
    happen()
    go_on()
    mine, contacts = Message.objects.get(account=account), Message.objects.get(account=None)
    visitor = Person(contact="c" * 64)
    for who, seen in (
        (acting(holding), [mine]),
        (reader(account), []),
        (visitor, [contacts]),
        (Person(ref=registry.ref(account), contact="c" * 64), [contacts]),
        (Person(contact="d" * 64), []),
        (VISITOR, []),
        (SYSTEM, []),
    ):
        assert list(Message.objects.visible_to(who).order_by("pk")) == seen
        assert [one for one in (mine, contacts) if rules.may_read(who, one)] == seen
    assert [rules.may_read(who) for who in (acting(holding), visitor, VISITOR, SYSTEM)] == [True, True, False, False]
    assert [rules.may_choose(who) for who in (acting(holding), visitor, VISITOR, SYSTEM)] == [True, False, False, False]

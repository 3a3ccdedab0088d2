"""Fifty at the same moment bring the same matter: one case, every support kept; merged and supported at once, nobody is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from cases.conftest import MONDAY, Town, _build
from django.db import connection

from linli.flows.cases.models import Case
from linli.flows.supports import actions
from linli.flows.supports.actions import How
from linli.flows.supports.models import Matter, Support
from linli.ground.core import clock
from linli.ground.people.queries import contact_of
from tests.factories.races import just_before

from .conftest import LIU, SUN, bring

pytestmark = pytest.mark.usefixtures("own_city")
PEOPLE, AT_ONCE = 50, 10


@pytest.fixture
def anew(own_city: None) -> Town:
    """The town with real commits, since connections must see each other."""
    with clock.stopped_at(MONDAY):
        return _build()


def phone(number: int) -> str:
    return f"1390473{number + 1000:04}"


def test_fifty_at_once_make_one_case_and_forty_nine_supports(anew: Town) -> None:
    start = Barrier(AT_ONCE)

    def one(number: int) -> How:
        try:
            with clock.stopped_at(MONDAY):
                start.wait()
                return bring(anew, phone=phone(number), name=f"居民{number}", text=f"第{number}位说灯不亮。").how
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        became = list(pool.map(one, range(PEOPLE)))
    assert sorted(became) == [How.NEW, *[How.SUPPORTED] * (PEOPLE - 1)]
    case = Case.objects.get()
    assert Matter.objects.get().case == case
    brought = {case.reporter.contact, *Support.objects.filter(case=case).values_list("contact", flat=True)}
    assert brought == {contact_of(phone(number)) for number in range(PEOPLE)}


def beside(act: object) -> None:
    """Do something in a connection of its own."""

    def run() -> None:
        try:
            with clock.stopped_at(MONDAY):
                act()  # type: ignore[operator]
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(run).result()


def test_who_is_quicker_between_looking_and_writing_is_followed(anew: Town) -> None:
    with clock.stopped_at(MONDAY), just_before("SELECT nextval", lambda: beside(lambda: bring(anew, phone=LIU))):
        became = bring(anew, phone=SUN)
    assert (became.how, became.case.reporter.phone, Case.objects.count()) == (How.SUPPORTED, LIU, 1)


def test_what_is_merged_between_looking_and_locking_is_supported_where_it_goes_on(anew: Town) -> None:
    with clock.stopped_at(MONDAY):
        one, other = bring(anew).case, bring(anew, where="大门").case
        merge = lambda: actions.merge(Case.objects.get(pk=one.pk), into=other, by=anew.actor("officer"))  # noqa: E731
        with just_before("FOR UPDATE", lambda: beside(merge)):
            became = bring(anew, phone=LIU)
    assert (became.how, became.case) == (How.SUPPORTED, other)


def test_two_different_matters_at_one_spot_at_once_are_two_cases(anew: Town) -> None:
    with clock.stopped_at(MONDAY):
        bring(anew)
        apart = {"same": actions.ANOTHER}
        with just_before("SELECT nextval", lambda: beside(lambda: bring(anew, phone=LIU, **apart))):
            assert bring(anew, phone=SUN, **apart).how is How.NEW
    assert sorted(Matter.objects.values_list("number", flat=True)) == [0, 1, 2]

"""Who counts: adults, residents of a day, figures that never come from accounts."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from people.town import Town, account_of, enter

from linli.ground.authority.actors import SYSTEM
from linli.ground.figures import queries
from linli.ground.figures.models import Measure
from linli.ground.people import models as facts
from linli.ground.people.models import (
    Electoral,
    Residence,
    Source,
)
from linli.ground.people.models.register import eighteen_years_before

DAY = date(2026, 5, 1)
NOON = datetime(2026, 5, 1, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
WORKER = "people.account:900"


def test_who_has_died_moved_or_been_merged_no_longer_counts(town: Town) -> None:
    old = {"born_on": date(1950, 1, 1)}
    dead, gone, twice, stays = (enter(town.east, name, **old) for name in ("王一", "王二", "王三", "王四"))
    dead.mark_died(on=DAY, by=SYSTEM)
    gone.mark_left(on=DAY, by=SYSTEM)
    twice.merge(into=stays, by=SYSTEM)
    assert queries.adults(town.east.path, DAY).number == 1
    assert queries.adults(town.east.path, DAY - timedelta(days=1)).number == 3
    assert [one.is_present(DAY) for one in (dead, gone, twice, stays)] == [False, False, False, True]
    assert dead.is_present(DAY - timedelta(days=1)) is True


def test_figures_come_from_the_register_never_from_accounts(town: Town) -> None:
    adult = {"born_on": date(1960, 1, 1)}
    person = enter(town.east, **adult, address="1号楼101", electoral=Electoral.REGISTERED)
    enter(town.grid, "李明", born_on=date(2015, 1, 1), address="1号楼101")
    enter(town.west, "赵刚", **adult)
    enter(None, "刘洋", residence=Residence.NONE, source=Source.STAFF, **adult)
    account_of(person, "13900000001")
    found = [queries.figure(what, town.town.path, DAY) for what in Measure]
    assert [(one.number, one.source, one.as_of) for one in found] == [
        (2, "register", DAY),
        (1, "register", DAY),
        (1, "register", DAY),
    ]
    assert queries.electorate(town.west.path, DAY).number is None
    assert queries.households(town.west.path, DAY).number is None


@pytest.mark.parametrize(
    ("born", "on", "adult"),
    [
        (date(2008, 5, 1), date(2026, 5, 1), True),
        (date(2008, 5, 2), date(2026, 5, 1), False),
        (date(2008, 2, 29), date(2026, 2, 28), False),
        (date(2008, 2, 29), date(2026, 3, 1), True),
        (date(2006, 2, 28), date(2024, 2, 29), True),
        (date(2006, 3, 1), date(2024, 2, 29), False),
        (None, date(2026, 5, 1), False),
    ],
)
def test_one_is_an_adult_on_the_eighteenth_birthday(town: Town, born: date | None, on: date, adult: bool) -> None:
    person = enter(town.east, born_on=born)
    assert person.is_adult(on) is adult
    assert facts.Person.objects.adults(on).filter(pk=person.pk).exists() is adult
    assert eighteen_years_before(date(2026, 5, 1)) == date(2008, 5, 1)

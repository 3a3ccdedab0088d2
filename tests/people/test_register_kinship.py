"""Declared kinship, and who is near kin by it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from linli.ground.authority.actors import SYSTEM
from linli.ground.people import actions, queries
from linli.ground.people.models import (
    Kinship,
    Relation,
)

from .town import Town, enter

DAY = date(2026, 5, 1)
NOON = datetime(2026, 5, 1, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
WORKER = "people.account:900"


def test_near_relatives_follow_from_declared_ties(town: Town) -> None:
    names = ("祖母", "母亲", "女儿", "儿子", "丈夫", "表亲", "孙女")
    granny, mother, girl, boy, husband, cousin, grandchild = (enter(town.east, name) for name in names)
    for person, relative, relation in [
        (girl, mother, Relation.PARENT),
        (boy, mother, Relation.PARENT),
        (granny, mother, Relation.CHILD),
        (mother, husband, Relation.SPOUSE),
        (girl, grandchild, Relation.CHILD),
        (grandchild, cousin, Relation.GRANDPARENT),
    ]:
        actions.declare_kinship(person, relative, relation=relation, by=SYSTEM)
    assert queries.near_relatives(girl) == {mother.pk, granny.pk, boy.pk, grandchild.pk}
    assert queries.near_relatives(mother.pk) == {granny.pk, girl.pk, boy.pk, husband.pk, grandchild.pk}
    assert queries.near_relatives(husband) == {mother.pk}
    assert queries.near_relatives(cousin) == {grandchild.pk}
    assert queries.near_relatives(enter(town.east, "旁人")) == set()
    assert [relation.back for relation in Relation] == [
        Relation.SPOUSE,
        Relation.CHILD,
        Relation.PARENT,
        Relation.SIBLING,
        Relation.GRANDCHILD,
        Relation.GRANDPARENT,
    ]


def test_a_tie_is_declared_once_and_never_to_oneself(town: Town) -> None:
    one, two = enter(town.east), enter(town.east, "李明")
    tie = actions.declare_kinship(one, two, relation=Relation.SPOUSE, by=SYSTEM)
    assert str(tie) == f"spouse {one.pk}-{two.pk}"
    for person, relative in ((two, one), (one, one)):
        with pytest.raises(ValidationError):
            actions.declare_kinship(person, relative, relation=Relation.SIBLING, by=SYSTEM)
    assert Kinship.objects.count() == 1

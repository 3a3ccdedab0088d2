"""What everybody may read of a case, and what nobody outside may."""

from dataclasses import asdict, fields

import pytest
from cases.conftest import PHONE, Town

from linli.flows.cases import actions
from linli.flows.cases.models import Case, Ground
from linli.flows.publicity.queries import PublicCase, public_cases, public_of

WHO = {"reporter", "name", "phone", "contact", "person", "original", "answers", "channel"}


def test_what_is_public_says_nothing_of_who_asked(town: Town) -> None:
    town.receive(category="street-light", text=f"路灯不亮，找我女儿{PHONE}。", where="1号楼，身份证150302198001011239")
    told = public_of(public_cases().get())
    assert {one.name for one in fields(PublicCase)} & WHO == set()
    assert (told.title, told.where) == ("路灯不亮，找我女儿139****0001", "1号楼，身份证150***************")
    assert PHONE not in str(asdict(told))


def test_a_case_that_was_kept_before_masking_is_masked_when_it_leaves(town: Town) -> None:
    case = town.receive(category="street-light")
    Case.objects.filter(pk=case.pk).update(text=f"打{PHONE}", where=f"问{PHONE}")
    told = public_of(public_cases().get())
    assert (told.title, told.text, told.where) == ("打139****0001", "打139****0001", "问139****0001")


@pytest.mark.parametrize(
    ("category", "is_private", "is_public"),
    [
        ("street-light", False, True),
        ("manhole", False, True),
        ("street-light", True, False),
        ("minimum-living", False, False),
    ],
)
def test_public_things_are_public_unless_who_asked_wishes_otherwise(
    town: Town, category: str, is_private: bool, is_public: bool
) -> None:
    town.receive(category=category, is_private=is_private)
    assert public_cases().exists() == is_public


def test_what_is_secret_or_unlawful_is_nobody_elses_to_read(town: Town) -> None:
    case = town.receive(category="street-light")
    actions.refuse(case, ground=Ground.SECRET, text="请当面向主管单位提出。", by=town.actor("worker"))
    assert not public_cases().exists()


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("3号楼2单元501室", "3号楼2单元***室"),
        ("5号楼1201室", "5号楼***室"),
        ("3 号楼 2 单元 502 门口", "3 号楼 2 单元*** 门口"),
        ("路口东 30 米", "路口东 30 米"),
    ],
)
def test_a_door_by_which_a_household_is_known_does_not_leave(town: Town, where: str, told: str) -> None:
    town.receive(where=where, category="street-light")
    assert public_of(public_cases().get()).where == told

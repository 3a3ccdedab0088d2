"""What the database refuses of an item, and the lines of materials and steps."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from linli.commons.guides.models import (
    Item,
    ItemOpinion,
    MaterialLine,
    MaterialSource,
    OpinionLine,
    StepLine,
    materials_in,
    opinions_in,
    steps_in,
)
from linli.ground.core.models import Event
from linli.ground.core.registry import ref

from .conftest import LIFT, Town


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"promised_days": 31}, "promised_within_statutory"),
        ({"promised_days": 0}, "on_the_spot_takes_no_days"),
        ({"mode": "immediate"}, "on_the_spot_takes_no_days"),
        ({"fee": 100}, "no_fee_without_basis"),
        ({"code": "150300MZ-JF-1"}, "item_code_is_well_formed"),
        ({"field": "surroundings"}, "item_choices_are_known"),
        ({"valid_until": date(2025, 12, 31)}, "item_ends_after_it_began"),
    ],
)
def test_the_database_refuses_an_item_that_makes_no_sense(
    item: Item, wrong: dict[str, object], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(**wrong)


def test_a_promise_may_be_as_long_as_the_law_allows_and_any_length_where_it_says_nothing(item: Item) -> None:
    Item.objects.filter(pk=item.pk).update(promised_days=30)
    Item.objects.filter(pk=item.pk).update(promised_days=90, statutory_days=None)


def test_lines_say_the_same_read_and_written() -> None:
    text = "户口簿 | 1 | 0 | 自备 | 公安部门数据共享\n申请表 | 1 | 2 | 现场填写"
    read = materials_in(text)
    assert read == [
        MaterialLine("户口簿", 1, 0, MaterialSource.OWN, "公安部门数据共享"),
        MaterialLine("申请表", 1, 2, MaterialSource.DESK),
    ]
    assert "\n".join(map(str, read)) == text
    assert steps_in("核查｜10｜不计\n\n") == [StepLine("核查", 10, is_counted=False)]
    assert str(steps_in("核查｜10｜不计")[0]) == "核查 | 10 | 不计"
    assert (
        opinions_in("market | 设备要求 | 5")
        == opinions_in("市场监督管理局｜设备要求｜5")
        == [OpinionLine("market", "设备要求", 5)]
    )
    assert str(OpinionLine("market", "设备要求", 5)) == "市场监督管理局 | 设备要求 | 5"
    assert str(OpinionLine("gone", "设备要求", 5)) == "gone | 设备要求 | 5"


@pytest.mark.parametrize(
    ("read", "text", "told"),
    [
        (materials_in, "户口簿 | 1 | 0", "第 1 行：竖线隔开的有 3 段，需要 4 段"),
        (materials_in, "户口簿 | 一 | 0 | 自备", "第 1 行：“一”不是 365 以内的整数"),
        (materials_in, "\n户口簿 | 1 | 0 | 家里", "第 2 行：第四段应当是自备、核发、现场填写之一"),
        (materials_in, " | 1 | 0 | 自备", "第 1 行：名称没有写，或者超过 100 个字"),
        (materials_in, f"户口簿 | 1 | 0 | 自备 | {'长' * 101}", "第 1 行：原因超过 100 个字"),
        (materials_in, "户口簿 | 1 | 0 | 自备\n" * 21, "最多 20 行。"),
        (steps_in, "核查 | 1 | 也许", "第 1 行：第三段应当是计、不计之一"),
        (opinions_in, "电梯局 | 设备要求 | 5", "第 1 行：“电梯局”不是现有部门"),
        (opinions_in, "family_planning | 设备要求 | 5", "第 1 行：“family_planning”不是现有部门"),
        (opinions_in, "market | 设备要求 | 0", "第 1 行：提出意见至少 1 个工作日"),
        (opinions_in, "market |  | 5", "第 1 行：名称没有写，或者超过 100 个字"),
        (opinions_in, "market | 设备 | 5\n市场监督管理局 | 检验 | 3", "同一部门写了两次。"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(read: object, text: str, told: str) -> None:
    with pytest.raises(ValidationError) as error:
        read(text)  # type: ignore[operator]
    assert error.value.messages == [told]


def test_an_item_that_has_ended_cannot_be_applied_for(town: Town, item: Item) -> None:
    item.end(on=date(2026, 9, 13), by=town.actor("reviewer"))
    assert (item.is_current, Item.objects.current().filter(pk=item.pk).exists()) == (False, False)
    event = Event.objects.filter(subject=ref(item)).latest("pk")
    assert (event.verb, event.data["valid_until"]) == ("guides.item.end", [None, "2026-09-13"])


def test_an_item_and_its_lines_are_called_by_their_names(item: Item) -> None:
    named = [item, item.materials.all()[0], item.steps.all()[0]]
    assert [str(one) for one in named] == [one.name for one in named]


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"days": 0}, "opinion_takes_days"),
        ({"position": 2}, "opinion_in_its_place"),
        ({"department": "emergency"}, "opinion_of_a_department_once"),
    ],
)
def test_the_database_refuses_a_say_that_makes_no_sense(town: Town, wrong: dict[str, object], constraint: str) -> None:
    first = ItemOpinion.objects.filter(item__code=LIFT)[0]
    assert str(first) == "市场监督管理局"
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ItemOpinion.objects.filter(pk=first.pk).update(**wrong)

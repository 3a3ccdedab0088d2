"""The catalogue looked through: by words of one or two characters, by popular names and letters, by field."""

import pytest

from linli.commons.guides import queries
from linli.commons.guides.actions import take_draft
from linli.commons.guides.models import Item, ItemKind
from linli.ground.authority.actors import SYSTEM, VISITOR
from linli.ground.kinds.fields import SEVEN

from .conftest import LOW, Town

pytestmark = pytest.mark.usefixtures("town")


def names(text: str, field: str = "") -> list[str]:
    found = queries.found(VISITOR, text=text, field=field)
    return [item.name for group in found.groups for item in group.items]


@pytest.mark.parametrize("text", ["低保", "最低", "最低生活", "zdsh", "ZDSHBZ", "ｄｂ", "低保 最低", LOW])
def test_the_minimum_allowance_is_found(text: str) -> None:
    assert "最低生活保障申请" in names(text)


def test_a_word_that_stands_nowhere_finds_nothing() -> None:
    assert (names("火箭"), names("保低"), names("。")) == ([], [], [])


def test_a_field_shows_its_own_and_counts_all() -> None:
    found = queries.found(VISITOR, field="migrants")
    assert [group.field for group in found.groups] == ["migrants"]
    assert sum(count for _value, _label, count in found.counts) == found.total == Item.objects.count()
    assert (found.shown, names("居住证", "relief")) == (3, [])


def test_the_draft_covers_every_field_and_is_taken_over_once() -> None:
    assert take_draft(place_path="1503", by=SYSTEM) == 0
    items = list(Item.objects.all())
    assert {item.field for item in items} == {*dict(SEVEN)}
    assert {item.code[11:13] for item in items} <= set(ItemKind.values)
    assert all(item.kind == item.code[11:13] and item.department_name != item.department for item in items)
    assert len(items) == 35


def test_the_guide_names_the_desk_where_one_lives(town: Town, item: Item) -> None:
    guide = queries.guide_of(item, town.east)
    assert guide.handler == town.bodies["workstation", town.east.path]
    assert {one.name for one in guide.waived} == {"居民身份证", "户口簿", "收入和财产状况证明"}
    assert queries.guide_of(item, None).handler is None

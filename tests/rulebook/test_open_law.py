"""A law that leaves a value open within limits: the board stands 15 days or more (Residents' Committee Law 2025 art. 34)."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from linli.ground.authority.actors import Person
from linli.ground.core import clock
from linli.ground.rulebook import actions, queries
from linli.ground.rulebook.actions import Charter, Setting
from linli.ground.rulebook.forms import ChangeForm
from linli.ground.rulebook.models import Rule
from linli.ground.rulebook.units import Meeting


def test_a_deviation_that_the_law_allows_keeps_its_article(open_law: Rule, reviewer: Person) -> None:
    fewer, more = (Setting(value, "1503", clock.today(), "方便群众") for value in ("14", "60"))
    with pytest.raises(ValidationError) as refused:
        actions.change(open_law, to=fewer, seen=actions.newest(open_law), by=reviewer)
    assert list(refused.value.message_dict) == ["value"]
    made = actions.change(open_law, to=more, seen=actions.newest(open_law), by=reviewer)
    assert (made.number, made.article) == (60, "第三十四条")


def test_a_charter_may_ask_for_more_where_the_law_says_at_least(open_law: Rule, officer: Person) -> None:
    hudong, today = "150302009001", clock.today()
    charter = Charter("30", hudong, today, "居民公约第五条", Meeting.ASSEMBLY, today)
    actions.lodge(open_law, charter=charter, seen=actions.newest(open_law), by=officer)
    assert [queries.rule(open_law.key, place_path=place).value for place in (hudong, "150302")] == ["30", "15"]


def test_the_form_says_what_the_law_allows(open_law: Rule, reviewer: Person) -> None:
    with translation.override("en"):
        form = ChangeForm(rule=open_law, current=queries.rule(open_law.key), actor=reviewer)
        assert form.fields["value"].help_text == "A whole number; now 15 days. The law allows from 15 up."

"""The form of a change fits the rule's unit."""

import pytest
from django.utils import translation

from linli.ground.authority.actors import Person
from linli.ground.rulebook.forms import ChangeForm
from linli.ground.rulebook.models import Rule, RuleVersion

pytestmark = pytest.mark.django_db


def test_yes_or_no_is_chosen_not_typed(reviewer: Person) -> None:
    with translation.override("en"):
        form = ChangeForm(rule=Rule(unit="flag"), current=RuleVersion(value="true"), actor=reviewer)
        assert form.fields["value"].choices == [("true", "yes"), ("false", "no")]


def test_a_city_whose_places_are_not_loaded_sets_rules_for_itself(reviewer: Person) -> None:
    form = ChangeForm(
        rule=Rule(unit="person"), current=RuleVersion(rule=Rule(unit="person"), value="5"), actor=reviewer
    )
    assert form.fields["place"].choices == [("1503", "1503")]


def test_a_share_says_how_it_is_written(reviewer: Person) -> None:
    with translation.override("en"):
        form = ChangeForm(rule=Rule(unit="share"), current=RuleVersion(value=">=2/3"), actor=reviewer)
        assert form.fields["value"].help_text.startswith("A share such as >=2/3")

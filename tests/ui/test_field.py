"""One template draws every field of every form."""

import re
from collections.abc import Iterator

import pytest
from django import forms
from django.template import engines
from django.utils.translation import override

from linli.ground.ui.gallery import SampleForm
from linli.ground.ui.templatetags import ui

FULL = {"what": "灯坏了", "field_of_service": "facilities", "place": "3", "phone": "13904730000", "source": "gallery"}


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with override("en"):
        yield


def drawn(field: forms.BoundField) -> str:
    html = engines["django"].from_string('{% cotton field :field="field" / %}').render({"field": field})
    return re.sub(r"\s+(?=<)|(?<=>)\s+", "", html)


def summary(form: forms.Form) -> str:
    return engines["django"].from_string('{% cotton errors :form="form" / %}').render({"form": form}).strip()


def test_a_field_is_named_explained_and_tied_together() -> None:
    html = drawn(SampleForm()["phone"])
    assert '<label for="id_phone">Mobile number</label>' in html
    assert '<span class="c-field__hint" id="id_phone_helptext">' in html
    assert 'aria-describedby="id_phone_helptext"' in html
    assert 'class="c-input c-input--short"' in html
    assert "optional" not in html


def test_only_what_may_stay_empty_is_marked() -> None:
    marked = [field.name for field in SampleForm() if "c-field__must" in drawn(field)]
    assert marked == ["ways", "picture"]


def test_a_wrong_field_says_how_to_put_it_right() -> None:
    html = drawn(SampleForm(FULL | {"phone": "1390473000"})["phone"])
    assert 'class="c-field is-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_phone_helptext id_phone_error"' in html
    assert '<div id="id_phone_error"><p class="c-field__error">' in html
    assert "The mobile number is one digit short: it has 11." in html


def test_choices_are_a_group_with_a_name() -> None:
    html = drawn(SampleForm(FULL)["field_of_service"])
    assert html.startswith('<fieldset class="c-field" id="id_field_of_service"')
    assert '<legend class="c-field__label">What kind of matter</legend>' in html
    assert html.count('<label class="c-choice') == 3
    assert html.count('<label class="c-choice is-on">') == 1


def test_a_single_box_carries_its_sentence() -> None:
    html = drawn(SampleForm(FULL | {"private": "on"})["private"])
    assert '<label class="c-choice c-choice--alone is-on"><input type="checkbox"' in html
    assert '<span class="u-meta" id="id_private_helptext">' in html


def test_a_hidden_field_is_only_its_input() -> None:
    assert drawn(SampleForm(FULL)["source"]) == '<input type="hidden" name="source" value="gallery" id="id_source">'


def test_a_long_text_has_four_lines_and_keeps_what_a_form_asks_for() -> None:
    class Letter(forms.Form):
        short = forms.CharField(widget=forms.Textarea)
        long = forms.CharField(widget=forms.Textarea(attrs={"rows": 12, "class": "u-pre"}))
        many = forms.MultipleChoiceField(choices=[("a", "甲")])

    letter = Letter()
    assert 'rows="4"' in drawn(letter["short"])
    assert 'rows="12"' in drawn(letter["long"])
    assert 'class="c-input u-pre"' in drawn(letter["long"])
    assert 'class="c-input"' in drawn(letter["many"])  # a list of several lines has no arrow


def test_what_somebody_typed_comes_back_as_text() -> None:
    html = drawn(SampleForm(FULL | {"what": "</textarea><script>alert(1)</script>"})["what"])
    assert "&lt;/textarea&gt;&lt;script&gt;" in html


def test_the_summary_lists_errors_in_the_order_of_the_fields_with_the_same_words() -> None:
    form = SampleForm({"phone": "1390473000"})
    form.add_error(None, "全表有误")
    assert ui.faults(form) == [
        ("", "全表有误"),
        ("id_what", "Please fill in: What happened, in a sentence or two"),
        ("id_field_of_service", "Please choose: What kind of matter"),
        ("id_place", "Please choose: Where it is"),
        ("id_phone", "The mobile number is one digit short: it has 11."),
        ("", "Please fill in: Source"),
    ]
    html = summary(form)
    assert "6 things to change" in html
    assert re.findall(r'<a href="#(\w+)">', html) == ["id_what", "id_field_of_service", "id_place", "id_phone"]
    anchors = {anchor for anchor, _ in ui.faults(form) if anchor}
    page = "".join(drawn(field) for field in form)
    assert [anchor for anchor in anchors if f'id="{anchor}"' not in page] == []


def test_a_right_form_has_no_summary() -> None:
    assert summary(SampleForm(FULL)) == ""


class BoundForm(forms.Form):
    """What Django refuses in words of its own."""

    what = forms.CharField(min_length=2, max_length=5)
    seats = forms.IntegerField(min_value=1, max_value=9)
    page = forms.URLField(assume_scheme="https")
    other = forms.IntegerField(max_value=9, error_messages={"max_value": "Nine at most."})


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"what": "灯坏了很久了"}, "At most 5 characters; this is 6."),
        ({"what": "灯"}, "At least 2 characters; this is 1."),
        ({"seats": "0"}, "Not less than 1."),
        ({"seats": "10"}, "Not more than 9."),
        ({"page": "x y"}, "Write the whole address, for example https://…."),
        ({"other": "10"}, "Nine at most."),
    ],
)
def test_a_bound_is_told_in_the_words_of_the_house(typed: dict[str, str], told: str) -> None:
    (name,) = typed
    form = BoundForm(typed)
    assert (ui.field_faults(form[name]), (form[name].auto_id, told) in ui.faults(form)) == ([told], True)

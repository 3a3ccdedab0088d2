"""Controls drawn without a template are those that Django's templates draw."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override
from hypothesis import given
from hypothesis import strategies as st

from linli.ground.ui.renderer import _OWN, Renderer

INPUTS = [
    forms.CheckboxInput,
    forms.DateInput,
    forms.EmailInput,
    forms.HiddenInput,
    forms.NumberInput,
    forms.PasswordInput,
    forms.SearchInput,
    forms.TelInput,
    forms.TextInput,
    forms.TimeInput,
    forms.URLInput,
    forms.Textarea,
]
OFFERED = [
    ("", "---------"),
    (1, "滨河社区"),
    (2024, 2024),
    ("a&b", mark_safe("<b>滨河</b>")),
    (gettext_lazy("Bodies"), [("x", "「居委会」"), ("y", gettext_lazy("Post"))]),
]
words = st.one_of(st.none(), st.text(max_size=20), st.integers(), st.floats(allow_nan=False), st.booleans())
attributes = st.dictionaries(st.sampled_from(["id", "class", "aria-invalid", "max", "required"]), words, max_size=4)


def both(widget: forms.Widget, value: object, attrs: dict[str, object]) -> tuple[str, str]:
    ours, theirs = Renderer(), DjangoTemplates()
    return tuple(str(widget.render("field-1", value, attrs, one)) for one in (ours, theirs))  # type: ignore[return-value]


@pytest.mark.parametrize("kind", INPUTS)
@given(value=words, attrs=attributes)
def test_an_input_is_drawn_as_by_django(kind: type[forms.Widget], value: object, attrs: dict[str, object]) -> None:
    ours, theirs = both(kind(), value, attrs)
    assert ours == theirs
    assert kind.template_name in _OWN


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("value", [None, "", 1, "2024", "x", "nobody's"])
@pytest.mark.parametrize("kind", [forms.Select, forms.NullBooleanSelect])
def test_a_list_is_drawn_as_by_django(kind: type[forms.Select], value: object, language: str) -> None:
    widget = kind()
    if kind is forms.Select:
        widget.choices = OFFERED
    with override(language):
        ours, theirs = both(widget, value, {"id": "id_place", "disabled": True, "data-empty": False})
    assert ours == theirs


def test_several_are_chosen_as_by_django() -> None:
    ours, theirs = both(forms.SelectMultiple(choices=OFFERED), [1, "x"], {"id": "id_place"})
    assert ours == theirs
    assert ours.count("selected") == 2


@pytest.mark.parametrize(
    "widget",
    [forms.RadioSelect(choices=OFFERED), forms.CheckboxSelectMultiple(choices=OFFERED), forms.ClearableFileInput()],
)
def test_what_is_not_drawn_here_django_draws(widget: forms.Widget) -> None:
    ours, theirs = both(widget, "x", {"id": "id_place"})
    assert ours == theirs


class OwnOption(forms.Select):
    option_template_name = "django/forms/widgets/checkbox_option.html"


def test_options_of_another_look_keep_it() -> None:
    ours, theirs = both(OwnOption(choices=OFFERED), "x", {"id": "id_place"})
    assert ours == theirs
    assert "<input" in ours

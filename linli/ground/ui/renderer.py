"""How the controls of a form are drawn (FORM_RENDERER).

Django draws each control by two or three templates, each option of a list by two more. Inputs, text areas and lists are drawn here, word
for word as those templates do (tests/ui/test_renderer.py compares them); whatever else there is, Django draws.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeData

Drawn = Mapping[str, Any]
"""A control as its widget describes it."""

FOLDER: Final = "django/forms/widgets"
OPTION: Final = f"{FOLDER}/select_option.html"


class Renderer(DjangoTemplates):
    """Draws what every form has without a template."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Return the HTML of a control or a form."""
        draw, widget = _OWN.get(template_name), context.get("widget")
        if draw and widget and _has_plain_options(widget):
            return draw(widget)
        return super().render(template_name, context, request)


def _has_plain_options(widget: Drawn) -> bool:
    groups = widget.get("optgroups", ())
    return all(option["template_name"] == OPTION for _, options, _ in groups for option in options)


def _input(widget: Drawn) -> str:
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    return f'<input type="{escape(widget["type"])}" name="{escape(widget["name"])}"{value}{_attributes(widget)}>'


def _textarea(widget: Drawn) -> str:
    value = _label(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{escape(widget["name"])}"{_attributes(widget)}>\n{value}</textarea>'


def _select(widget: Drawn) -> str:
    return f'<select name="{escape(widget["name"])}"{_attributes(widget)}>{"".join(_options(widget))}\n</select>'


def _options(widget: Drawn) -> Iterator[str]:
    for title, options, _ in widget["optgroups"]:
        if title:
            yield f'\n  <optgroup label="{_label(title)}">'
        for option in options:
            yield f'\n  <option value="{_text(option["value"])}"{_attributes(option)}>{_label(option["label"])}</option>\n'
        if title:
            yield "\n  </optgroup>"


def _attributes(widget: Drawn) -> str:
    found = widget["attrs"].items()
    return "".join(
        f" {name}" if value is True else f' {name}="{_text(value)}"' for name, value in found if value is not False
    )


def _text(value: object) -> str:
    """Return what `stringformat:'s'` makes of a value."""
    return value if isinstance(value, SafeData) and isinstance(value, str) else escape(str(value))


def _label(value: Any) -> str:
    """Return words as a template shows them."""
    return conditional_escape(localize(value))


_INPUTS: Final = (
    "checkbox",
    "date",
    "email",
    "hidden",
    "input",
    "number",
    "password",
    "search",
    "tel",
    "text",
    "time",
    "url",
)
_OWN: Final[Mapping[str, Callable[[Drawn], str]]] = {
    **{f"{FOLDER}/{name}.html": _input for name in _INPUTS},
    f"{FOLDER}/textarea.html": _textarea,
    f"{FOLDER}/select.html": _select,
}

"""Filters and tags that every template knows: how dates, money and titles read, and how a form field is drawn."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from html import unescape

import qrcode  # type: ignore[import-untyped]
from django import template
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinLengthValidator, MinValueValidator
from django.forms import BoundField, CheckboxInput, Field, FileInput, Form, Select, Textarea, URLField
from django.forms.widgets import ChoiceWidget, Input
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_lazy

from linli.ground.core.clock import today
from linli.ground.core.money import yuan

END_OF_DAY = time(23, 59, 59)
register = template.Library()

_PHRASE = re.compile(r"[^，。；：、？！]*[，。；：、？！]+[”’）》」]*|[^，。；：、？！]+")
_WEEKDAYS = "一二三四五六日"
_STATUS_ICONS = {
    "todo": "circle",
    "doing": "progress",
    "wait": "hourglass-empty",
    "soon": "clock",
    "late": "alert-triangle",
    "gap": "alert-triangle",
    "done": "circle-check",
    "stop": "ban",
    "ok": "calendar-event",
}
_NOTICE_ICONS = {"wait": "alert-triangle", "act": "alert-triangle", "done": "circle-check"}
_MESSAGE_KINDS = {"error": "act", "warning": "wait", "success": "done"}
DJANGO_ROWS = "10"  # what Django writes when a form asks for nothing else
_OWN_WORDS = (
    (MaxLengthValidator.message, gettext_lazy("At most %(limit_value)s characters; this is %(show_value)s.")),
    (MinLengthValidator.message, gettext_lazy("At least %(limit_value)s characters; this is %(show_value)s.")),
    (MinValueValidator.message, gettext_lazy("Not less than %(limit_value)s.")),
    (MaxValueValidator.message, gettext_lazy("Not more than %(limit_value)s.")),
    (URLField.default_error_messages["invalid"], gettext_lazy("Write the whole address, for example https://….")),
)
"""What Django says of a length, a bound or an address, and what people here are told."""
_NUMERALS = "零一二三四五六七八九十"


@register.filter
def phrases(text: str) -> SafeString:
    """Wrap each phrase of a title so that a line breaks between phrases, not inside one."""
    is_safe = hasattr(text, "__html__")
    found = _PHRASE.findall(unescape(text) if is_safe else str(text))
    if len(found) < 2 or (is_safe and "<" in text):  # noqa: PLR2004 (one phrase has nothing to break, and a tag must not be broken)
        return conditional_escape(text)
    return format_html_join("", '<span class="u-keep">{}</span>', ((phrase,) for phrase in found))


@register.filter
def zh_date(value: date | datetime | None) -> str:
    """Return a day as people say it, with its weekday: 9月20日（周日）; the year only when it is another year."""
    if value is None:
        return ""
    day = _local(value)
    other_year = day.year != today().year
    if not _is_chinese():
        return format_date(day, "D j M Y" if other_year else "D j M")
    year = f"{day.year}年" if other_year else ""
    return f"{year}{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）"


@register.filter
def short_date(value: date | datetime) -> str:
    """Return a day without brackets, for narrow columns: 9月20日 周日."""
    return zh_date(value).replace("（", " ").replace("）", "")


@register.filter(expects_localtime=True)
def iso(value: datetime) -> str:
    """Return a moment in the city's time as machines read it."""
    return value.isoformat()


@register.filter(expects_localtime=True)
def hour(value: datetime) -> str:
    """Return the time of day in the city: 09:05."""
    return f"{value:%H:%M}"


@register.filter
def long_date(value: date | datetime | None) -> str:
    """Return a day of any year in full, for terms and foundings: 2026年3月10日."""
    if value is None:
        return ""
    day = _local(value)
    return f"{day.year}年{day.month}月{day.day}日" if _is_chinese() else format_date(day, "j M Y")


@register.filter
def zh_datetime(value: datetime | None) -> str:
    """Return a moment in the city's time: 9月20日（周日）18:00; the last second of a day is its 24:00."""
    if value is None:
        return ""
    return f"{zh_date(value)}{_clock(value)}" if _is_chinese() else f"{zh_date(value)}, {_clock(value)}"


@register.filter
def long_datetime(value: datetime | None) -> str:
    """Return a moment of any year in full, for paper that is kept: 2026年9月20日（周日）18:00."""
    if value is None:
        return ""
    if not _is_chinese():
        return f"{format_date(_local(value), 'D j M Y')}, {_clock(value)}"
    return f"{long_date(value)}（{weekday(value)}）{_clock(value)}"


def _clock(value: datetime) -> str:
    """Return the time of day; the last second of a day is its 24:00."""
    at = timezone.localtime(value)
    return "24:00" if at.time() >= END_OF_DAY else f"{at:%H:%M}"


@register.filter
def weekday(value: date | datetime) -> str:
    """Return the short name of the weekday: 周日."""
    day = _local(value)
    return f"周{_WEEKDAYS[day.weekday()]}" if _is_chinese() else format_date(day, "D")


@register.filter
def month(value: date | datetime) -> str:
    """Return the short name of the month: 9月."""
    day = _local(value)
    return f"{day.month}月" if _is_chinese() else format_date(day, "M")


@register.filter
def money(fen: int | None) -> str:
    """Return fen as yuan with its unit: 102,150.00 元."""
    return "" if fen is None else gettext("%(amount)s yuan") % {"amount": yuan(fen)}


@register.filter
def numeral(number: int) -> str:
    """Return the number of a section as official forms count: 一、二、三 … 十; digits beyond and in other languages."""
    return _NUMERALS[number] if _is_chinese() and 0 < number < len(_NUMERALS) else str(number)


@register.filter
def share(part: float, whole: float) -> str:
    """Return part ÷ whole in percent with one decimal, between 0 and 100, for the width of a bar: 57.1."""
    return f"{min(max(part / whole * 100, 0), 100):.1f}" if whole else "0.0"


@register.filter
def whole_share(part: float, whole: float) -> int:
    """Return part ÷ whole in whole percent, for a `u-w…` class."""
    return round(float(share(part, whole)))


@register.filter
def short_of(have: int, want: int) -> int:
    """Return how many are missing."""
    return max(want - have, 0)


@register.filter
def megabytes(size: int) -> str:
    """Return bytes as people compare files: 2.1 MB."""
    return f"{size / 2**20:.1f} MB"


@register.filter
def status_icon(kind: str) -> str:
    """Return the icon of a status or a deadline: never colour alone."""
    return _STATUS_ICONS.get(kind, "circle")


@register.filter
def notice_icon(kind: str) -> str:
    """Return the icon of a notice."""
    return _NOTICE_ICONS.get(kind, "info-circle")


@register.filter
def message_kind(level_tag: str) -> str:
    """Return the kind of notice for the level of a Django message."""
    return _MESSAGE_KINDS.get(level_tag, "")


@register.filter
def attributes(attrs: Mapping[str, object]) -> SafeString:
    """Print what a component was given beyond its own attributes, each value escaped; `False` and `None` leave it out."""
    parts = []
    for name, value in attrs.items():
        if value is None or value is False:
            continue
        parts.append(format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value))
    return SafeString("".join(parts))


@register.filter
def control_kind(field: BoundField) -> str:
    """Say how a field is drawn: choices, check, file, hidden or control."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, CheckboxInput):
        return "check"
    if isinstance(widget, FileInput):
        return "file"
    if isinstance(widget, ChoiceWidget) and not isinstance(widget, Select):
        return "choices"
    return "control"


@register.filter
def control(field: BoundField) -> SafeString:
    """Draw the input of a field with the class its kind has."""
    widget = field.field.widget
    if isinstance(widget, CheckboxInput | FileInput) or widget.is_hidden:
        return field.as_widget()
    classes = ["c-input", str(widget.attrs.get("class", ""))]
    if isinstance(widget, Select) and not getattr(widget, "allow_multiple_selected", False):
        classes.append("c-select")
    length = getattr(field.field, "max_length", None)
    if isinstance(widget, Input) and not isinstance(widget, Textarea) and length and length <= 20:  # noqa: PLR2004 (characters that fit)
        classes.append("c-input--short")
    rows: dict[str, str | bool] = (
        {"rows": "4"} if isinstance(widget, Textarea) and str(widget.attrs.get("rows")) == DJANGO_ROWS else {}
    )
    return field.as_widget(attrs={"class": " ".join(filter(None, classes)), **rows})


@register.filter
def field_faults(field: BoundField) -> list[str]:
    """Return what is wrong with a field; an empty one is asked for by name, since "this field is required" does not say which."""
    found = []
    for error in field.errors.as_data():
        unnamed = error.code == "required" and str(error.message) == str(Field.default_error_messages["required"])
        if not unnamed:
            found += _in_own_words(error)
        elif isinstance(field.field.widget, ChoiceWidget):
            found.append(gettext("Please choose: %(label)s") % {"label": field.label})
        elif isinstance(field.field.widget, CheckboxInput):
            found.append(gettext("Please tick: %(label)s") % {"label": field.label})
        else:
            found.append(gettext("Please fill in: %(label)s") % {"label": field.label})
    return found


def _in_own_words(error: ValidationError) -> list[str]:
    """Return what an error says; where Django says it in its own words for a length, a bound or an address, in the house's."""
    bounds: Mapping[str, object] = getattr(error, "params", None) or {}
    for said, words in _OWN_WORDS:
        if getattr(error, "message", None) is said:
            return [str(words) % bounds]
    return [str(message) for message in error.messages]


@register.filter
def faults(form: Form) -> list[tuple[str, str]]:
    """Return (anchor, message) for the summary of errors, in the order of the fields; errors of the whole form first, without anchor."""
    found = [("", str(message)) for message in form.non_field_errors()]
    for field in form:
        anchor = "" if field.is_hidden else field.auto_id
        found += [(anchor, message) for message in field_faults(field)]
    return found


@register.filter
def qr(text: str, label: str) -> SafeString:
    """Draw a text as a QR code for a phone's camera, black on white; `label` says what it is to those who listen."""
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    rows = code.get_matrix()
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return format_html(
        '<svg width="232" height="232" viewBox="0 0 {side} {side}" shape-rendering="crispEdges" role="img" '
        'aria-label="{label}"><rect width="{side}" height="{side}" fill="#fff"/><path d="{dark}" fill="#000"/></svg>',
        side=len(rows),
        label=label,
        dark=dark,
    )


def _local(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def _is_chinese() -> bool:
    return (get_language() or "").startswith("zh")

"""How the rest of the house meets cases: references, navigation, messages, personal data."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """Needs of residents."""

    name = "linli.flows.cases"
    verbose_name = _("cases")

    def ready(self) -> None:
        """Register what others need to know."""
        from linli.ground.core.registry import register

        from .models import Case

        register(
            "cases.case",
            title=lambda case: case.title,
            url=lambda case: case.get_absolute_url(),
            visible_to=lambda actor: Case.objects.visible_to(actor).select_related("place"),
            note=lambda case: f"{case.reference} · {case.place.short_name} {case.where} · {case.get_field_display()}",
        )
        _show()
        _tell()
        _hold()


def _show() -> None:
    """Put the doors into the navigation."""
    from linli.ground.ui.navigation import Area, Entry, register

    from .rules import may_work

    register(Entry(area=Area.PUBLIC, label=_("Report a need"), url_name="cases:report", order=10))
    register(Entry(area=Area.PUBLIC, label=_("My matters"), url_name="cases:mine", order=20))
    register(Entry(area=Area.PROOF, label=_("Go on with reference and phone"), url_name="cases:follow"))
    register(
        Entry(
            area=Area.DESK,
            group=_("My work"),
            label=_("Cases"),
            url_name="cases:index",
            icon="message-report",
            order=10,
            visible=may_work,
        )
    )


def _tell() -> None:
    """Tell the resident what happens to their matter."""
    from linli.commons.notices import templates
    from linli.commons.notices.models import Channel

    from .queries import who_asked

    matters = templates.Group("cases", _("My matters"))
    for verb, title, text in (
        ("cases.case.accept", _("Accepted: %(about)s"), _("Somebody is at work on it now.")),
        (
            "cases.case.answer",
            _("Answered: %(about)s"),
            _("Please say whether it is solved and whether you are satisfied."),
        ),
        ("cases.case.close", _("Closed: %(about)s"), _("If it is not solved you may reopen it.")),
    ):
        templates.register(verb, group=matters, audience=who_asked, title=title, text=text, channels=(Channel.SMS,))


def _hold() -> None:
    """Let people have a copy of what they reported, and have their name taken off it."""
    from linli.ground.residents import personal_data

    from . import actions, queries

    personal_data.register(
        "cases",
        _("Matters that I reported"),
        collect=queries.copy_for,
        erase=actions.erase_for,
        is_open=queries.has_open_case,
        moves=[personal_data.Move("cases.reporter")],
    )

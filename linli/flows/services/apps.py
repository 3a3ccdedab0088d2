"""How the rest of the house meets services: references, navigation, messages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServicesConfig(AppConfig):
    """Service items and applications."""

    name = "linli.flows.services"
    verbose_name = _("services")

    def ready(self) -> None:
        """Register what others need to know."""
        from linli.ground.core.registry import register

        from .models import Application, Paper

        register(
            "services.application",
            title=lambda one: one.title,
            url=lambda one: one.get_absolute_url(),
            visible_to=Application.objects.visible_to,
            note=lambda one: f"{one.reference} · {one.place.short_name} · {one.handler.short_name}",
        )
        register(
            "services.paper",
            title=lambda paper: paper.name,
            url=lambda paper: paper.application.get_absolute_url(),
            visible_to=Paper.objects.visible_to,
        )
        _show()
        _tell()


def _show() -> None:
    """Stand in the navigation of the desk, and on the guide of each item."""
    from linli.commons.deadlines.models import PARTS
    from linli.commons.guides import sections
    from linli.ground.authority.powers import Power
    from linli.ground.ui.navigation import Area, Entry, register

    from . import queries, rules

    PARTS["services."] = frozenset({Power.HANDLE_APPLICATIONS, Power.DECIDE_APPLICATIONS, Power.OVERSEE_APPLICATIONS})
    sections.register(order=10, template_name="services/of_item.html", context=queries.ways_to_apply)
    register(
        Entry(
            area=Area.PUBLIC,
            label=_("My applications"),
            url_name="services:mine",
            order=22,
            visible=lambda actor: actor.person is not None and actor.post is None,
        )
    )
    register(
        Entry(
            area=Area.DESK,
            label=_("Applications"),
            url_name="services:queue",
            icon="file-text",
            group=_("My work"),
            order=12,
            visible=rules.may_work,
        )
    )


def _tell() -> None:
    """Tell the applicant what happens to their application."""
    from linli.commons.notices import templates
    from linli.commons.notices.models import Channel

    from .queries import who_applied

    group = templates.Group("services", _("My applications"))
    for verb, title, text in (
        (
            "ask_papers",
            _("Papers are missing: %(about)s"),
            _("Everything that is missing is named at once. Open it and hand it in."),
        ),
        ("accept", _("Accepted: %(about)s"), _("Somebody is at work on it now.")),
        ("deem_accepted", _("Accepted by law: %(about)s"), _("Nobody had answered in time, so it counts as accepted.")),
        ("extend", _("More time is needed: %(about)s"), _("The head has approved it. Open it to read why.")),
        ("decide", _("Decided: %(about)s"), _("Open it to read the decision.")),
        ("deliver", _("Result handed out: %(about)s"), _("Please say whether you are satisfied.")),
    ):
        templates.register(
            f"services.application.{verb}",
            group=group,
            audience=who_applied,
            title=title,
            text=text,
            channels=(Channel.SMS,),
        )

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
            visible_to=lambda actor: Case.objects.visible_to(actor).select_related("place", "category"),
            note=lambda case: f"{case.reference} · {case.place.short_name} {case.where} · {case.category}",
        )
        _show()
        _offer()
        _tell()


def _show() -> None:
    """Put the door into the navigation; on the desk stands what waits for those who have a part in cases."""
    from linli.commons.deadlines.models import PARTS
    from linli.ground.authority.powers import Power
    from linli.ground.ui.navigation import Area, Entry, register

    PARTS["cases."] = frozenset({Power.HANDLE_CASES, Power.OVERSEE_CASES})
    register(Entry(area=Area.PUBLIC, label=_("My matters"), url_name="cases:mine", order=20))


def _offer() -> None:
    """Offer the steps of its life on the page of a case, in this order."""
    from . import forms, rules
    from .steps import Step, register

    for order, (verb, form) in enumerate(forms.STEPS.items(), start=1):
        may = getattr(rules, f"may_{verb}")
        register(Step(url=f"cases:{verb}", may=may, form=form, order=order * 10))


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
        ("cases.case.extend", _("Takes longer: %(about)s"), _("Why and until when stands on the page of your matter.")),
        ("cases.case.suspend", _("Suspended: %(about)s"), _("What is waited for stands on the page of your matter.")),
        ("cases.case.resume", _("Taken up again: %(about)s"), _("The time limit goes on.")),
        ("cases.case.inform", _("How far it is: %(about)s"), _("There is news on the page of your matter.")),
        (
            "cases.case.refuse",
            _("Not taken on: %(about)s"),
            _("Which channel is there for it stands on the page of your matter."),
        ),
    ):
        templates.register(verb, group=matters, audience=who_asked, title=title, text=text, channels=(Channel.SMS,))

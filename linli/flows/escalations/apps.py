"""How the rest of the house meets escalations: steps on the page of a case, what is waited for, who is told."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from linli.flows.cases.models import Case


class EscalationsConfig(AppConfig):
    """Calls for higher bodies."""

    name = "linli.flows.escalations"
    verbose_name = _("escalations")

    def ready(self) -> None:
        """Take part in the life of a case and stand on its page."""
        from linli.flows.cases.actions import along
        from linli.flows.cases.queries import WAITS

        from . import actions

        for verb in ("answer", "refuse", "merge"):
            along(verb, actions.end)
        WAITS[actions.REPORT_IN] = pgettext_lazy("to be", "reported in on")
        WAITS[actions.HAND_OVER] = pgettext_lazy("to be", "ruled on as to its lead")
        _offer()
        _tell()


def _offer() -> None:
    """Offer its steps on the page of a case."""
    from linli.flows.cases.steps import Step, register

    from . import forms, queries, rules

    register(Step(url="escalations:report_in", may=rules.may_report_in, form=forms.ReportInForm, when=bool, order=13))
    register(
        Step(
            url="escalations:hand_over",
            may=rules.may_hand_over,
            form=forms.HandOverForm,
            when=queries.is_offered,
            more=_both,
            order=14,
            is_apart=True,
        )
    )
    register(
        Step(
            url="escalations:whistle",
            may=rules.may_whistle,
            form=forms.WhistleForm,
            when=queries.may_call,
            more=_bodies,
            order=76,
            is_apart=True,
        )
    )


def _tell() -> None:
    """Tell the body that is called for, and the lead that called."""
    from linli.commons.notices import templates
    from linli.commons.notices.models import Channel
    from linli.commons.notices.queries import is_in_post

    from . import queries

    group = templates.Group("escalations", _("Calls for higher bodies"), is_in_post)
    templates.register(
        "cases.case.whistle",
        group=group,
        audience=queries.who_was_called,
        title=_("Your body is called for: %(about)s"),
        called=_("Higher body called for: %(about)s"),
        text=_("A lead below you needs you. What for, and until when to report in, stands on the page of the matter."),
        channels=(Channel.SMS, Channel.EMAIL),
    )
    templates.register(
        "cases.case.report_in",
        group=group,
        audience=queries.who_whistled,
        title=_("The higher body has reported in: %(about)s"),
        text=_("How it answers stands on the page of the matter."),
        channels=(Channel.EMAIL,),
    )


def _bodies(case: "Case") -> dict[str, object]:
    from .queries import higher_than

    return {"bodies": higher_than(case)}


def _both(case: "Case") -> dict[str, object]:
    from .queries import offer_of

    return {"offer": offer_of(case), "lead": case.lead.name}

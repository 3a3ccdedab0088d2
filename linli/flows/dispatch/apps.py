"""How the rest of the house meets dispatch: its steps on the page of a case, what becomes of help, past needs for trying out routes."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from linli.flows.cases.models import Case


class DispatchConfig(AppConfig):
    """How a case finds its lead."""

    name = "linli.flows.dispatch"
    verbose_name = _("dispatch")

    def ready(self) -> None:
        """Offer its steps on the page of a case, mind who helps; let changed routes be tried out on the needs of the past."""
        from linli.commons.routing.queries import sample_from
        from linli.flows.cases.actions import along
        from linli.flows.cases.steps import Step, register

        from . import actions, forms, queries, rules

        for order, verb, form, when in (
            (11, "designate", forms.DesignateForm, queries.is_returned),
            (12, "contribute", forms.ContributeForm, bool),
            (75, "ask_help", forms.AskHelpForm, queries.is_open),
            (95, "send_back", forms.SendBackForm, queries.may_return),
            (96, "assign", forms.AssignForm, queries.is_new),
        ):
            apart, may = issubclass(form, forms.BodyForm), getattr(rules, f"may_{verb}")
            more = _bodies if apart else _nothing
            register(
                Step(url=f"dispatch:{verb}", may=may, form=form, when=when, more=more, order=order, is_apart=apart)
            )
        sample_from(queries.samples)
        for verb, act in (
            ("extend", actions.let_help_go_on),
            ("suspend", actions.let_help_stand),
            ("resume", actions.let_help_go_on),
            ("answer", actions.want_no_help),
            ("refuse", actions.want_no_help),
            ("merge", actions.want_no_help),
        ):
            along(verb, act)


def _bodies(case: "Case") -> dict[str, object]:
    from .queries import takers_of

    return {"bodies": takers_of(case)}


def _nothing(_case: "Case") -> dict[str, object]:
    return {}

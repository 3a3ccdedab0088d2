"""How the rest of the house meets call-backs: steps on the page of a case, the queue and the rates in the navigation."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from linli.flows.cases.models import Case


class CallbacksConfig(AppConfig):
    """Call-backs and rates."""

    name = "linli.flows.callbacks"
    verbose_name = _("call-backs and rates")

    def ready(self) -> None:
        """Wait for a call-back after each answer; offer the steps; stand in the navigation."""
        from linli.flows.cases.actions import along
        from linli.flows.cases.queries import WAITS

        from . import actions

        along("answer", actions.owe_call_back)
        WAITS[actions.CALL_BACK] = pgettext_lazy("to be", "called back")
        _offer()
        _show()


def _offer() -> None:
    """Offer its steps on the page of a case."""
    from linli.flows.cases.steps import Step, register

    from . import forms, rules

    register(Step(url="callbacks:rate", may=rules.may_rate, form=forms.RateForm, order=50))
    register(
        Step(
            url="callbacks:call_back",
            may=rules.may_call_back,
            form=forms.CallBackForm,
            more=_may_reopen,
            facts=_of_call,
            template="callbacks/call_back.html",
            order=55,
            is_apart=True,
        )
    )
    register(  # stands on the page of the call
        Step(
            url="callbacks:miss",
            may=rules.may_call_back,
            form=forms.MissForm,
            when=lambda _case: False,
            facts=_of_call,
            template="callbacks/call_back.html",
            is_apart=True,
        )
    )
    _offer_exclusions()


def _offer_exclusions() -> None:
    """Offer to leave a round out of the rates, and to count it again."""
    from linli.flows.cases.steps import Step, register

    from . import forms, queries, rules

    for order, verb, form, rounds in (
        (130, "exclude", forms.ExcludeForm, queries.rounds_over),
        (131, "include", forms.IncludeForm, queries.rounds_excluded),
    ):
        register(
            Step(
                url=f"callbacks:{verb}",
                may=getattr(rules, f"may_{verb}"),
                form=form,
                when=lambda case, rounds=rounds: bool(rounds(case)),  # type: ignore[misc]
                more=lambda case, rounds=rounds: {"rounds": tuple(rounds(case))},  # type: ignore[misc]
                order=order,
                is_apart=True,
            )
        )


def _show() -> None:
    """Put the doors into the navigation."""
    from linli.ground.ui.navigation import Area, Entry, register

    from . import rules

    for label, url, icon, order, visible in (
        (_("Call-backs"), "callbacks:queue", "phone", 14, rules.may_queue),
        (_("Rates"), "callbacks:rates", "chart-bar", 16, rules.may_count),
    ):
        register(
            Entry(
                area=Area.DESK, group=_("My work"), label=label, url_name=url, icon=icon, order=order, visible=visible,
                minor=True,
            )
        )  # fmt: skip


def _may_reopen(case: "Case") -> dict[str, object]:
    from linli.flows.cases.queries import window_of

    window = window_of(case)
    return {"may_reopen": window is not None and window.is_open}


def _of_call(case: "Case") -> dict[str, object]:
    from linli.flows.cases.steps import form_for

    from .queries import before_the_call

    return before_the_call(case) | {
        "asking": form_for("callbacks:call_back", case),
        "missing": form_for("callbacks:miss", case),
    }

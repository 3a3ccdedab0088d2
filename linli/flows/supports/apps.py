"""How the rest of the house meets supports: who follows a case sees it and is told of it; steps and a section on the page of a case."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from linli.flows.cases.models import Case
    from linli.flows.cases.steps import Panel
    from linli.ground.authority.actors import Actor
    from linli.ground.core.models import Event


class SupportsConfig(AppConfig):
    """How cases about one matter belong together."""

    name = "linli.flows.supports"
    verbose_name = _("supports")

    def ready(self) -> None:
        """Register what others need to know."""
        from linli.flows.cases.models import FOLLOWED
        from linli.flows.cases.queries import HOLDS
        from linli.flows.cases.steps import PANELS

        from . import queries

        FOLLOWED.append(queries.followed_by)
        HOLDS.append(queries.waits_for_parts)
        PANELS.append(_company)
        _offer()
        _tell()
        _tell_of_mergers()
        _keep()


def _company(case: "Case", actor: "Actor") -> "Panel | None":
    """Show who and what belongs to a case; nothing for one that has always stood alone."""
    from linli.flows.cases.steps import Panel

    from . import queries, rules

    if not case.is_joint:
        return None
    facts = {"company": queries.company_of(case), "case": case, "may_list": rules.may_list(actor, case)}
    facts["is_mine"] = rules.may_leave(actor, case)
    return Panel("supports/_company.html", facts)


def _offer() -> None:
    """Offer the steps on the page of a case."""
    from linli.commons.routing.queries import takers
    from linli.flows.cases.steps import Step, register

    from . import forms, queries, rules

    def bodies(case: "Case") -> dict[str, object]:
        return {"bodies": takers(case.place_path)}

    def parts(case: "Case") -> dict[str, object]:
        return {"cases": queries.company_of(case).parts}

    choose = {"is_apart": True, "template": "supports/choose.html"}
    for order, form, when, how in (
        (97, forms.SupportForm, queries.is_live, {}),
        (98, forms.LeaveForm, queries.is_joint, {}),
        (99, forms.MergeForm, queries.may_end_in_another, choose),
        (100, forms.SplitForm, queries.is_merged, {}),
        (101, forms.LinkForm, queries.is_live, choose),
        (102, forms.DivideForm, queries.is_live, {"is_apart": True, "more": bodies}),
        (103, forms.UnlinkForm, queries.waits, {"is_apart": True, "more": parts}),
    ):
        verb = form.__name__.removesuffix("Form").lower()
        may = getattr(rules, f"may_{verb}")
        register(Step(url=f"supports:{verb}", may=may, form=form, when=when, order=order, **how))  # type: ignore[arg-type]


def _tell() -> None:
    """Tell who supports a case what happens to it."""
    from linli.commons.notices import templates
    from linli.commons.notices.models import Channel

    from .queries import who_supports

    matters = templates.Group("cases", _("My matters"))
    page = _("You support this matter; what is new stands on its page.")
    for verb, title in (
        ("answer", _("Answered: %(about)s")),
        ("refuse", _("Not taken on: %(about)s")),
        ("inform", _("How far it is: %(about)s")),
        ("extend", _("Takes longer: %(about)s")),
        ("suspend", _("Suspended: %(about)s")),
        ("resume", _("Taken up again: %(about)s")),
        ("reopen", _("Taken up again: %(about)s")),
        ("close", _("Closed: %(about)s")),
    ):
        templates.register(
            f"cases.case.{verb}",
            group=matters,
            audience=who_supports,
            audience_name="supporters",
            title=title,
            text=page,
            channels=(Channel.SMS,),
        )


def _tell_of_mergers() -> None:
    """Tell whoever came with a merged case where it goes on."""
    from linli.commons.notices import templates
    from linli.commons.notices.models import Channel
    from linli.flows.cases.queries import who_asked

    from .queries import who_came_with

    matters = templates.Group("cases", _("My matters"))

    def goes_on(event: "Event") -> str:
        return f"cases.case:{event.data['merged_into_id'][1]}"

    for name, audience in (("", who_asked), ("supporters", who_came_with)):
        templates.register(
            "cases.case.merge",
            group=matters,
            audience=audience,
            audience_name=name,
            about=goes_on,
            title=_("Handled together with the same matter: %(about)s"),
            text=_("Your matter goes on there; you are told of every step and see it under My matters."),
            channels=(Channel.SMS,),
        )
    templates.register(
        "cases.case.split",
        group=matters,
        audience=who_asked,
        title=_("Handled by itself again: %(about)s"),
        text=_("Its time limit begins anew."),
        channels=(Channel.SMS,),
    )


def _keep() -> None:
    """Let people have a copy of what they support, and have their name taken off it."""
    from django.db.models import Q

    from linli.ground.people.models import Person
    from linli.ground.residents import personal_data

    from . import actions
    from .models import Support

    def twice(_lost: Person, kept: Person) -> Q:
        """Leave what the entry that stays supports itself."""
        return Q(case__in=Support.objects.filter(person=kept).values("case"))

    personal_data.register(
        "supports",
        _("Matters that I support"),
        collect=actions.copy_for,
        erase=actions.erase_for,
        moves=[personal_data.Move("supports.support", stays=twice)],
    )

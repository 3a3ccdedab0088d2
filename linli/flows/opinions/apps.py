"""How the rest of the house meets opinions: part of the life and the page of an application, who is told."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpinionsConfig(AppConfig):
    """Opinions of departments on joint applications."""

    name = "linli.flows.opinions"
    verbose_name = _("opinions of departments")

    def ready(self) -> None:
        """Take part in the life of an application and stand on its page."""
        from linli.flows.services import sections, steps
        from linli.flows.services.actions import ALONG
        from linli.flows.services.models import ALSO_SEEN
        from linli.flows.services.queries import HELD, MORE

        from . import actions, forms, queries, rules

        ALONG.append(actions.ask_opinions)
        ALSO_SEEN.append(queries.asked_of)
        HELD.append(queries.is_awaited)
        MORE.append(queries.happened)
        steps.STEPS["give_opinion"] = (rules.owes_opinion, forms.OpinionForm)
        sections.register(order=10, template_name="opinions/of_application.html", context=queries.shown_on)
        _tell()


def _tell() -> None:
    """Tell the departments that are asked, the applicant who they are, and the lead that one has answered."""
    from linli.commons.notices import templates
    from linli.commons.notices.models import Channel
    from linli.commons.notices.queries import is_in_post
    from linli.flows.services.queries import who_applied

    from . import actions, queries

    group = templates.Group("opinions", _("Joint applications"), is_in_post)
    templates.register(
        actions.ASK_OPINIONS,
        group=group,
        audience=queries.who_is_asked,
        title=_("Your opinion is asked: %(about)s"),
        called=_("Opinion asked: %(about)s"),
        text=_("On what and until when stands on the page of the application."),
        channels=(Channel.EMAIL,),
    )
    templates.register(
        actions.ASK_OPINIONS,
        group=templates.Group("services", _("My applications")),
        audience=who_applied,
        audience_name="applicant",
        title=_("Departments are asked for their opinions: %(about)s"),
        text=_("You need not go to any of them. Open it to see who they are and how far it is."),
    )
    templates.register(
        "services.application.give_opinion",
        group=group,
        audience=queries.who_leads,
        title=_("A department has given its opinion: %(about)s"),
        text=_("Open it to read the opinion."),
        channels=(Channel.EMAIL,),
    )

"""How the rest of the house meets the templates: a door at the desk, a way to them beside the forms of a case."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RepliesConfig(AppConfig):
    """Reply templates."""

    name = "linli.flows.replies"
    verbose_name = _("reply templates")

    def ready(self) -> None:
        """Register what others need to know."""
        from linli.flows.cases.steps import help_with
        from linli.ground.core import registry
        from linli.ground.ui.navigation import Area, Entry, register

        from .models import Reply, Verb
        from .rules import may_list

        registry.register("replies.reply", title=str, url=Reply.get_absolute_url, visible_to=Reply.objects.visible_to)
        for verb in Verb:
            help_with(f"cases:{verb}", label=_("Choose a template"), address="replies:fill")
        register(
            Entry(
                area=Area.DESK,
                group=_("Rules"),
                label=_("Reply templates"),
                url_name="replies:list",
                icon="message",
                order=815,
                visible=may_list,
            )
        )

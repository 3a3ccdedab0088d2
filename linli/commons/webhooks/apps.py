"""How the rest of the house meets webhooks: a follower of the log, a door in the navigation, and the words when one is paused."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    """What partners' systems are told."""

    name = "linli.commons.webhooks"
    verbose_name = _("Webhooks")

    def ready(self) -> None:
        """Follow the log, stand in the navigation, and tell administrators of a paused webhook."""
        from linli.ground.core import feed, registry
        from linli.ground.ui.navigation import Area, Entry, register

        from . import actions, rules
        from .models import Subscription

        feed.register_follower("webhooks", actions.fan_out)
        registry.register(
            "webhooks.subscription",
            title=lambda webhook: webhook.label,
            url=lambda webhook: webhook.get_absolute_url(),
            visible_to=Subscription.objects.visible_to,
        )
        register(
            Entry(
                area=Area.DESK,
                group=_("Platform"),
                order=910,
                label=_("Webhooks"),
                url_name="webhooks:list",
                icon="send",
                minor=True,
                visible=rules.may_list,
            )
        )
        _tell()


def _tell() -> None:
    """Register the words for a paused webhook, also for those that were paused when webhooks belonged to notices (decision 0013)."""
    from linli.commons.notices import templates
    from linli.commons.notices.models import Channel

    from . import queries, rules

    for verb in ("webhooks.subscription.pause", "notices.subscription.pause"):
        templates.register(
            verb,
            group=templates.Group("platform", _("Running the platform"), rules.may_list),
            audience=queries.who_sees_to_webhook,
            title=_("Webhook paused: %(about)s"),
            text=_("The partner has not answered for three days. What happens meanwhile is kept for thirty days."),
            channels=(Channel.EMAIL,),
            about=lambda event: event.subject.replace("notices.", "webhooks."),
        )

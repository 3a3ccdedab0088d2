"""The rulebook's place in the house."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RulebookConfig(AppConfig):
    """Rules and their versions can be referred to from everywhere."""

    name = "linli.ground.rulebook"

    def ready(self) -> None:
        """Register what others may point at, a place's own rules on its page, and the door for those who keep the rules."""
        from linli.ground.core.registry import register
        from linli.ground.places import sections
        from linli.ground.ui import navigation

        from .models import Pack, Rule, RuleVersion
        from .queries import section_of
        from .rules import may_set

        register("rulebook.rule", title=str, url=Rule.get_absolute_url, visible_to=Rule.objects.visible_to)
        register(
            "rulebook.ruleversion",
            title=lambda version: version.sentence,
            url=lambda version: version.rule.get_absolute_url(),
            visible_to=lambda actor: RuleVersion.objects.visible_to(actor).select_related("rule"),
        )
        register(
            "rulebook.pack",
            title=str,
            url=Pack.get_absolute_url,
            visible_to=Pack.objects.visible_to,
        )
        sections.register(order=60, template_name="rulebook/of_place.html", context=section_of)
        navigation.register(
            navigation.Entry(
                area=navigation.Area.DESK,
                group=_("Rules"),
                order=800,
                label=_("Rulebook"),
                url_name="rulebook:index",
                icon="scale",
                visible=may_set,
            )
        )

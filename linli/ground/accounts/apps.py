"""How the rest of the house meets the ways in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """A body's page shows who can sign in for it; administrators find accounts and tokens in their navigation."""

    name = "linli.ground.accounts"
    verbose_name = _("accounts and tokens")

    def ready(self) -> None:
        """Register the section and the doors."""
        from linli.ground.organisations import sections
        from linli.ground.residents import sections as own
        from linli.ground.ui.navigation import Area, Entry, register

        from . import queries, rules

        sections.register(order=90, template_name="accounts/of_body.html", context=queries.section_of)
        own.register_own(
            order=90,
            template_name="accounts/of_me.html",
            context=lambda _person, actor: {} if rules.may_close_own(actor) else None,
        )
        register(
            Entry(
                area=Area.ACCOUNT, order=50, label=_("Choose the post"), url_name="accounts:choose", icon="briefcase",
                visible=lambda actor: actor.post is not None,
            )
        )  # fmt: skip
        group = _("Platform")
        register(
            Entry(
                area=Area.DESK, order=900, label=_("Accounts"), url_name="accounts:index", icon="key", group=group,
                visible=rules.may_keep,
            )
        )  # fmt: skip
        register(
            Entry(
                area=Area.DESK, order=901, label=_("API tokens"), url_name="accounts:tokens", icon="lock", group=group,
                minor=True, visible=rules.may_keep,
            )
        )  # fmt: skip
        register(
            Entry(
                area=Area.FOOTER, order=60, label=_("API tokens of my post"), url_name="accounts:tokens",
                visible=lambda actor: rules.may_list_tokens(actor) and not rules.may_keep(actor),
            )
        )  # fmt: skip

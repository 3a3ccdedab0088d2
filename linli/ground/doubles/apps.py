"""How the rest of the house meets double entries."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DoublesConfig(AppConfig):
    """A door on the desk, a part of a person's page, and what is kept about merges."""

    name = "linli.ground.doubles"

    def ready(self) -> None:
        """Register the door, the section and the personal data."""
        from linli.ground.residents import personal_data as data
        from linli.ground.residents import sections
        from linli.ground.residents.rules import may_keep_register
        from linli.ground.ui.navigation import Area, Entry, register

        from . import actions, queries

        sections.register(order=20, template_name="doubles/of_person.html", context=queries.section_of)
        sections.register_alike(queries.alike_to)
        register(
            Entry(
                area=Area.DESK, order=70, label=_("Double entries"), url_name="doubles:list", icon="users",
                group=_("Community"), visible=may_keep_register, minor=True,
            )
        )  # fmt: skip
        pairs = (("merge", "lost"), ("merge", "kept"), ("apart", "one"), ("apart", "other"))
        data.register(
            "merges",
            _("Entries made one"),
            collect=queries.copy_for,
            erase=actions.erase_for,
            moves=[data.Move(f"doubles.{model}", field, stays=data.everything) for model, field in pairs],
        )

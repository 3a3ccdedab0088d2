"""What residents tells the rest of the house: its references, the ways in, and what people keeps about a person."""

from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    """The doors of the register."""

    name = "linli.ground.residents"

    def ready(self) -> None:
        """Register references, navigation and the parts of the export that belong to people."""
        from django.utils.translation import gettext_lazy as _

        from linli.ground.ui import navigation
        from linli.ground.ui.navigation import Area, Entry

        from .rules import may_keep_register, may_see_own

        _register_references()
        navigation.register(
            Entry(
                area=Area.DESK,
                label=_("Residents"),
                url_name="residents:list",
                icon="users",
                group=_("Community"),
                order=60,
                visible=may_keep_register,
            )
        )
        navigation.register(
            Entry(
                area=Area.ACCOUNT,
                label=_("My account"),
                url_name="residents:me",
                icon="user",
                order=10,
                visible=may_see_own,
            )
        )
        _register_holdings()


def _register_holdings() -> None:
    """Say how entry, consents, requests, undone records and holds are shown, erased and merged; erasure blanks the entry itself."""
    from django.utils.translation import gettext_lazy as _

    from . import personal_data as data

    entry, requests = _("Entry in the residents' register"), _("Requests about my data")
    data.register("people", entry, collect=data.entry_rows, moves=data.PEOPLE_MOVES)
    ledger = data.Move("people.consent", stays=data.everything)
    data.register("consents", _("Consents"), collect=data.consent_rows, moves=[ledger])
    asked = data.Move("residents.datarequest", obstacle=data.two_requests)
    data.register("requests", requests, collect=data.request_rows, moves=[asked])
    undone, wrongly = data.Move("residents.undonemark"), _("Undone records")
    data.register("marks", wrongly, collect=data.undone_mark_rows, erase=data.forget_undone_marks, moves=[undone])
    held = data.Move("residents.legalhold")
    data.register("holds", _("Kept by law"), collect=data.hold_rows, erase=data.forget_holds, moves=[held])


def _register_references() -> None:
    """Say how persons, accounts and requests are titled, linked and shown."""
    from django.urls import reverse

    from linli.ground.core import registry
    from linli.ground.people.models import Account, Person

    from .models import DataRequest

    registry.register(
        "people.person",
        title=lambda person: person.masked_name,
        url=lambda person: reverse("residents:show", args=[person.merged_into_id or person.pk]),
        visible_to=lambda viewer: Person.objects.visible_to(viewer).select_related("personal"),
    )
    registry.register(
        "people.account",
        title=str,
        url=lambda _account: reverse("residents:me"),
        visible_to=Account.objects.visible_to,
    )
    registry.register(
        "residents.datarequest",
        title=lambda asked: f"{asked.get_kind_display()} {asked.reference}",
        url=lambda asked: reverse("residents:decide", args=[asked]),
        visible_to=lambda viewer: DataRequest.objects.visible_to(viewer).select_related("person__personal"),
        note=lambda asked: asked.person.masked_name,
    )

"""How the rest of the house meets search: it only has to be there."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """How a case is found by its words."""

    name = "linli.flows.search"
    verbose_name = _("search")

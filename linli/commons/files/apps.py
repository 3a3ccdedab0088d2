"""How the rest of the house meets files."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from linli.ground.core import registry


class Files(AppConfig):
    """Uploads."""

    name = "linli.commons.files"
    verbose_name = _("files")

    def ready(self) -> None:
        """Let an agenda item or a disclosure be about a file."""
        from .models import LABEL, File

        registry.register(LABEL, title=str, url=File.get_absolute_url, visible_to=File.objects.visible_to)

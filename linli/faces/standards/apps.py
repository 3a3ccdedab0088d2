"""The open doors have no place in the navigation: programs come by their fixed addresses."""

from django.apps import AppConfig


class StandardsConfig(AppConfig):
    """The open doors."""

    name = "linli.faces.standards"

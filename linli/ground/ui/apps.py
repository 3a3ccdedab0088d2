"""The look of the house as a Django app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Shells, components and the gallery."""

    name = "linli.ground.ui"
    label = "ui"

"""The map of all addresses."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

# building site: replaced by an explicit list before the first landing
urlpatterns: list[URLPattern | URLResolver] = [
    path("" if app.endswith((".portal", ".places")) else app.rpartition(".")[2] + "/", include(f"{app}.urls"))
    for app in settings.LINLI_APPS
    if find_spec(f"{app}.urls")
]

"""The map of all addresses: each app's own map stands under its name, or under the word that people know it by."""

from importlib.util import find_spec
from typing import Final

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from .api import api
from .health import healthz

OF_CASES: Final = ("worklist", "intake", "escalations", "overview", "dispatch", "callbacks", "supports", "replies")
OF_SERVICES: Final = ("opinions", "ratings")
WORDS: Final = dict.fromkeys(OF_CASES, "cases/") | dict.fromkeys(OF_SERVICES, "services/")
PREFIXES: Final = {"portal": "", "standards": "", "lists": "residents/", **WORDS}

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("api/", api.urls),
    *(
        path(PREFIXES.get(name, f"{name}/"), include(f"{app}.urls"))
        for app, name in ((app, app.rpartition(".")[2]) for app in settings.LINLI_APPS)
        if find_spec(f"{app}.urls")
    ),
]
handler400 = "linli.ground.ui.views.bad_request"
handler403 = "linli.ground.ui.views.forbidden"
handler404 = "linli.ground.ui.views.missing"
handler500 = "linli.ground.ui.views.failed"

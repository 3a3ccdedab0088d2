"""The map of all addresses: each app's own map stands under its name, the portal's at the root."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from .api import api
from .health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("api/", api.urls),
    *(
        path("" if app.endswith(".portal") else app.rpartition(".")[2] + "/", include(f"{app}.urls"))
        for app in settings.LINLI_APPS
        if find_spec(f"{app}.urls")
    ),
]
handler400 = "linli.ground.ui.views.bad_request"
handler403 = "linli.ground.ui.views.forbidden"
handler404 = "linli.ground.ui.views.missing"
handler500 = "linli.ground.ui.views.failed"

"""The settings of the city, with two bare doors beside its own to measure against; static files need not be collected."""

from linli.config.settings import *  # noqa: F403 (the city as it is)
from linli.config.settings import STORAGES as KEPT

ROOT_URLCONF = "bench.urls"
STORAGES = KEPT | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

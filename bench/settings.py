"""The settings of the city, with two bare doors beside its own to measure against; static files need not be collected.

One token sends in a second what a partner sends in a minute, so the limit of calls is out of reach; they are counted all the same.
"""

from linli.config.settings import *  # noqa: F403 (the city as it is)
from linli.config.settings import CALLS as COUNTED
from linli.config.settings import STORAGES as KEPT

CALLS = dict.fromkeys(COUNTED, 10**9)
ROOT_URLCONF = "bench.urls"
STORAGES = KEPT | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

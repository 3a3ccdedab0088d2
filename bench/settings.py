"""The settings of the city, with two bare doors beside its own to measure against."""

from linli.config.settings import *  # noqa: F403 (the city as it is)

ROOT_URLCONF = "bench.urls"

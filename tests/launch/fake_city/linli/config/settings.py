"""Just enough settings for run.py's commands to work on."""

import json
import os
from pathlib import Path
from urllib.parse import unquote

import environ

env = environ.Env()
DATA = Path(os.environ["LINLI_DATA"])
SECRET_KEY = json.loads(Path(os.environ["LINLI_KEYS"]).read_text(encoding="utf-8"))["django"]
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "linli.places",
]
ROOT_URLCONF = "linli.config.urls"
DATABASES = {"default": env.db_url("DATABASE_OWNER_URL" if "LINLI_AS_OWNER" in os.environ else "DATABASE_URL")}
DATABASES["default"] |= {"CONN_HEALTH_CHECKS": True, "HOST": unquote(DATABASES["default"]["HOST"])}
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"

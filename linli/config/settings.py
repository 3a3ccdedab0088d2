"""All settings, from the environment. `run.py` sets what it knows (database, keys, data folder); a city sets the rest.

The table of settings for operators stands in README.md.
"""

import json
import logging
import sys
from pathlib import Path
from urllib.parse import unquote

import environ
import structlog
from csp.constants import NONE, SELF

env = environ.Env()
ROOT = Path(__file__).resolve().parents[2]
DATA = Path(env.str("LINLI_DATA", default=str(ROOT / "var"))).resolve()

# Keys stand outside the database, in one file that is backed up apart from it.
_keys = json.loads(Path(env.str("LINLI_KEYS", default=str(DATA / "keys.json"))).read_text(encoding="utf-8"))
SECRET_KEY: str = _keys["django"]
FIELD_KEYS: dict[str, str] = _keys["fields"]
FIELD_KEY_IN_USE: str = _keys["fields_in_use"]
INDEX_KEY: str = _keys["index"]
SEAL_KEY: str = _keys["seal"]
FIELD_CIPHER = env.str("LINLI_CIPHER", default="AES-GCM")

DEBUG = False
ALLOWED_HOSTS = env.list("LINLI_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("LINLI_ORIGINS", default=[])
HTTPS = env.bool("LINLI_HTTPS", default=False)
SITE_ADDRESS = env.str("LINLI_ADDRESS", default="http://127.0.0.1:8000")

LINLI_APPS = [
    # faces
    # flows
    # commons
    # ground
    "linli.ground.people",
    "linli.ground.ui",
    "linli.ground.authority",
    "linli.ground.core",
]
INSTALLED_APPS = [
    *LINLI_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    # Cotton and partials build the template loaders themselves unless told not to.
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "csp",
    "pgtrigger",
    "procrastinate.contrib.django",
    "ninja",
    "django_structlog",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "linli.ground.core.clock.ClockMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "linli.ground.authority.actors.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "linli.config.urls"
WSGI_APPLICATION = "linli.config.wsgi.application"

_plain_loaders = ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [("django.template.loaders.cached.Loader", ["django_cotton.cotton_loader.Loader", *_plain_loaders])],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "django.templatetags.static",
                "django.templatetags.i18n",
                "linli.ground.ui.templatetags.ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "linli.ground.ui.context.page",
            ],
        },
    }
]

# One engine everywhere. The app role serves; the owner role migrates (DATABASE_OWNER_URL, LINLI_AS_OWNER=1).
AS_OWNER = env.bool("LINLI_AS_OWNER", default=False)
DATABASES = {"default": env.db_url("DATABASE_OWNER_URL" if AS_OWNER else "DATABASE_URL")}
DATABASES["default"] |= {
    "ENGINE": "django.db.backends.postgresql",
    "HOST": unquote(DATABASES["default"]["HOST"]),  # a socket's folder stands percent-encoded in the address
    "CONN_MAX_AGE": 0,
    "CONN_HEALTH_CHECKS": True,
    "ATOMIC_REQUESTS": False,
    "OPTIONS": DATABASES["default"].get("OPTIONS", {})
    | {
        "pool": False if AS_OWNER else {"min_size": 1, "max_size": env.int("LINLI_POOL", default=8), "timeout": 10},
        "options": "-c lock_timeout=5000 -c timezone=UTC",
    },
}
APP_ROLE = env.str("LINLI_APP_ROLE", default="linli_app")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "linli" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "uploads", "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_REFERRER_POLICY = "same-origin"

# The resolver turns a request into the actor who is asking; authority must not know who builds it.
ACTOR_RESOLVER = "linli.ground.authority.actors.nobody"
AUTH_USER_MODEL = "people.Account"
LOGIN_URL = "people:sign_in"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler", "stream": sys.stderr}},
    "root": {"handlers": ["stderr"], "level": env.str("LINLI_LOG", default="WARNING")},
}
logging.captureWarnings(capture=True)

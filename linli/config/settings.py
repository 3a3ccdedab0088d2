"""All settings, from the environment. `run.py` sets what it knows (database, keys, data folder); a city sets the rest.

The table of settings for operators stands in README.md.
"""

import json
import logging
import sys
from datetime import timedelta
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

FLOORS = {  # top to bottom (docs/map.md)
    "faces": "demo portal desk standards",
    "flows": "worklist intake applicants opinions ratings escalations overview dispatch callbacks reporters supports search replies "
    "publicity cases services",
    "commons": "routing guides webhooks notices deadlines calendar files",
    "ground": "completeness accounts posts organisations kinds lists doubles figures residents "
    "people decisions rulebook places ui authority textsearch redaction core database",
}
LINLI_APPS = [f"linli.{floor}.{app}" for floor, apps in FLOORS.items() for app in apps.split()]
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
    # Sign-in: lock-out in the database; allauth only speaks OpenID Connect for people.oidc, none of its pages is served.
    "axes",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "linli.ground.core.clock.ClockMiddleware",
    "linli.ground.database.standing.StandingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "linli.config.floods.FloodMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "linli.ground.people.sessions.IdleMiddleware",
    "linli.ground.authority.actors.ActorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "linli.ground.ui.views.ButtonOnlyMiddleware",
    "linli.ground.ui.views.OvertakenMiddleware",
]

ROOT_URLCONF = "linli.config.urls"
WSGI_APPLICATION = "linli.config.wsgi.application"

_loaders = "django.template.loaders"
_found = ["django_cotton.cotton_loader.Loader", f"{_loaders}.filesystem.Loader", f"{_loaders}.app_directories.Loader"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("template_partials.loader.Loader", [(f"{_loaders}.cached.Loader", _found)])],
            "builtins": [
                "linli.ground.ui.templatetags.components",
                "template_partials.templatetags.partials",
                "django.templatetags.static",
                "django.templatetags.i18n",
                "linli.ground.ui.templatetags.ui",
                "linli.ground.ui.templatetags.words",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "linli.ground.ui.context.page",
            ],
        },
    }
]

FORM_RENDERER = "linli.ground.ui.renderer.Renderer"

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
        "options": "-c lock_timeout=5000 -c timezone=UTC -c plan_cache_mode=force_generic_plan -c max_parallel_workers_per_gather=0",
        "prepare_threshold": 5,  # lets ground.database have statements kept by the server, with their plan; Django's own never are
    },
}
APP_ROLE = env.str("LINLI_APP_ROLE", default="linli_app")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "linli" / "locale"]
FORMAT_MODULE_PATH = ["linli.config.formats"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

_handlers = "django.core.files.uploadhandler"
FILE_UPLOAD_HANDLERS = [  # an endless upload ends
    "linli.commons.files.forms.BoundedUploadHandler",
    f"{_handlers}.MemoryFileUploadHandler",
    f"{_handlers}.TemporaryFileUploadHandler",
]
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
CSRF_FAILURE_VIEW = "linli.ground.ui.views.forged"

# The resolver turns a request into the actor who is asking; authority must not know who builds it.
ACTOR_RESOLVER = "linli.ground.organisations.queries.actor_of"
POST_RESOLVER = "linli.ground.organisations.queries.actor_in_post"
ACCOUNT_RESOLVER = "linli.ground.organisations.queries.account_of"
AUTH_USER_MODEL = "people.Account"
LOGIN_URL = "people:sign_in"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "linli.ground.people.forms.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "linli.ground.database.sessions.UserBackend"]
PROXIES = env.int("LINLI_PROXIES", default=0)  # reverse proxies in front, whose X-Forwarded-For counts
CALLS = {  # that the open doors take a minute, in each worker process (config.floods)
    ("token", "read"): env.int("LINLI_CALLS_TOKEN_READ", default=6000),
    ("token", "bring"): env.int("LINLI_CALLS_TOKEN_BRING", default=1200),
    ("address", "read"): env.int("LINLI_CALLS_ADDRESS_READ", default=1200),
    ("address", "bring"): env.int("LINLI_CALLS_ADDRESS_BRING", default=300),
}
AXES_FAILURE_LIMIT, AXES_COOLOFF_TIME = 5, timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS, AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = True, False
AXES_CLIENT_IP_CALLABLE = "linli.ground.people.sessions.address_of"
AXES_VERBOSE = AXES_ENABLE_ADMIN = False
# The sign-in page itself says so; an account locks, whatever address asks.
SILENCED_SYSTEM_CHECKS = ["axes.W002", "axes.W006"]
SESSION_ENGINE = "linli.ground.database.sessions"
SESSION_COOKIE_AGE = 30 * 86400  # residents; staff sessions end after 30 idle minutes (people.sessions)
SMS_URL, SMS_SECRET = env.str("LINLI_SMS_URL", default=""), env.str("LINLI_SMS_SECRET", default="")
SMS_SENDER = env.str("LINLI_SMS_SENDER", default=f"linli.ground.people.sms.{'signed_http' if SMS_URL else 'console'}")
OIDC_NAME = env.str("LINLI_OIDC_NAME", default="")  # as the button says it; empty: no sign-in by OpenID Connect
OIDC_CLAIM = env.str("LINLI_OIDC_CLAIM", default="preferred_username")
SOCIALACCOUNT_ADAPTER = "linli.ground.people.oidc.Adapter"
SOCIALACCOUNT_LOGIN_ON_GET = True
_oidc = {key: env.str(f"LINLI_OIDC_{key.upper()}", default="") for key in ("client", "secret", "server")}
_app = {"provider_id": "city", "name": OIDC_NAME, "client_id": _oidc["client"], "secret": _oidc["secret"]}
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APP": _app | {"settings": {"server_url": _oidc["server"]}}}
}
ACCOUNT_USER_MODEL_EMAIL_FIELD, ACCOUNT_EMAIL_VERIFICATION = None, "none"
ACCOUNT_LOGIN_METHODS, ACCOUNT_SIGNUP_FIELDS = {"username"}, ["username*", "password1*"]

vars().update(env.email_url("LINLI_EMAIL_URL", default="consolemail://"))  # smtp+tls://user:password@host:587
DEFAULT_FROM_EMAIL = env.str("LINLI_EMAIL_FROM", default="linli@localhost")
EMAIL_TIMEOUT = 10
# inner networks (CIDR) that webhooks may reach
WEBHOOK_PRIVATE: list[str] = env.list("LINLI_WEBHOOK_PRIVATE", default=[])

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

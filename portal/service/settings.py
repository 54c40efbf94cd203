"""Django's settings: everything comes from `surroundings_from`, nothing is read elsewhere.

SQLite is opened with BEGIN IMMEDIATE and synchronous=FULL: what was acknowledged survives a power cut. The journal
is a WAL only where SQLite has the fix of the WAL-reset bug (3.51.3), else a truncated rollback journal (design §4).
"""

from __future__ import annotations

import sqlite3
from typing import Any

import dj_database_url
from django.utils.functional import SimpleLazyObject

from portal.service.keys import Keys
from portal.service.surroundings import surroundings_from

SURROUNDINGS = surroundings_from()
KEYS = Keys(SURROUNDINGS.secrets)

WAL_IS_SAFE = sqlite3.sqlite_version_info >= (3, 51, 3)
JOURNAL = "WAL" if WAL_IS_SAFE else "TRUNCATE"


def _database() -> dict[str, Any]:
    if SURROUNDINGS.database_url:
        return {**dj_database_url.parse(SURROUNDINGS.database_url, conn_max_age=600, conn_health_checks=True)}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": SURROUNDINGS.database,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": f"PRAGMA journal_mode={JOURNAL}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON",
        },
    }


SECRET_KEY = SimpleLazyObject(lambda: KEYS.get("django").hex())  # made at first use: importing writes nothing
DEBUG = False
ALLOWED_HOSTS = list(SURROUNDINGS.hosts)
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = ["portal.service.apps.ServiceConfig"]
ROOT_URLCONF = "portal.service.urls"
WSGI_APPLICATION = "portal.service.wsgi.application"
APPEND_SLASH = True

MIDDLEWARE = [
    "portal.service.middleware.SafeAnswers",
    "django.middleware.common.CommonMiddleware",
    "portal.service.middleware.SizeLimit",
    "django.middleware.csrf.CsrfViewMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"string_if_invalid": ""},
    }
]

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

# The front is the only one that reaches us, so its word about the scheme is taken.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_COOKIE_NAME = "__Host-kaishu-form" if SURROUNDINGS.https else "kaishu-form"
CSRF_COOKIE_SECURE = SURROUNDINGS.https
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = 12 * 3600
CSRF_FAILURE_VIEW = "portal.service.views.failures.csrf"
SESSION_COOKIE_SECURE = SURROUNDINGS.https

# Our own SafeAnswers sets those headers; Strict-Transport-Security belongs to whoever ends TLS (deploy/).
SILENCED_SYSTEM_CHECKS = ["security.W001", "security.W002"]

# service.md §2.5: fields together at most 256 KiB; nobody uploads files here.
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 60
DATA_UPLOAD_MAX_NUMBER_FILES = 0
FILE_UPLOAD_MAX_MEMORY_SIZE = 0

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # A request's text and contact never reach a log: Django's own error report would print them.
    "loggers": {"django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
}

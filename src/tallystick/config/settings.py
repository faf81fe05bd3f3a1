"""Django's settings: one office's books on one machine. How members sign in stands in tallystick.config.signing_in."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from tallystick.config.databases import databases
from tallystick.config.logs import logging_for
from tallystick.config.monitoring import monitor_token
from tallystick.config.signing_in import *  # noqa: F403
from tallystick.errands.upload import REQUEST_BYTES_MAX
from tallystick.vault.derived import secret_of_pages

DEBUG = False
SECRET_KEY = secret_of_pages()  # the same in every process that opens these books: sessions outlive a restart
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

INSTALLED_APPS = [
    "tallystick.config",
    "tallystick.journal",
    "tallystick.people",
    "tallystick.staff",
    "tallystick.ledger",
    "tallystick.authorisations",
    "tallystick.vetting",
    "tallystick.corridors",
    "tallystick.grants",
    "tallystick.handovers",
    "tallystick.ventures",
    "tallystick.desk",
    "tallystick.errands",
    "tallystick.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_tasks",
    "django_tasks_db",
]
DATABASES = databases(os.environ)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What is sent to a page stays in memory and is never laid down in a file, where anybody could read it.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = REQUEST_BYTES_MAX
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # in the books' own database

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ko", "한국어"), ("zh-hans", "简体中文"), ("ar", "العربية")]
LOCALE_PATHS = [Path(__file__).parents[1] / "web" / "locale"]
FORMAT_MODULE_PATH = "tallystick.web.formats"
LANGUAGE_COOKIE_NAME = "tallystick_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600  # seconds

ROOT_URLCONF = "tallystick.config.urls"
WSGI_APPLICATION = "tallystick.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "tallystick.web.door.shown.told_to_every_page",
            ]
        },
    }
]
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # the files lie in the package: nothing is collected before the page can be served

MIDDLEWARE = [
    "tallystick.web.condition.requests.counted",
    "tallystick.web.compressed.compressed",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tallystick.web.door.cookies.kept_to_https",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "tallystick.web.language.chosen",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "tallystick.web.door.keeper.Doorkeeper",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],  # for passkeys and for progress alone: no page has a script in it, and every form works without
        "connect-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # with none at all a browser hides where a form comes from, and it would be refused
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

LOGGING = logging_for(os.environ)
MONITOR_TOKEN = monitor_token(os.environ)

"""Django's settings: one office's books on one machine, with no user table, no sessions and no scripts in its pages."""

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from tallystick.config.databases import databases
from tallystick.config.logs import logging_for
from tallystick.config.monitoring import monitor_token

DEBUG = False
SECRET_KEY = secrets.token_urlsafe(48)  # nothing that is signed with it outlives the process
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

INSTALLED_APPS = [
    "tallystick.config",
    "tallystick.journal",
    "tallystick.people",
    "tallystick.ledger",
    "tallystick.authorisations",
    "tallystick.vetting",
    "tallystick.corridors",
    "tallystick.grants",
    "tallystick.ventures",
    "tallystick.web",
    "django.contrib.staticfiles",
]
DATABASES = databases(os.environ)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # the files lie in the package: nothing is collected before the page can be served

MIDDLEWARE = [
    "tallystick.web.condition.requests.counted",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "tallystick.web.language.chosen",
    "django.middleware.common.CommonMiddleware",
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "form-action": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

LOGGING = logging_for(os.environ)
MONITOR_TOKEN = monitor_token(os.environ)

"""How members sign in: name and password, a second factor, and what happens to whoever tries too often or leaves the page open."""

from datetime import timedelta

from tallystick.vault.derived import books_on_this_machine

AUTH_USER_MODEL = "staff.Member"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
PASSWORD_LENGTH_MIN = 12
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": PASSWORD_LENGTH_MIN}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username",)},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"

# A cookie is sent to every port of a machine: books that are served side by side must not take each other's.
_NAMED = f"tallystick-{books_on_this_machine()}"
SESSION_ENGINE = "django.contrib.sessions.backends.db"  # in the books' own database, so that it is encrypted with them
SESSION_COOKIE_NAME = _NAMED
SESSION_COOKIE_AGE = 12 * 60 * 60  # whoever is there all day signs in twice; whoever leaves is locked out by the doorkeeper
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"  # nothing leads here from anywhere else
CSRF_COOKIE_NAME = f"{_NAMED}-form"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "tallystick.web.door.refusals.sent_from_elsewhere"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # there is no address to write to

# What is counted for the limits is counted for every process that serves these books, and lies where they lie.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "staff_cachedvalue",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},  # how often a program asked of this process of late
}

ACCOUNT_ADAPTER = "tallystick.web.door.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
# By address only far above what an office does in a minute: behind one address may sit all of it. The keys are a member's.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,10/5m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
MFA_ADAPTER = "tallystick.web.door.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Tallystick"
MFA_TOTP_TOLERANCE = 1  # half a minute: telephones without a network run early or late
MFA_PASSKEY_LOGIN_ENABLED = False  # a passkey is the second factor, after the password
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # the page is served to this machine alone, where browsers take http for safe

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # by address alone one person's mistakes would lock the whole office out
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # who signed in when is nobody's to look up; a member's last time stands in the list
AXES_VERBOSE = False
AXES_USERNAME_CALLABLE = "tallystick.web.door.refusals.name_tried"
AXES_LOCKOUT_CALLABLE = "tallystick.web.door.refusals.locked_out"

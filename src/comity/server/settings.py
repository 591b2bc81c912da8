"""How the server is put together. Where a server's things are comes in by COMITY_DATA."""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from comity.server import database
from comity.server.folder import DataFolder
from comity.server.openid import read_providers

BASE = Path(__file__).parent
DATA = DataFolder(Path(os.environ.get("COMITY_DATA", ".comity")))

# Lazy, so that tools which only read the settings (mypy, makemigrations) leave no key behind.
SECRET_KEY = DATA.secret("server").hex() if DATA.path.is_dir() else "no data folder yet"
DEBUG = False
# A server on loopback or behind a reverse proxy: the proxy says which names it answers to.
ALLOWED_HOSTS = os.environ.get("COMITY_HOSTS", "*").split(",")

# Sites whose pages may ask for advice on drafts: https://forum.example,https://blog.example
ORIGINS = frozenset(filter(None, os.environ.get("COMITY_ORIGINS", "").split(",")))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "ninja",  # its documentation page then takes its files from here, not from another host
    "comity.server.console",
    "comity.server.members",
    "comity.server.intake",
    "comity.server.transparency",
    "comity.server.perspective",
    "comity.server.learning",
    "comity.server.review",
    # After our own, whose templates stand in for theirs.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
]

# The pages' stack. The API has its own, of one: see comity.server.wsgi.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "comity.server.middleware.content_security_policy",
    "comity.server.middleware.cookies_keep_to_tls",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "comity.server.urls"
WSGI_APPLICATION = "comity.server.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "comity.server.console.context.frame",
            ],
        },
    },
]

DATABASES = {"default": database.settings(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = ["comity.server.members.backend.Backend"]
AUTH_USER_MODEL = "members.Person"
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["comity.server.members.backend.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Allauth: nobody signs up, nobody has an e-mail address, and no cookie outlives the session.
ACCOUNT_ADAPTER = "comity.server.members.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "20/m/ip,5/5m/key"}
MFA_ADAPTER = "comity.server.members.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
SOCIALACCOUNT_ADAPTER = "comity.server.members.adapters.ProviderAdapter"
SOCIALACCOUNT_EMAIL_REQUIRED = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [provider.as_app() for provider in read_providers(DATA.openid)],
    }
}
# The limits above count in this process, which is the only one.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# What the proxy in front says. Whoever reaches us without one may claim it too, and so mark their
# own cookies: that harms nobody.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [BASE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [path for path in (BASE / "static",) if path.is_dir()]
# Found where the packages keep them; there is no collecting step to forget.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# Bytes of a request: a thousand posts of some length, not a thousand of the longest.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
LOGGING_CONFIG = None  # comity.server.logs does it

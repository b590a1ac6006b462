"""One settings file. What differs between machines comes from the environment; docs/how-to/run-it.md lists it.

LIVINGWELL_ENVIRONMENT is `demonstration` (the default: works out of the box, marked as a demonstration), `test`, or
`production` (refuses to start without a secret, host names and secure cookies).
"""

import os
from pathlib import Path

import dj_database_url
import nhsuk_frontend_jinja
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from livingwell.config import providers, tiles
from livingwell.config.database import data_folder
from livingwell.core.roles import WEB_ROLE


def _flag(name: str, *, default: bool) -> bool:
    return os.environ.get(name, str(default)).lower() in {"1", "true", "yes", "on"}


def _words(name: str) -> list[str]:
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


BASE_DIR = Path(__file__).resolve().parent.parent.parent
ENVIRONMENT = os.environ.get("LIVINGWELL_ENVIRONMENT", "demonstration")
if ENVIRONMENT not in {"demonstration", "test", "production"}:
    raise ImproperlyConfigured("LIVINGWELL_ENVIRONMENT must be demonstration, test or production.")
PRODUCTION = ENVIRONMENT == "production"
DEMONSTRATION = ENVIRONMENT == "demonstration"
DEBUG = _flag("DEBUG", default=False)

SECRET_KEY = os.environ.get(
    "SECRET_KEY", "" if PRODUCTION else "not-a-secret-only-for-demonstration-and-tests"
)
ALLOWED_HOSTS = _words("ALLOWED_HOSTS") or (
    [] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]", "testserver"]
)
CSRF_TRUSTED_ORIGINS = _words("CSRF_TRUSTED_ORIGINS")
SITE_URL = os.environ.get("SITE_URL", "").rstrip("/")
"""The public address, for canonical links and for links in what is printed or sent. Empty: as asked for."""

CONTACT = os.environ.get("CONTACT", "")
"""How to reach whoever runs this copy of the network, for the privacy and accessibility pages."""

SECURE_COOKIES = _flag("SECURE_COOKIES", default=PRODUCTION)
if PRODUCTION and not DEBUG:
    if len(SECRET_KEY) < 50:
        raise ImproperlyConfigured("Set SECRET_KEY in the environment: 50 characters or more, kept secret.")
    if not ALLOWED_HOSTS or any("*" in host for host in ALLOWED_HOSTS):
        raise ImproperlyConfigured(
            "Set ALLOWED_HOSTS in the environment to the names of this site, without *."
        )
    if not SECURE_COOKIES:
        raise ImproperlyConfigured("SECURE_COOKIES cannot be off in production.")

ROOT_URLCONF = "livingwell.config.urls"
WSGI_APPLICATION = "livingwell.config.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "csp",
    "livingwell.core",
    "livingwell.messaging",
    "livingwell.themes",
    "livingwell.directory",
    "livingwell.people",
    "livingwell.consent",
    "livingwell.contacting",
    "livingwell.keeping",
    "livingwell.opendata",
    "livingwell.handouts",
    "livingwell.suggestions",
    "livingwell.plans",
    "livingwell.circles",
    "livingwell.steps",
    "livingwell.linkwork",
    "livingwell.referrals",
    "livingwell.recall",
    "livingwell.pages",
    "livingwell.exchange",
    "livingwell.home",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "livingwell.core.middleware.PrivacyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "livingwell.core.middleware.LanguageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "livingwell.people.middleware.StaffMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "livingwell.core.middleware.RefusalMiddleware",
    "livingwell.handouts.middleware.ListMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [Path(nhsuk_frontend_jinja.__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "livingwell.core.templating.environment",
            "context_processors": [
                "django.template.context_processors.request",
                "livingwell.core.templating.site",
                "livingwell.handouts.middleware.my_list",
            ],
        },
    },
    # sitemap.xml is rendered with Django's own template.
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]

WEB_PROCESS = os.environ.get("LIVINGWELL_PROCESS") == "web"
"""Whether this process serves pages: it asks the database as a role that row-level security holds back."""

DATABASE_URL = os.environ.get("DATABASE_URL", "postgresql://livingwell@/livingwell")
if WEB_PROCESS and PRODUCTION and not os.environ.get("WEB_DATABASE_URL"):
    raise ImproperlyConfigured(
        f"Set WEB_DATABASE_URL in the environment: the database as the role {WEB_ROLE}, which serves pages."
    )
DATABASES = {
    "default": dj_database_url.parse(
        (os.environ.get("WEB_DATABASE_URL") if WEB_PROCESS else "") or DATABASE_URL,
        conn_health_checks=True,
        conn_max_age=0,
        engine="livingwell.config.postgresql",
    )
}
DATABASES["default"].setdefault("OPTIONS", {})
DATABASES["default"]["OPTIONS"] |= {"server_side_binding": True, "prepare_threshold": 5}
"""What a connection asks again is parsed and planned once (docs/adr/0037-statements-are-kept-prepared.md)."""
if WEB_PROCESS and not os.environ.get("WEB_DATABASE_URL"):
    DATABASES["default"]["OPTIONS"]["options"] = f"-c role={WEB_ROLE}"
if not os.environ.get("LIVINGWELL_NO_POOL"):
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 10, "timeout": 10}
if ENVIRONMENT == "test":
    DATABASES["default"]["OPTIONS"].pop("pool", None)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_limits",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
"""What sign-in remembers for a while, such as how often a password was wrong: one memory for all processes."""

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
if ENVIRONMENT == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, and opens nothing real
LOGIN_URL = "people:sign-in"
LOGIN_REDIRECT_URL = "people:after"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "livingwell.people.adapter.AccountAdapter"
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["email", "password1"]
SILENCED_SYSTEM_CHECKS = [
    "account.W001"
]  # allauth's own form for signing up, which asks for no number, is not used
ACCOUNT_EMAIL_VERIFICATION = "none"  # no address is ever kept before a code sent to it came back
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_ADAPTER = "livingwell.people.adapter.ProviderAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
_providers = providers.read(os.environ.get("SIGN_IN_PROVIDERS", ""))
SOCIALACCOUNT_PROVIDERS = {"oidc": {"APPS": _providers}}
PROVIDERS_WITH_TWO_STEPS = providers.with_two_steps(_providers)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a finger, a face or a PIN: a passkey alone is two steps
MFA_ALLOW_UNVERIFIED_EMAIL = True  # see ACCOUNT_EMAIL_VERIFICATION
MFA_TOTP_ISSUER = "Living Well Network"
MFA_TOTP_TOLERANCE = 1
MFA_ADAPTER = "livingwell.people.adapter.SecondStepAdapter"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # http://localhost
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
LANGUAGES = [
    ("en-gb", _("English")),
    ("pt", _("Portuguese")),
    ("es", _("Spanish")),
    ("so", _("Somali")),
    ("fr", _("French")),
]
APPS_IN_LANGUAGES = {"home", "suggestions", "directory", "handouts", "open_to_all"}
"""The apps whose pages are for everybody, in every language. What staff and providers work with is in English."""
LOCALE_PATHS = [BASE_DIR / "livingwell" / "locale"]

BANK_HOLIDAYS_OF = os.environ.get("BANK_HOLIDAYS_OF", "ENG")
"""Whose bank holidays count: ENG, SCT, WLS or NIR."""
SCHOOL_TERMS = os.environ.get("SCHOOL_TERMS", "")
"""A CSV file with the columns from and to. Without it nobody knows when "only in term time" is."""

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / ("livingwell/core/static" if ENVIRONMENT == "test" else "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if ENVIRONMENT == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = ENVIRONMENT == "test"

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "livingwell.core.views.forgery"
SECURE_SSL_REDIRECT = _flag("SECURE_SSL_REDIRECT", default=PRODUCTION)
SECURE_HSTS_SECONDS = int(os.environ.get("SECURE_HSTS_SECONDS", "31536000" if PRODUCTION else "0"))
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if os.environ.get("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
TRUSTED_PROXIES = int(os.environ.get("BEHIND_PROXY", "0"))
"""How many proxies of ours stand in front and add to X-Forwarded-For."""
X_FRAME_OPTIONS = "DENY"
MAP_TILES = tiles.read(os.environ.get("MAP_TILES", ""), os.environ.get("MAP_TILES_CREDIT", ""))
"""Pictures for the map from elsewhere. Without it there is our own sketch and nobody else is asked for anything."""
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", *filter(None, [MAP_TILES.origin])],
        "script-src": [SELF],
        "style-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
CONFIRMATION_DAYS = {
    risk: int(os.environ.get(f"CONFIRMATION_DAYS_{risk.upper()}", days))
    for risk, days in (("crisis", "30"), ("group", "90"), ("building", "180"))
}
"""How many days somebody's word that an entry is right holds, by how much harm a wrong one does."""

STORIES_PER_TEN_MINUTES = int(os.environ.get("STORIES_PER_TEN_MINUTES", "60"))
"""How often one address may ask for suggestions in ten minutes: a library's many readers share one."""
OPEN_DATA_PER_TEN_MINUTES = int(os.environ.get("OPEN_DATA_PER_TEN_MINUTES", "3000"))
"""How often one address may ask the open data in ten minutes: enough to read a large directory page by page."""
OPEN_DATA_KEEPS_CLOSED_DAYS = int(os.environ.get("OPEN_DATA_KEEPS_CLOSED_DAYS", "90"))
"""For how many days the open data says of what closed for good that it did; after that it is silent."""
OPEN_DATA_LICENCE = os.environ.get("OPEN_DATA_LICENCE", "https://creativecommons.org/licenses/by/4.0/")
"""The licence under which the network publishes what is its own, as a web address."""

HANDOUTS_PER_HOUR = int(os.environ.get("HANDOUTS_PER_HOUR", "20"))
"""How often one internet address may text or e-mail a list in an hour."""
HANDOUTS_PER_ADDRESS_A_DAY = int(os.environ.get("HANDOUTS_PER_ADDRESS_A_DAY", "3"))
"""How often in a day a list may be sent to one number or e-mail address, by whomever."""
SAFEGUARDING = [
    (who.strip(), number.strip())
    for who, _colon, number in (each.partition(":") for each in os.environ.get("SAFEGUARDING", "").split(";"))
    if number.strip()
]
"""Whom those who work with people ring when one may be harmed: "Adults, Lambeth: 020 7946 0001; Children: 020 ..."."""
_unset = "" if PRODUCTION else "console"
MESSAGES = {
    "email": os.environ.get("MESSAGES_EMAIL", _unset),
    "text": os.environ.get("MESSAGES_TEXT", _unset),
    "letter": os.environ.get("MESSAGES_LETTER", _unset),
}
"""Which adapter carries what: console, smtp (e-mail), notify (all three), twilio (texts). Empty: none is sent."""
MESSAGES_OUTBOX = os.environ.get(
    "MESSAGES_OUTBOX", str(BASE_DIR / ".data" / "outbox") if DEMONSTRATION else ""
)
MESSAGES_TIMEOUT = int(os.environ.get("MESSAGES_TIMEOUT", "30"))
MESSAGES_FIRST_WAIT = int(os.environ.get("MESSAGES_FIRST_WAIT", "30"))
"""Seconds: how long a provider may take, and how long to wait before the second try. Each further wait doubles."""
QUIET_FROM = os.environ.get("QUIET_FROM", "21:00")
QUIET_UNTIL = os.environ.get("QUIET_UNTIL", "08:00")
"""Between these, on London's clocks, nothing that can wait is sent to a person: it goes in the morning."""
MESSAGES_KEPT_DAYS = int(os.environ.get("MESSAGES_KEPT_DAYS", "30"))
NOTIFY_URL = os.environ.get("NOTIFY_URL", "https://api.notifications.service.gov.uk")
NOTIFY_API_KEY = os.environ.get("NOTIFY_API_KEY", "")
NOTIFY_TEMPLATES = {
    "email": os.environ.get("NOTIFY_EMAIL_TEMPLATE", ""),
    "text": os.environ.get("NOTIFY_TEXT_TEMPLATE", ""),
    "letter": os.environ.get("NOTIFY_LETTER_TEMPLATE", ""),
}
NOTIFY_CALLBACK_TOKEN = os.environ.get("NOTIFY_CALLBACK_TOKEN", "")
TWILIO_URL = os.environ.get("TWILIO_URL", "https://api.twilio.com")
TWILIO_ACCOUNT_SID = os.environ.get("TWILIO_ACCOUNT_SID", "")
TWILIO_AUTH_TOKEN = os.environ.get("TWILIO_AUTH_TOKEN", "")
TWILIO_FROM = os.environ.get("TWILIO_FROM", "")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("EMAIL_FROM", "Living Well Network <hello@localhost>")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = _flag("EMAIL_USE_TLS", default=False)
CODES_PER_TEN_MINUTES = int(os.environ.get("CODES_PER_TEN_MINUTES", "60"))
"""How often one address of the network may ask for a code or try a password in ten minutes."""

ANSWERS_PER_TEN_MINUTES = int(os.environ.get("ANSWERS_PER_TEN_MINUTES", "120"))
"""How often one internet address may answer introductions by a link in ten minutes."""

TOKENS_PER_TEN_MINUTES = int(os.environ.get("TOKENS_PER_TEN_MINUTES", "60"))
"""How often one internet address may ask for a token for a linked-up system in ten minutes."""
EXCHANGE_PER_TEN_MINUTES = int(os.environ.get("EXCHANGE_PER_TEN_MINUTES", "3000"))
"""How often one linked-up system may ask in ten minutes."""

PULL_FROM_INSIDE = _flag("PULL_FROM_INSIDE", default=False)
"""Whether sources may be read from this machine and its network too, and without encryption: for trying things out."""
PULL_AGENT = os.environ.get(
    "PULL_AGENT", " ".join(filter(None, ["LivingWellNetwork/0.1", SITE_URL and f"(+{SITE_URL})"]))
)
"""How we name ourselves to the sources that we read."""

_search = os.environ.get("LIVINGWELL_SEARCH", "off" if ENVIRONMENT == "test" else "")
SEARCH_FOLDER = None if _search == "off" else Path(_search) if _search else data_folder() / "search"
"""Where this host keeps its search index: another folder, or "off" to ask PostgreSQL for everything."""
SEARCH_WAITS = False
"""Whether a search first brings the index in step, rather than the background: for tests and measurements."""

REPORTS_PER_HOUR = int(os.environ.get("REPORTS_PER_HOUR", "20"))
"""How often one internet address may say in an hour that something is wrong."""
DOORS_PER_HOUR = int(os.environ.get("DOORS_PER_HOUR", "10"))
"""How often one internet address may ask in an hour for a link to the people of an entry."""
VISITS_PER_HOUR = int(os.environ.get("VISITS_PER_HOUR", "20"))
"""How often one address may tell what to expect somewhere."""
IN_VAIN_PER_HOUR = int(os.environ.get("IN_VAIN_PER_HOUR", "30"))
"""How many searches in vain of one address are counted in an hour: a machine is not a neighbourhood."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"no_personal_words": {"()": "livingwell.core.logs.NoPersonalWords"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["no_personal_words"],
        }
    },
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
    # These write numbers, addresses or words into their lines.
    "loggers": {
        name: {"level": "CRITICAL", "propagate": False}
        for name in ("twilio", "notifications_python_client", "urllib3")
    },
}

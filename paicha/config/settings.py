"""The one settings module. What differs between installations comes from the environment (env.py)."""

from pathlib import Path

from csp.constants import NONE, SELF

from paicha.config import env
from paicha.vault.keys import Keyring

DATA = env.folder("PAICHA_DATA", Path.home() / ".local" / "share" / "paicha")
KEYRING = Keyring.open(DATA / "keys.json")
SCRATCH = DATA / "scratch"  # files in the clear while they are read (vault/scratch.py)
SCRATCH.mkdir(mode=0o700, exist_ok=True)
FONTS = DATA / "fonts"  # of one's own for the letters' PDF, where the machine has no Chinese font
SECRET_KEY = KEYRING.site_secret
DEBUG = False  # never: a debug page shows local variables, and they hold personal data

ALLOWED_HOSTS = env.words("PAICHA_HOSTS", "127.0.0.1,localhost")
SERVED_BY_HTTPS = env.boolean("PAICHA_HTTPS", default=False)
SESSION_HOURS = env.whole_number("PAICHA_SESSION_HOURS", 8, least=1, most=24)
UPLOAD_DAYS = env.whole_number("PAICHA_UPLOAD_DAYS", 7, least=1, most=90)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "paicha.audit",
    "paicha.web",
    "paicha.organizations",
    "paicha.intake",
    "paicha.register",
    "paicha.transfers",
    "paicha.campaigns",
    "paicha.desk",
]

MIDDLEWARE = [
    "paicha.web.requests.RequestLog",
    "paicha.web.requests.ServedByHttps",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "paicha.web.kept.KeptByNobody",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "paicha.web.requests.BodyLimit",
    "paicha.web.today.Today",
    "paicha.web.again.TypedIsKept",
    "paicha.organizations.middleware.SessionEnds",
    "paicha.organizations.middleware.WorkingForCommittee",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "paicha.config.urls"
WSGI_APPLICATION = "paicha.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "paicha.organizations.navigation.offered",
            ],
        },
    },
]

SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA / "paicha.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",  # two writers wait at the start, not with an error in the middle
        "timeout": 20,
        # 64 MiB of pages: in SQLite's own 2, an import's indexes would go in and out for every row.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        "PRAGMA cache_size=-65536;",
    },
}
DATABASES = {"default": env.postgresql("DATABASE_URL") or SQLITE}
# The owner of the tables, for `paicha migrate` alone: the site's own role owns none (tenancy/postgres.py).
OWNER = env.postgresql("PAICHA_OWNER_DATABASE_URL")
if OWNER:
    DATABASES["owner"] = OWNER

AUTH_USER_MODEL = "organizations.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "paicha.organizations.signin.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "paicha.organizations.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = ["username"]  # an office stands behind one address: never lock it out as a whole
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # asks for the address in it, see the line above
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # a quarter of an hour is a quarter of an hour, as the page says
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code"]
AXES_LOCKOUT_TEMPLATE = "organizations/locked_out.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True  # signing in is an event of our own audit

SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SERVED_BY_HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "paicha.web.errors.page_expired"
SECURE_HSTS_SECONDS = 31_536_000 if SERVED_BY_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True  # served from the package itself: nothing to collect
FILE_UPLOAD_TEMP_DIR = SCRATCH  # what is uploaded waits here, not in the system's own folder
DATA_UPLOAD_MAX_NUMBER_FILES = 2000  # so that the page itself says how many it takes
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a cohort of 2,000 graduates, saved as one table
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": True,
    "formatters": {"json": {"()": "paicha.web.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "paicha": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
    },
}

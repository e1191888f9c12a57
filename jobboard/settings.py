"""One file; what differs between machines is an environment variable (docs/running.md)."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF

from jobboard.env import (
    celery_broker,
    database,
    email,
    env,
    env_bool,
    env_choice,
    env_int,
    env_list,
    env_pair,
    env_switch,
    storage,
)

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = env("SECRET_KEY")
SECRET_KEY_FALLBACKS = env_list("SECRET_KEY_FALLBACKS")
DEBUG = env_bool("DEBUG")
EMBEDDED = env_bool("EMBEDDED")
MAILBOX_DIR = env("MAILBOX_DIR", "")
SITE_NAME = env("SITE_NAME", "Codeward")
SITE_URL = env("SITE_URL").rstrip("/")
SITE_HTTPS = urlsplit(SITE_URL).scheme == "https"
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", urlsplit(SITE_URL).hostname or "")
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS", SITE_URL)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "jobboard.admin_site.ModerationConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "django_htmx",
    "template_partials",
    "accounts",
    "codes",
    "jobs",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.TimeZoneMiddleware",
]

ROOT_URLCONF = "jobboard.urls"
WSGI_APPLICATION = "jobboard.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "jobboard.context.site",
            ],
        },
    },
]

DATABASES = {
    "default": {
        **database(env("DATABASE_URL")),
        "CONN_MAX_AGE": env_int("CONN_MAX_AGE", 60),
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

# Who signs in, and how.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:desk"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # only in the browser that signed up
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SITE_HTTPS else "http"
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = env_int("TRUSTED_PROXY_COUNT", 0)
ACCOUNT_RATE_LIMITS = {
    "signup": "10/h/ip",
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/h/ip,5/h/key",
    "confirm_email": "1/m/key",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = SITE_NAME
USERSESSIONS_TRACK_ACTIVITY = False

# Mail. A letter is a row (accounts.models.Letter) before it is mail.
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
_email = email(env("EMAIL_URL"))
EMAIL_HOST = _email["EMAIL_HOST"]
EMAIL_PORT = _email["EMAIL_PORT"]
EMAIL_HOST_USER = _email["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _email["EMAIL_HOST_PASSWORD"]
EMAIL_USE_SSL = _email.get("EMAIL_USE_SSL", False)
EMAIL_USE_TLS = _email.get("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", f"{SITE_NAME} <post@{urlsplit(SITE_URL).hostname}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
POSTAL_ADDRESS = env("POSTAL_ADDRESS", "")
MODERATORS_EMAIL = env("MODERATORS_EMAIL", "")

# Files. Uploads are never below the web root; static files are served by WhiteNoise.
STORAGES = {
    "default": storage(env("STORAGE_URL")),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if env_bool("STATIC_MANIFEST", default=not DEBUG)
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", str(BASE_DIR / "var" / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_UPLOAD_HANDLERS = [
    "jobs.uploads.SizeLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 5
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
RESUME_MAX_BYTES = 5 * 1024 * 1024

# Security. SITE_URL decides whether cookies and redirects insist on TLS.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = SITE_HTTPS
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if SITE_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SITE_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env_bool("BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Language and time: instants are stored in UTC and shown in the reader's or employer's zone.
LANGUAGE_CODE = "en-us"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
DATE_FORMAT = "j M Y"
DATETIME_FORMAT = "j M Y, H:i T"
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["jobboard.formats"]

# Periods of the board.
PAGE_SIZE = 20
POSTING_RUNS = timedelta(days=30)
POSTING_RUNS_AT_MOST = timedelta(days=90)
CONFIRM_OPEN_EVERY = timedelta(days=14)
APPLICATIONS_KEPT = timedelta(days=730)

# What the storeys below may ask of those above, by name (docs/choices.md).
METER_TIER = "jobs.tiers.tier_of"
CODE_JOBS = "jobs.by_code"

# The reference. CPT_PUBLIC=off hides the pages of CPT codes and keeps the rest.
CPT_PUBLIC = env_switch("CPT_PUBLIC", default=True)

# The assistant (docs/running.md). Its language model is optional, and may only rephrase and route.
ASK_GUEST_A_DAY = env_int("ASK_GUEST_A_DAY", 20)
ASK_MEMBER_A_DAY = env_int("ASK_MEMBER_A_DAY", 200)
ASSISTANT_LLM_URL = env("ASSISTANT_LLM_URL", "")
ASSISTANT_LLM_KEY = env("ASSISTANT_LLM_KEY", "")
ASSISTANT_LLM_MODEL = env("ASSISTANT_LLM_MODEL", "")
ASSISTANT_LLM_TIMEOUT = env_int("ASSISTANT_LLM_TIMEOUT", 8)  # seconds

# Consults by mail (docs/consults.md). The listener is off while CONSULT_LISTEN is empty.
CONSULT_LISTEN = env("CONSULT_LISTEN", "")
CONSULT_ADDRESS = env("CONSULT_ADDRESS", f"consults@{urlsplit(SITE_URL).hostname}").lower()
CONSULT_REVIEW = env_switch("CONSULT_REVIEW", default=False)
CONSULT_HOURS = env_int("CONSULT_HOURS", 24)  # until a consultant's answer is due
CONSULT_A_DAY = env_int("CONSULT_A_DAY", 10)
CONSULT_TRUSTED_AUTHSERV = env("CONSULT_TRUSTED_AUTHSERV", "").lower()
CONSULT_WEBHOOK = env_choice("CONSULT_WEBHOOK", ["mailgun", "mailjet", "postmark", "sparkpost"])
CONSULT_BY_MAIL = bool(CONSULT_LISTEN or CONSULT_WEBHOOK)
if CONSULT_WEBHOOK:
    ANYMAIL = {"WEBHOOK_SECRET": env_pair("CONSULT_WEBHOOK_SECRET")}
    # The text of a message comes as one field.
    DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
if CONSULT_WEBHOOK == "mailgun":
    ANYMAIL["MAILGUN_WEBHOOK_SIGNING_KEY"] = env("CONSULT_WEBHOOK_KEY")

# Celery: the row is the truth, the task a wake-up call.
CELERY_BROKER_URL = env("CELERY_BROKER_URL", celery_broker(REDIS_URL))
CELERY_TIMEZONE = "UTC"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_TIME_LIMIT = 300
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A request must not hang on a broker that is gone: the beat tasks find what was not announced.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,
    "socket_timeout": 10,
}
CELERY_BEAT_SCHEDULE = {
    "send-due-letters": {
        "task": "accounts.tasks.send_due_letters",
        "schedule": timedelta(seconds=30),
    },
    "take-in-consults": {
        "task": "codes.tasks.take_in_consults",
        "schedule": timedelta(seconds=20),
    },
    "drop-old-inbound": {
        "task": "codes.tasks.drop_old_inbound",
        "schedule": timedelta(hours=24),
    },
    "match-new-postings": {
        "task": "jobs.tasks.match_new_postings",
        "schedule": timedelta(minutes=1),
    },
    "queue-digests": {"task": "jobs.tasks.queue_digests", "schedule": timedelta(minutes=1)},
    "send-digests": {"task": "jobs.tasks.send_digests", "schedule": timedelta(minutes=1)},
    "expire-postings": {"task": "jobs.tasks.expire_postings", "schedule": timedelta(minutes=10)},
    "remind-employers": {"task": "jobs.tasks.remind_employers", "schedule": timedelta(hours=1)},
    "purge-old-data": {"task": "jobs.tasks.purge_old_data", "schedule": timedelta(hours=24)},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", "INFO")},
}

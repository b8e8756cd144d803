"""Settings, all from the environment; `manage.py check` names what is missing (`nerima_privacy.E0xx`).

MODE        `development` (default), `demo` (one-click login), `test` or `production`.
SECRET_KEY  required in production; `SECRET_KEY_FILE` names a file holding it instead.
The others are listed in docs/how-to/run-in-production.md.
"""

import os
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF

from nerima_privacy.logs import configure_logs

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)
env = environ.FileAwareEnv()

MODE: str = env.str("MODE", "development")
PRODUCTION = MODE == "production"
DEMO = MODE == "demo"
DEBUG = MODE == "development"
SECRET_KEY: str = env.str("SECRET_KEY", "" if PRODUCTION else "only-for-development-and-tests")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["*"])
PUBLIC_URL: str = env.str("PUBLIC_URL", "http://localhost:8000")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL.startswith("https://") else []

INSTALLED_APPS = [
    "nerima_privacy.web",
    "nerima_privacy.activity",
    "nerima_privacy.law",
    "nerima_privacy.calendars",
    "nerima_privacy.notices",
    "nerima_privacy.duties",
    "nerima_privacy.documents",
    "nerima_privacy.imports",
    "nerima_privacy.search",
    "roles",
    "files_registry",
    "incidents",
    "audits",
    "training",
    "roles.administration.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "guardian",
    "simple_history",
    "axes",
    "csp",
    "django_structlog",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "nerima_privacy.web.middleware.healthz",
    "django_structlog.middlewares.RequestMiddleware",
    "csp.middleware.CSPMiddleware",
    "nerima_privacy.web.middleware.permissions_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "nerima_privacy.web.idle.IdleSessionMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "roles.middleware.CurrentPostMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "nerima_privacy.web.middleware.refusals",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "nerima_privacy.urls"
WSGI_APPLICATION = "nerima_privacy.wsgi.application"
FORM_RENDERER = "nerima_privacy.web.forms.JapaneseRenderer"
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
                "nerima_privacy.web.context.shell",
            ],
            "builtins": ["nerima_privacy.web.templatetags.ui"],
        },
    }
]

DATABASE_URL = env.str("DATABASE_URL", "") or f"sqlite:///{VAR_DIR / 'nerima.sqlite3'}"
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 60,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA recursive_triggers=ON; "
        f"PRAGMA synchronous={'OFF' if MODE == 'test' else 'NORMAL'};",
    }
    # A file, as in use: in memory, threads of a race test would meet errors where a file makes them wait.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / f"test-{os.getpid()}.sqlite3")}
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Pages ask short questions of many parts: compiling one took PostgreSQL up to four times as long as answering it.
    DATABASES["default"]["OPTIONS"] = {"options": "-c jit=off"} | (
        {"pool": True} if MODE in {"production", "demo"} else {}
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "roles.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "files_registry.access.backends.FileRightBackend",  # guardian's, which also asks whether a right still stands
]
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # looks for its own backend by name and does not see the subclass
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "login"
AXES_USERNAME_FORM_FIELD = "username"  # the field of the form; the model's is staff_number
AXES_USERNAME_CALLABLE = "roles.staff_numbers.locked_number"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "web/locked.html"
AXES_IPWARE_PROXY_COUNT = env.int("PROXY_COUNT", 0)
AXES_ENABLE_ADMIN = False
AXES_CLIENT_STR_CALLABLE = "nerima_privacy.web.login.locked_client"
DEMO_ACCOUNTS = "roles.demo.accounts.ACCOUNTS"
CSRF_FAILURE_VIEW = "nerima_privacy.web.errors.csrf_failure"

IDLE_MINUTES = env.int("IDLE_MINUTES", 30)
SESSION_ENGINE = "nerima_privacy.web.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 5  # web/idle.py ends it sooner; a form left open over a weekend is not lost
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
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
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOAD_MAX_BYTES = 20 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "nerima_privacy.web.uploads.LimitHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
IMPORT_MAX_ROWS = 100_000
ACCOUNTS_MAX_ROWS = 30_000  # of an account list, which is compared within the request: some seconds at most

LANGUAGE_CODE = "ja"
TIME_ZONE = "Asia/Tokyo"
USE_I18N = USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": env.str("MEDIA_ROOT", str(VAR_DIR / "media"))},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = MODE == "test"  # else each test client scans every static file anew

vars().update(env.email_url("EMAIL_URL", "consolemail://" if MODE == "development" else "dummymail://"))
EMAIL_TIMEOUT = 10  # seconds; without a broker a request waits for the mail server
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "個人情報保護管理 <no-reply@localhost>")

SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
ACTIVITY_ANCHOR: str = env.str("ACTIVITY_ANCHOR", str(VAR_DIR / "anchor" / "activity.jsonl"))

REDIS_URL: str = env.str("REDIS_URL", "")
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_ALWAYS_EAGER = not REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A request that finds the broker down goes on at once; the outbox is swept every minute.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 2,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.1,
}
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "seal-activity": {"task": "nerima_privacy.activity.tasks.seal", "schedule": 20.0},
    "deliver-notices": {"task": "nerima_privacy.notices.tasks.deliver_due", "schedule": 60.0},
    "clear-sessions": {
        "task": "nerima_privacy.web.tasks.clear_sessions",
        "schedule": crontab(hour=5, minute=30),
    },
    "daily-sweep": {
        "task": "nerima_privacy.duties.tasks.sweep",
        "schedule": crontab(hour=6, minute=30),
    },
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = None
LOGGING_CONFIG = None
configure_logs(MODE)

"""One settings file. Defaults are the embedded demo; everything else comes from the environment.

Production is ``DEMO=false``: it refuses to start with a default secret key or without hosts.
"""

from pathlib import Path

import environ

from platform_site.caching import private_caches
from platform_site.content_policy import content_policy
from platform_site.databases import database
from platform_site.logs import configure_logs
from platform_site.production import refuse_unsafe_production
from platform_site.static_files import keep_hashed_files

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

DEMO = env.bool("DEMO", default=True)
DEBUG = env.bool("DEBUG", default=False)
PORT = env.int("PORT", default=8000)
DEFAULT_SECRET_KEY = "only-for-the-demonstration-never-in-production"  # noqa: S105 — refused below
SECRET_KEY = env.str("SECRET_KEY", default=DEFAULT_SECRET_KEY)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"] if DEMO else [])
PUBLIC_ADDRESS = env.str("PUBLIC_ADDRESS", default=f"http://localhost:{PORT}")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SOCKET_ORIGINS = env.list(
    "SOCKET_ORIGINS",
    default=[PUBLIC_ADDRESS, *CSRF_TRUSTED_ORIGINS, *([f"http://127.0.0.1:{PORT}"] if DEMO else [])],
)

if not DEMO:
    refuse_unsafe_production(
        secret_key=SECRET_KEY,
        default_secret_key=DEFAULT_SECRET_KEY,
        allowed_hosts=ALLOWED_HOSTS,
        debug=DEBUG,
        public_address=env.str("PUBLIC_ADDRESS", default=""),
    )

INSTALLED_APPS = [
    "modeltranslation",
    "daphne",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_vite",
    "django_q",
    "django_structlog",
    "channels",
    "csp",
    "rules",
    "dialogue.text",
    "dialogue.calendar",
    "dialogue.accounts",
    "dialogue.journal",
    "dialogue.outbox",
    "dialogue.taxonomy",
    "dialogue.organisations",
    "dialogue.rooms",
    "dialogue.issues",
    "dialogue.digests",
    "dialogue.realtime",
    "dialogue.demo",
    "platform_site",
    "allauth",
    "allauth.account",
]

# Every link of the chain is async-capable: one sync-only middleware plus an open socket
# can hang daphne on SIGTERM for ever.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "servestatic.middleware.ServeStaticMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "platform_site.middleware.FormsOnly",
    "platform_site.middleware.PlainQuestions",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "dialogue.accounts.middleware.ReaderLanguage",
    "dialogue.organisations.middleware.NoPowerOnAPasswordAlone",
    "platform_site.late_forms.StillSignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "dialogue.accounts.middleware.StrictEntrance",
    "platform_site.middleware.ClosedWhileNobodyCounts",
    "platform_site.middleware.PrivateByDefault",
]

ROOT_URLCONF = "platform_site.urls"
ASGI_APPLICATION = "platform_site.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "platform_site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "platform_site.navigation.navigation",
            ],
        },
    },
]

# --- where things are kept ---------------------------------------------------
VAR_DIR.mkdir(parents=True, exist_ok=True)
DATABASES = {
    "default": database(
        env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'dialogue.sqlite3'}"),
        var_dir=VAR_DIR,
        pool_size=env.int("DATABASE_POOL", default=12),
    ),
}
ACT_THREADS = env.int("ACT_THREADS", default=6)  # below the database pool, or acts wait twice
READ_THREADS = env.int("READ_THREADS", default=3)  # the hub's own, for all sockets of a process
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        # socket_timeout None: redis-py's default closes idle subscriptions.
        "CONFIG": {"hosts": [{"address": REDIS_URL, "socket_timeout": None}]},
    }
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"},
}
CACHES = private_caches(REDIS_URL)
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# --- who somebody is ---------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_RULES = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_RULES}.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("name", "email")}},
    {"NAME": f"{_RULES}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    *({"NAME": f"{_RULES}.{kind}PasswordValidator"} for kind in ("Common", "Numeric")),
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "dialogue.organisations.sign_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "dialogue.accounts.forms.newcomers.NameAndLanguage"
ACCOUNT_FORMS = {
    "login": "dialogue.accounts.forms.entrance.SignIn",
    "signup": "dialogue.accounts.forms.entrance.SignUp",
    "add_email": "dialogue.accounts.forms.entrance.AddAddress",
    "change_password": "dialogue.accounts.forms.entrance.ChangePassword",
    "set_password": "dialogue.accounts.forms.entrance.SetPassword",
    "reset_password": "dialogue.accounts.forms.entrance.AskForReset",
    "reset_password_from_key": "dialogue.accounts.forms.entrance.ResetPassword",
    "reauthenticate": "dialogue.accounts.forms.entrance.Reauthenticate",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
if DEMO:
    # A dotted path, no password.
    ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "dialogue.demo.new_passwords.LinksThatOutliveSigningIn"  # noqa: S105
ACCOUNT_RATE_LIMITS = {"invitation": "20/m/ip", "unsubscribe": "20/m/ip", "invite": "30/h/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
SECOND_FACTOR_EXISTS = False  # until it does, production refuses staff's sign-in

# --- words -------------------------------------------------------------------
LANGUAGE_CODE = "kk"
LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "platform_site" / "locale"]
FORMAT_MODULE_PATH = ["platform_site.formats"]
MODELTRANSLATION_LANGUAGES = ("kk", "ru", "en")
MODELTRANSLATION_DEFAULT_LANGUAGE = "kk"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("ru", "kk", "en")
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Almaty"

# --- pages -------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
FRONTEND_DIST = BASE_DIR / "frontend" / "dist"
STATICFILES_DIRS = [FRONTEND_DIST, BASE_DIR / "platform_site" / "static"]
SERVESTATIC_USE_FINDERS = True
SERVESTATIC_ADD_HEADERS_FUNCTION = keep_hashed_files
DJANGO_VITE = {"default": {"dev_mode": False, "manifest_path": FRONTEND_DIST / ".vite" / "manifest.json"}}
CONTENT_SECURITY_POLICY = content_policy(SOCKET_ORIGINS)
X_FRAME_OPTIONS = "DENY"
# Not "no-referrer": browsers then send "Origin: null" with every form, and the CSRF check refuses it.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "platform_site.views.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
if not DEMO:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Formal channels, shown wherever a concern may be an emergency. The office edits them here.
FORMAL_CHANNELS = ("112", "111", "prosecutor", "eotinish")
ISSUE_NUMBER_PREFIX = env.str("ISSUE_NUMBER_PREFIX", default="OMB")

# --- what leaves the house ---------------------------------------------------
EMAIL_BACKEND = "dialogue.outbox.backend.OutboxBackend"
EMAIL_URL = env.str("EMAIL_URL", default="")  # smtp://user:password@host:port; empty: files
MAIL_DIR = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Dialogue <dialogue@demo.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
Q_CLUSTER = {
    **{"name": "dialogue", "orm": "default", "workers": 1, "poll": 1, "time_zone": TIME_ZONE},
    **{"timeout": 300, "retry": 600, "max_attempts": 3, "catch_up": False, "save_limit": 250},
}

LOGGING_CONFIG = None
configure_logs(env.str("LOG_LEVEL", default="INFO" if not DEMO else "WARNING"))

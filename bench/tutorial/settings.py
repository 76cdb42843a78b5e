"""The least that the tutorial needs."""

import os

import environ

environment = environ.Env()
SECRET_KEY = "measured-only"  # noqa: S105 — protects nothing
DEBUG = False
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["channels", "bench.tutorial"]
DATABASES = {"default": environment.db("DATABASE_URL")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ASGI_APPLICATION = "bench.tutorial.asgi.application"
USE_TZ = True
KEEPS_MESSAGES = os.environ.get("KEEPS_MESSAGES") == "1"
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {"hosts": [environment("REDIS_URL")], "capacity": 10_000},
    }
}

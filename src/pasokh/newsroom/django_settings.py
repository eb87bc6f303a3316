"""Django's settings for the public's process, and what the office needs to open the same rows."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pasokh.newsroom.newsroom_settings import NewsroomSettings
from pasokh.newsroom.rooms import APPS
from pasokh.newsroom.rows import ROWS, ROWS_FILE
from pasokh.sites.database import database_of
from pasokh.sites.said_on_stderr import LOGGING

NEWSROOM = Path(__file__).parent
_PAGE = NEWSROOM.parent / "adapters" / "page" / "static"
PLACE = "newsroom"
WORDS = "pasokh.sites.templatetags.site_words"


def newsroom_parts(newsroom: NewsroomSettings) -> dict[str, Any]:
    """Give what both processes say of the newsroom's rows: joined into a site's own settings."""
    return {
        "PASOKH_NEWSROOM": newsroom,
        "DATABASE_ROUTERS": ["pasokh.newsroom.rows.NewsroomRouter"],
    }


def newsroom_apps() -> list[str]:
    """Give the newsroom's applications."""
    return list(APPS)


def newsroom_database(newsroom: NewsroomSettings) -> dict[str, Any]:
    """Give the database of the newsroom's rows."""
    return database_of(newsroom.file.database_url, newsroom.data / ROWS_FILE)


def django_settings(newsroom: NewsroomSettings, secret_key: str) -> dict[str, Any]:
    """Give everything that django.conf.settings.configure takes for the public's process."""
    host = urlsplit(newsroom.public_url)
    return {
        **newsroom_parts(newsroom),
        "PASOKH": newsroom,
        "PASOKH_PLACE": PLACE,
        "PASOKH_OFFSET": "pasokh.newsroom.clock.offset_minutes",
        "PASOKH_FORM_ORIGINS": [],
        "SECRET_KEY": secret_key,
        "DEBUG": False,
        "ROOT_URLCONF": "pasokh.newsroom.urls",
        "INSTALLED_APPS": [*newsroom_apps(), "django.contrib.staticfiles"],
        "MIDDLEWARE": MIDDLEWARE,
        "TEMPLATES": TEMPLATES,
        "DATABASES": {"default": {}, ROWS: newsroom_database(newsroom)},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "USE_I18N": True,
        "LANGUAGE_CODE": newsroom.language,
        "LANGUAGES": [("fa", "Persian"), ("en", "English")],
        "STATIC_URL": f"/{PLACE}/static/",
        "STATIC_ROOT": None,  # WhiteNoise takes the files from where they lie
        "STATICFILES_DIRS": [("page", str(_PAGE))],
        "WHITENOISE_USE_FINDERS": True,
        "WHITENOISE_AUTOREFRESH": False,
        "WHITENOISE_ALLOW_ALL_ORIGINS": False,
        "ALLOWED_HOSTS": [host.hostname or "", "127.0.0.1", "localhost"],
        "CSRF_TRUSTED_ORIGINS": [f"{host.scheme}://{host.netloc}"] if newsroom.secure else [],
        "CSRF_COOKIE_NAME": "pasokh_newsroom_form",
        "CSRF_COOKIE_PATH": f"/{PLACE}/",
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Strict",
        "CSRF_COOKIE_SECURE": newsroom.secure,
        "CSRF_FAILURE_VIEW": "pasokh.newsroom.trouble.form_too_old",
        # Whoever speaks on our socket is the front, which drops what the asker wrote there.
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
        "SECURE_SSL_REDIRECT": False,
        "SECURE_HSTS_SECONDS": 31_536_000 if newsroom.secure else 0,
        "SECURE_REFERRER_POLICY": "same-origin",
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 512 * 1024,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 200,
        "LOGGING": LOGGING,
    }


MIDDLEWARE = [
    "pasokh.sites.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "pasokh.sites.packed_files.PackedFiles",
    "django.middleware.gzip.GZipMiddleware",  # pages; it pads against guessing by length
    "pasokh.sites.languages.PathLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [WORDS, "django.templatetags.static"],
            "context_processors": [
                "django.template.context_processors.request",
                "pasokh.newsroom.page_context.page_context",
            ],
        },
    }
]

"""Django's settings, made from ours: one function, so that nothing hides in a module's globals."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pasokh.newsroom.django_settings import newsroom_apps, newsroom_database, newsroom_parts
from pasokh.newsroom.newsroom_settings import NewsroomSettings
from pasokh.newsroom.rows import ROWS
from pasokh.office.office_settings import ROWS_FILE, OfficeFile, OfficeSettings
from pasokh.sites.database import database_of
from pasokh.sites.said_on_stderr import LOGGING

OFFICE = Path(__file__).parent
_PAGE = OFFICE.parent / "adapters" / "page" / "static"


def django_settings(
    office: OfficeSettings, newsroom: NewsroomSettings, secret_key: str
) -> dict[str, Any]:
    """Give everything that django.conf.settings.configure takes."""
    return {
        **newsroom_parts(newsroom),
        "PASOKH": office,
        "PASOKH_PLACE": "office",
        "PASOKH_OFFSET": "pasokh.office.centre_offset.offset_minutes",
        "PASOKH_FORM_ORIGINS": [o for one in office.file.oidc for o in one.origins()],
        "SECRET_KEY": secret_key,
        "DEBUG": False,
        "ROOT_URLCONF": "pasokh.office.urls",
        "INSTALLED_APPS": [*_APPS, *newsroom_apps()],
        "MIDDLEWARE": _MIDDLEWARE,
        "TEMPLATES": _TEMPLATES,
        "DATABASES": {"default": _rows(office), ROWS: newsroom_database(newsroom)},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "CACHES": {"default": _cache(office)},
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "USE_I18N": True,
        "LANGUAGE_CODE": office.language,
        "LANGUAGES": [("fa", "Persian"), ("en", "English")],
        "STATIC_URL": "/office/static/",
        "STATIC_ROOT": None,  # WhiteNoise takes the files from where they lie
        "STATICFILES_DIRS": [str(OFFICE / "static"), ("page", str(_PAGE))],
        "WHITENOISE_USE_FINDERS": True,
        "WHITENOISE_AUTOREFRESH": False,
        "WHITENOISE_ALLOW_ALL_ORIGINS": False,
        "FORM_RENDERER": "django.forms.renderers.TemplatesSetting",
        "LOGGING": LOGGING,
        **_people(),
        **_security(office),
        **_allauth(office),
    }


_APPS = [
    "pasokh.office",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
_MIDDLEWARE = [
    "pasokh.sites.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "pasokh.sites.packed_files.PackedFiles",
    "django.middleware.gzip.GZipMiddleware",  # pages; it pads against guessing by length
    "pasokh.sites.languages.PathLanguage",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pasokh.office.gate.Gate",
]
_TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "pasokh.sites.templatetags.site_words",
                "pasokh.office.templatetags.office_words",
                "django.templatetags.static",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pasokh.office.page_context.page_context",
            ],
        },
    }
]


def _rows(office: OfficeSettings) -> dict[str, Any]:
    return database_of(office.file.database_url, office.data / ROWS_FILE)


def _cache(office: OfficeSettings) -> dict[str, Any]:
    """Rate limits and used codes, shared by every process and kept over a restart."""
    return {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(office.data / "office.cache"),
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }


def _people() -> dict[str, Any]:
    validation = "django.contrib.auth.password_validation"
    return {
        "AUTH_USER_MODEL": "office.OfficePerson",
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
        # scrypt needs memory to guess, comes with Python's OpenSSL, and so needs no library
        # that would be compiled for it; Argon2 would.
        "PASSWORD_HASHERS": [
            "django.contrib.auth.hashers.ScryptPasswordHasher",
            "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        ],
        "AUTH_PASSWORD_VALIDATORS": [
            {
                "NAME": f"{validation}.UserAttributeSimilarityValidator",
                "OPTIONS": {"user_attributes": ("person_id", "name", "email")},
            },
            {"NAME": f"{validation}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
            {"NAME": f"{validation}.CommonPasswordValidator"},
            {"NAME": f"{validation}.NumericPasswordValidator"},
        ],
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "home",
        "LOGOUT_REDIRECT_URL": "account_login",
    }


def _security(office: OfficeSettings) -> dict[str, Any]:
    host = urlsplit(office.public_url).hostname or ""
    at = urlsplit(office.public_url)
    file: OfficeFile = office.file
    return {
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"] if office.loopback else [host],
        "CSRF_TRUSTED_ORIGINS": [f"{at.scheme}://{at.netloc}"] if office.secure else [],
        "CSRF_COOKIE_NAME": "pasokh_form",
        "CSRF_COOKIE_PATH": "/office/",
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Strict",
        "CSRF_COOKIE_SECURE": office.secure,
        "CSRF_FAILURE_VIEW": "pasokh.office.trouble.form_too_old",
        "SESSION_COOKIE_NAME": "pasokh_session",
        "SESSION_COOKIE_AGE": file.session_seconds,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": office.secure,
        "SESSION_ENGINE": "django.contrib.sessions.backends.db",
        # Whoever speaks on our socket is the front, which drops what the asker wrote there.
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
        "SECURE_SSL_REDIRECT": False,
        "SECURE_HSTS_SECONDS": 31_536_000 if office.secure else 0,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": office.secure,
        "SECURE_HSTS_PRELOAD": office.secure,
        "SECURE_REFERRER_POLICY": "same-origin",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
        "SILENCED_SYSTEM_CHECKS": [
            "security.W002",  # headers.SecurityHeaders sends X-Frame-Options and frame-ancestors
            "security.W008",  # the redirect to https is the work of the front that holds TLS
        ],
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 2 * 1024 * 1024,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 2_000,
    }


def _allauth(office: OfficeSettings) -> dict[str, Any]:
    return {
        "ACCOUNT_ADAPTER": "pasokh.office.sign_in.StaffDoor",
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": "person_id",
        "ACCOUNT_LOGIN_METHODS": {"username"},
        "ACCOUNT_SIGNUP_FIELDS": ["username*", "password1*"],
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "ACCOUNT_PRESERVE_USERNAME_CASING": True,
        "ACCOUNT_SESSION_REMEMBER": True,
        "ACCOUNT_LOGOUT_ON_GET": False,
        "ACCOUNT_EMAIL_NOTIFICATIONS": False,
        "ACCOUNT_REAUTHENTICATION_TIMEOUT": 300,
        "ACCOUNT_RATE_LIMITS": {
            "login": "30/m/ip",
            "login_failed": "10/m/ip,5/5m/key",
            "reauthenticate": "10/m/user",
            "change_password": "5/m/user",
        },
        "MFA_ADAPTER": "pasokh.office.second_factor.SecondFactor",
        "MFA_SUPPORTED_TYPES": ["totp", "recovery_codes", "webauthn"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_PASSKEY_SIGNUP_ENABLED": False,
        "MFA_TOTP_ISSUER": "Pasokh",
        # A period early or late still counts (RFC 6238, 5.2): telephones' clocks are not ours.
        "MFA_TOTP_TOLERANCE": 1,
        "MFA_FORMS": {
            "authenticate": "pasokh.office.second_factor.CodeForm",
            "reauthenticate": "pasokh.office.second_factor.CodeAgainForm",
            "login_webauthn": "pasokh.office.second_factor.PasskeyForm",
        },
        # fido2 itself takes http for localhost only.
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": False,
        "SOCIALACCOUNT_ADAPTER": "pasokh.office.oidc.InvitedOnly",
        "SOCIALACCOUNT_ONLY": False,
        "SOCIALACCOUNT_AUTO_SIGNUP": False,
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION": False,
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"APPS": _oidc_apps(office)}},
    }


def _oidc_apps(office: OfficeSettings) -> list[dict[str, Any]]:
    return [
        {
            "provider_id": provider.provider_id,
            "name": provider.name,
            "client_id": provider.client_id,
            "secret": provider.secret(),
            "settings": {"server_url": provider.issuer, "oauth_pkce_enabled": True},
        }
        for provider in office.file.oidc
    ]

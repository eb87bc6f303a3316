"""The second factor and passkeys: secrets are sealed in the database, failures go to the log."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed
from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.dispatch import receiver

from pasokh.office.sign_in import later, record_failure

# A period before, the one that runs, and one after it: as long as a code is taken at all.
_TAKEN_SECONDS = 3 * 30


class SecondFactor(DefaultMFAAdapter):
    """How second factors behave here."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": later("office.error.code"),
        "cannot_delete_authenticator": later("office.error.last_factor"),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret: a stolen database alone opens no door."""
        return _sealer().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open what `encrypt` sealed."""
        return _sealer().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the last one: without it nobody could sign in."""
        left = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return bool(left.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())

    def _get_site_name(self) -> str:
        return "Pasokh"


class OnceOnly(BaseAuthenticateForm):
    """A code counts once in all the time in which it is taken; allauth remembers one period."""

    def clean_code(self) -> str:
        """Take the code, unless it was taken before."""
        code: str = super().clean_code()
        if not cache.add(f"code-used:{self.user.pk}:{code}", "y", timeout=_TAKEN_SECONDS):
            self._emit_authentication_failed(self.authenticator)
            raise SecondFactor().validation_error("incorrect_code")
        return code


class CodeForm(OnceOnly, AuthenticateForm):
    """A code at sign-in, or at a locked desk."""


class CodeAgainForm(OnceOnly, ReauthenticateForm):
    """A code before something that asks for it once more."""


class PasskeyForm(LoginWebAuthnForm):
    """A passkey that is not taken is a failed sign-in."""

    def clean_credential(self) -> Authenticator:
        """Take the passkey, or tell the log."""
        try:
            return super().clean_credential()
        except ValidationError:
            record_failure("passkey")
            raise


@receiver(authentication_failed)
def code_failed(user: Any, **_: Any) -> None:
    """Tell the log of a code that did not fit (a signal's receiver)."""
    record_failure("password_totp", user.person_id)


def _sealer() -> Fernet:
    key = sha256(b"second factor\0" + settings.SECRET_KEY.encode()).digest()
    return Fernet(urlsafe_b64encode(key))

"""The organisation's own sign-in (OpenID Connect): a way in for invited people, not a register."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.db import transaction
from django.http import HttpRequest

from pasokh.office.invitations import INVITED_IN_SESSION, accept, invitation_of
from pasokh.office.sign_in import record_failure
from pasokh.office.trouble import trouble


class InvitedOnly(DefaultSocialAccountAdapter):
    """Binds an outside identity (issuer and `sub`) to a person once, by an open invitation."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        """Refuse: an outside identity alone makes nobody a member of the staff."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in who is bound; bind who holds an invitation; refuse the rest."""
        if sociallogin.is_existing:
            return
        invitation = invitation_of(request.session.get(INVITED_IN_SESSION, ""))
        if invitation is None or not _is_meant(invitation.person.email, sociallogin):
            record_failure("oidc")
            raise ImmediateHttpResponse(trouble(request, "not_invited", 403))
        with transaction.atomic():
            if not accept(invitation):
                raise ImmediateHttpResponse(trouble(request, "invitation", 410))
            invitation.person.refresh_from_db()
            sociallogin.connect(request, invitation.person)
        del request.session[INVITED_IN_SESSION]

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Tell the log, and the person in words."""
        super().on_authentication_error(request, *args, **kwargs)
        record_failure("oidc")
        raise ImmediateHttpResponse(trouble(request, "oidc", 502))


def _is_meant(email: str, sociallogin: SocialLogin) -> bool:
    """Without an address the link decides; with one, the provider must have verified it."""
    verified = {found.email.lower() for found in sociallogin.email_addresses if found.verified}
    return not email or email.lower() in verified

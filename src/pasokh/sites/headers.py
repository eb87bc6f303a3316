"""What every answer tells the browser: nothing inline, nothing from elsewhere."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class SecurityHeaders:
    """Sets the Content-Security-Policy and its companions."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        self._forms = settings.PASOKH_FORM_ORIGINS
        self._policy = content_security_policy(self._forms)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add them, whoever answered."""
        response = self._get_response(request)
        connects_to = getattr(response, "connects_to", "")
        response["Content-Security-Policy"] = (
            content_security_policy(self._forms, connects_to) if connects_to else self._policy
        )
        response["X-Frame-Options"] = "DENY"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if "Cache-Control" not in response:  # files under static/ have theirs
            response["Cache-Control"] = "no-store"
        return response


def content_security_policy(form_origins: list[str], connects_to: str = "") -> str:
    """Write the policy; a sign-in form may lead to the organisation's own provider.

    `connects_to`: where besides the centre itself a page's scripts may speak to.
    """
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "font-src 'self'",
            "img-src 'self'",
            f"connect-src 'self' {connects_to}".strip(),
            "media-src 'self'",
            "worker-src 'self'",
            " ".join(["form-action 'self'", *form_origins]),
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
        )
    )

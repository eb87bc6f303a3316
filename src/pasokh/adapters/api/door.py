"""The door: who asks, in which language, from which page. Every route passes it."""

from typing import TypeAlias
from urllib.parse import parse_qs

from pasokh.adapters.api.problems import ProblemRaised
from pasokh.adapters.api.scopes import SCOPES, WHILE_LOCKED, Grant, Scope
from pasokh.adapters.api.sentences import chosen_language
from pasokh.adapters.api.sessions import Sessions, cookie_in
from pasokh.adapters.api.tokens import TokenBook

HeaderTable: TypeAlias = dict[bytes, bytes]

_BEARER = b"bearer "
_CHALLENGE = ((b"www-authenticate", b'Bearer realm="pasokh"'),)


class Door:
    """Lets in who has a token or is signed in, and to a drill's page whoever comes."""

    def __init__(
        self, tokens: TokenBook, sessions: Sessions, anonymous: Grant | None = None
    ) -> None:
        """`anonymous` is what somebody without either may do: nothing, unless it is a drill."""
        self._tokens = tokens
        self._sessions = sessions
        self._anonymous = anonymous

    def enter(self, method: str, path: str, headers: HeaderTable) -> Grant | None:
        """Give the grant for a route (its template), or raise the problem that forbids it."""
        scope = SCOPES[method, path]
        grant = self._grant_of(method, headers)
        if scope is None:
            return grant
        if grant is None or not grant.allows(scope):
            raise _turned_away(scope, grant, headers)
        if (
            grant.session is not None
            and grant.session.locked
            and (method, path) not in WHILE_LOCKED
        ):
            raise ProblemRaised("session-locked")
        return grant

    def _grant_of(self, method: str, headers: HeaderTable) -> Grant | None:
        sent = headers.get(b"authorization")
        if sent is not None:
            return self._token_grant(sent)
        cookie = cookie_in(headers.get(b"cookie", b""))
        grant = None if cookie is None else self._sessions.grant_of(cookie)
        if grant is None:
            return self._anonymous
        if method == "POST":
            own_page_surely(headers)
        return grant

    def _token_grant(self, sent: bytes) -> Grant:
        if sent[: len(_BEARER)].lower() != _BEARER:
            raise ProblemRaised("bad-token", headers=_CHALLENGE)
        grant = self._tokens.grant_of(sent[len(_BEARER) :].strip())
        if grant is None:
            raise ProblemRaised("bad-token", headers=_CHALLENGE)
        return grant


def _turned_away(scope: Scope, grant: Grant | None, headers: HeaderTable) -> ProblemRaised:
    """Say what is missing: another scope, another role, or any proof of who asks."""
    if grant is not None and grant.session is not None:
        return ProblemRaised("not-your-role", detail=f"scope: {scope.value}")
    if grant is not None and b"authorization" in headers:
        return ProblemRaised("no-scope", detail=f"scope: {scope.value}")
    signed_in_once = cookie_in(headers.get(b"cookie", b"")) is not None
    return ProblemRaised("no-session" if signed_in_once else "no-token", headers=_CHALLENGE)


def own_page_surely(headers: HeaderTable) -> None:
    """Refuse what a browser sends for its cookie's sake alone: it must say which page asks."""
    if b"origin" not in headers and b"sec-fetch-site" not in headers:
        raise ProblemRaised("foreign-page")
    own_page_only(headers)


def own_page_only(headers: HeaderTable) -> None:
    """Refuse what a page of another site makes a browser send."""
    origin = headers.get(b"origin")
    if headers.get(b"sec-fetch-site", b"same-origin") not in {b"same-origin", b"none"}:
        raise ProblemRaised("foreign-page")
    if origin is not None and origin.partition(b"://")[2] != headers.get(b"host"):
        raise ProblemRaised("foreign-page")


def json_body_only(headers: HeaderTable) -> None:
    """Refuse a body that does not call itself JSON: no form of a foreign page can."""
    media = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
    if media != b"application/json":
        raise ProblemRaised("not-json", detail=media.decode("latin-1")[:100])


def language_for(query: bytes, headers: HeaderTable) -> str:
    """Choose the language of an answer: `?language=` before Accept-Language before Persian."""
    asked = None
    if b"language=" in query:
        asked = parse_qs(query.decode("latin-1")).get("language", [""])[0]
    return chosen_language(asked, headers.get(b"accept-language", b"").decode("latin-1"))

"""Who gets in: every route has a row, every token its scopes, a drill's visitor the page only."""

import json
import re
from pathlib import Path

import pytest
from litestar.routes import HTTPRoute

from pasokh.adapters.api.openapi import document_of
from pasokh.adapters.api.scopes import SCOPES, Scope, command_name
from pasokh.adapters.api.tokens import TokenRefused, add_token, list_tokens, revoke_token
from pasokh.control_room.decide import COMMANDS
from pasokh.core.people import Role
from tests.adapters.api.centre import Served, run

COMES_WITH = {
    (Scope.READ, Scope.WATCH),
    (Scope.ANSWER, Scope.INTAKE),
    (Scope.DOORS, Scope.INTAKE),
    (Scope.OFFICE, Scope.STAFF),
    (Scope.OFFICE, Scope.REFERENCE),
    (Scope.OFFICE, Scope.REVIEW),
    (Scope.OFFICE, Scope.NEWSROOM),
    (Scope.STAFF, Scope.NEWSROOM),
}
FRONT_ROUTES = {
    ("GET", "/stream"),
    ("GET", "/live/stream"),
    ("GET", "/desk/stream"),
    ("GET", "/desk/snapshot"),
}


READS_ENGLISH = {"Accept": "text/html", "Accept-Language": "en"}


def routes_of(centre: Served) -> set[tuple[str, str]]:
    """Every route that exists: Litestar's, the front's, and one for each command."""
    found = set(FRONT_ROUTES)
    for route in centre.site.routes:
        assert isinstance(route, HTTPRoute)
        path = re.sub(r"\{(\w+):\w+\}", r"{\1}", route.path_format)
        for handler in route.route_handlers:
            found |= {(m, handler.opt.get("path", path)) for m in handler.http_methods}
    found = {(method, path) for method, path in found if method != "OPTIONS"}
    return found | {("POST", f"/commands/{command_name(kind)}") for kind in COMMANDS}


def concrete(path: str) -> str:
    return (
        path.replace("{day}", "2026-11-03")
        .replace("{name}", "inner/a.js")
        .replace("{", "")
        .replace("}", "")
    )


def test_every_route_has_its_row_and_every_row_its_route(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        routes = {
            (m, p if p != "/static/page" else "/static/page/{name}") for m, p in routes_of(centre)
        }
        assert routes == set(SCOPES)

    run(scene, tmp_path)


@pytest.mark.slow
def test_without_a_token_only_the_open_routes_answer(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        for (method, path), scope in SCOPES.items():
            answer = await centre.client.request(method, concrete(path))
            assert (answer.status_code == 401) is (scope is not None), path
            if answer.status_code == 401:
                assert answer.headers["www-authenticate"].startswith("Bearer")

    run(scene, tmp_path)


@pytest.mark.slow
def test_a_token_without_the_scope_is_forbidden_everywhere_else(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        for scope in Scope:
            headers = centre.token(scope)
            for (method, path), needed in SCOPES.items():
                if needed in {None, scope} or path.endswith("stream"):
                    continue
                answer = await centre.client.request(method, concrete(path), headers=headers)
                let_in = (scope, needed) in COMES_WITH
                assert (answer.status_code == 403) is not let_in, (scope, path)

    run(scene, tmp_path)


@pytest.mark.slow
def test_a_visitor_of_a_drill_may_watch_and_set_the_pace_and_no_more(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        for (method, path), needed in SCOPES.items():
            if path.endswith("stream"):
                continue
            answer = await centre.client.request(method, concrete(path))
            let_in = needed in {None, Scope.WATCH}
            assert (answer.status_code != 401) is let_in, path

    run(scene, tmp_path, demo=True)


@pytest.mark.slow
@pytest.mark.parametrize("host", ["evil.example", "evil.example:8110", "127.0.0.1.evil.example"])
def test_a_visitor_must_use_this_machines_own_name(tmp_path: Path, host: str) -> None:
    async def scene(centre: Served) -> None:
        answer = await centre.client.get("/fa/", headers={"Host": host})
        assert answer.status_code == 421

    run(scene, tmp_path, demo=True)


@pytest.mark.slow
@pytest.mark.parametrize(
    "trace",
    [
        {"X-Forwarded-For": "192.0.2.7"},
        {"X-Forwarded-Proto": "https"},
        {"X-Real-IP": "192.0.2.7"},
        {"Forwarded": "for=192.0.2.7"},
        {"Via": "1.1 proxy"},
    ],
)
def test_a_drill_serves_nothing_through_a_proxy_that_says_so(
    tmp_path: Path, trace: dict[str, str]
) -> None:
    async def scene(centre: Served) -> None:
        for path in ("/fa/", "/views/board", "/office/fa/accounts/login/", "/health"):
            answer = await centre.client.get(path, headers=trace)
            assert (answer.status_code, answer.json()["type"]) == (421, "/problems/through-proxy")
            assert "--empty" in answer.json()["mend"]
        page = await centre.client.get("/en/", headers=trace | READS_ENGLISH)
        assert page.status_code == 421
        assert "proxy" in page.text

    run(scene, tmp_path, demo=True)


def test_who_comes_to_a_real_centre_is_nobodys_visitor(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        for path, office in (("/", "fa"), ("/fa/", "fa"), ("/en/", "en")):
            asked = await centre.client.get(path)
            assert (asked.status_code, asked.json()["type"]) == (401, "/problems/no-token")
            page = await centre.client.get(path, headers={"Accept": "text/html,*/*"})
            assert (page.status_code, page.headers["location"]) == (303, f"/office/{office}/")
        told = await centre.client.get("/views/board", headers={"Accept": "text/html"})
        assert told.status_code == 401

    run(scene, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize(
    "foreign",
    [{"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}],
)
def test_a_foreign_page_cannot_set_the_pace(tmp_path: Path, foreign: dict[str, str]) -> None:
    async def scene(centre: Served) -> None:
        form = {"pace": "60", "back": "/en/"}
        answer = await centre.client.post("/demo/pace", data=form, headers=foreign)
        assert answer.status_code == 403
        assert centre.pace.pace == 1
        own = {"Origin": "http://127.0.0.1:8110", "Sec-Fetch-Site": "same-origin"}
        answer = await centre.client.post("/demo/pace", data=form, headers=own)
        assert (answer.status_code, answer.headers["location"]) == (303, "/en/")
        assert centre.pace.pace == 60
        away = await centre.client.post("/demo/pace", data={"pace": "1", "back": "//evil.example/"})
        assert away.headers["location"] == "/"

    run(scene, tmp_path, demo=True)


def test_tokens_end_when_they_expire_or_are_revoked(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        soon = centre.token(Scope.READ, expires_at=centre.wall.now() + 60_000)
        gone = centre.token(Scope.READ)
        assert (await centre.client.get("/log/head", headers=soon)).status_code == 200
        assert (await centre.client.get("/log/head", headers=gone)).status_code == 200
        revoke_token(tmp_path, "m-2")
        later = centre.wall.now() + 61_000
        centre.wall.now = lambda: later  # type: ignore[method-assign]
        for headers in (soon, gone, {"Authorization": "Basic x"}, {"Authorization": "Bearer "}):
            assert (await centre.client.get("/log/head", headers=headers)).status_code == 401

    run(scene, tmp_path)


def test_the_file_keeps_no_token_and_nobody_else_reads_it(tmp_path: Path) -> None:
    token = add_token(tmp_path, name="gate", role=Role.MACHINE, scopes=[Scope.READ], now=1)
    kept = (tmp_path / "tokens.json").read_text()
    assert token not in kept
    assert token.removeprefix("pasokh_") not in kept
    assert (tmp_path / "tokens.json").stat().st_mode & 0o777 == 0o600
    assert [row.name for row in list_tokens(tmp_path)] == ["gate"]
    with pytest.raises(TokenRefused, match="already"):
        add_token(tmp_path, name="gate", role=Role.MACHINE, scopes=[Scope.READ], now=1)
    with pytest.raises(TokenRefused, match="Expected"):
        add_token(tmp_path, name="two words", role=Role.MACHINE, scopes=[Scope.READ], now=1)
    with pytest.raises(TokenRefused, match="no token"):
        revoke_token(tmp_path, "gates")


@pytest.mark.slow
def test_every_answer_carries_the_security_headers(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        for method, path in SCOPES:
            if path.endswith("stream"):
                continue
            answer = await centre.client.request(method, concrete(path))
            assert answer.headers["x-content-type-options"] == "nosniff", path
            assert "default-src" in answer.headers["content-security-policy"], path

    run(scene, tmp_path, demo=True)


def test_the_document_has_every_machine_route(tmp_path: Path) -> None:
    document = json.loads(document_of("0"))
    told = {(m.upper(), path) for path, methods in document["paths"].items() for m in methods}
    browsers = {"/", "/fa/", "/en/", "/static/page/{name}", "/demo/pace", "/openapi.json"}
    assert told == {row for row in SCOPES if row[1] not in browsers}

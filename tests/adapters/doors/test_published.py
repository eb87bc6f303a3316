"""The doors give the published folder away as it is, and nothing beside it."""

from pathlib import Path

import pytest

from pasokh.adapters.archive.centre_log import make_log_key
from pasokh.adapters.archive.files import DiskFiles
from pasokh.adapters.archive.stand_alone import publish_verifier
from tests.adapters.doors.doors import Doors, play

PUBLISHED = {
    "index.html": b"<!doctype html>",
    "fa/index.html": "آمار".encode(),
    "days/2026-11-08/calls.csv": b"from,to\n",
    "days/2026-11-08/operational-share-1.0.json.tlog-proof": b"c2sp.org/tlog-proof@v1\n",
    "tile/entries/000.p/5": b"\x00\x01",
    "checkpoint": b"log\n",
}


def publish(folder: Path) -> None:
    (folder / "secret.txt").write_bytes(b"salts")
    for path, raw in PUBLISHED.items():
        file = folder / "public" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(raw)


def test_every_published_file_is_given_as_it_lies_there(tmp_path: Path) -> None:
    publish(tmp_path)

    async def scene(doors: Doors) -> None:
        for path, raw in PUBLISHED.items():
            answer = await doors.client.get(f"/figures/{path}")
            assert (answer.status_code, answer.content) == (200, raw), path
            assert answer.headers["access-control-allow-origin"] == "*"
            assert "set-cookie" not in answer.headers
        page = await doors.client.get("/figures/fa/")
        assert page.content == PUBLISHED["fa/index.html"]
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert "default-src 'none'" in page.headers["content-security-policy"]
        rows = await doors.client.get("/figures/days/2026-11-08/calls.csv")
        assert rows.headers["content-type"] == "text/csv; charset=utf-8"
        for folder in ("", "/fa"):
            away = await doors.client.get(f"/figures{folder}")
            assert (away.status_code, away.headers["location"]) == (308, f"/figures{folder}/")
        assert (await doors.client.post("/figures/")).status_code == 405

    play(scene, tmp_path)


def test_the_page_that_checks_a_figure_may_run_there_and_ask_nobody_else(tmp_path: Path) -> None:
    publish(tmp_path)
    key = make_log_key(tmp_path / "keys" / "log.key", "centre.example/log")
    publish_verifier(DiskFiles(tmp_path / "public"), key)

    async def scene(doors: Doors) -> None:
        page = await doors.client.get("/figures/verify.html")
        policy = page.headers["content-security-policy"].split("; ")
        assert {"default-src 'none'", "script-src 'self'", "connect-src 'self'"} <= {*policy}
        for file in (tmp_path / "public" / "verify").glob("*.js"):
            module = await doors.client.get(f"/figures/verify/{file.name}")
            assert module.headers["content-type"] == "text/javascript; charset=utf-8"
        assert (await doors.client.get("/figures/log-key.txt")).text == f"{key}\n"

    play(scene, tmp_path)


OPEN_DATA = {
    "days/2026-11-08/calls.csv": b"text/csv; charset=utf-8",
    "days/2026-11-08/calls.csv-metadata.json": b"application/csvm+json",
    "days/2026-11-08/calls.parquet": b"application/vnd.apache.parquet",
    "days/2026-11-08/datapackage.json": b"application/json",
    "catalog.jsonld": b"application/ld+json",
    "licence.txt": b"text/plain; charset=utf-8",
    "tile/0/000": b"application/octet-stream",
    "tile/entries/x001/234": b"application/octet-stream",
}


def test_open_data_has_its_media_types_and_is_read_again_only_when_it_changed(
    tmp_path: Path,
) -> None:
    for path in OPEN_DATA:
        file = tmp_path / "public" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(path.encode())

    async def scene(doors: Doors) -> None:
        for path, media in OPEN_DATA.items():
            answer = await doors.client.get(f"/figures/{path}")
            assert answer.headers["content-type"] == media.decode()
            assert answer.headers["access-control-allow-origin"] == "*"
            tag = answer.headers["etag"]
            for known in (tag, f'"other", W/{tag}'):
                again = await doors.client.get(f"/figures/{path}", headers={"if-none-match": known})
                assert (again.status_code, again.content) == (304, b"")
            forever = "immutable" in answer.headers["cache-control"]
            assert forever is path.startswith("tile/")
        rows = "/figures/days/2026-11-08/calls.csv"
        head = await doors.client.head(rows)
        assert head.status_code == 200
        assert head.headers["link"].startswith("<calls.csv-metadata.json>; rel=")
        (tmp_path / "public/days/2026-11-08/calls.csv").write_bytes(b"other")
        known = {"if-none-match": head.headers["etag"]}
        assert (await doors.client.get(rows, headers=known)).content == b"other"

    play(scene, tmp_path)


@pytest.mark.parametrize(
    "path",
    [
        "nothing.html",
        "days/2026-11-08/",
        "checkpoint/x",
        "../secret.txt",
        "%2e%2e/secret.txt",
        "fa/..%2f..%2fsecret.txt",
        ".hidden",
        "fa//index.html",
        "fa/%00",
    ],
)
def test_what_is_not_published_is_not_there(tmp_path: Path, path: str) -> None:
    publish(tmp_path)

    async def scene(doors: Doors) -> None:
        answer = await doors.client.get(f"/figures/{path}")
        assert answer.status_code == 404
        assert b"salts" not in answer.content

    play(scene, tmp_path)

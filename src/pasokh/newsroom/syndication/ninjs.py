"""A news release as IPTC ninjs 3.0: what newspapers' and agencies' systems take in.

One item a version, under the address of the release: a system that has the old version replaces it.
"""

from enum import StrEnum
from typing import Any

from msgspec import Struct

from pasokh.core.time import Instant, iso_instant
from pasokh.newsroom.site.texts import AnyText
from pasokh.press.texts import NewsAbout, NewsPicture, plain

MEDIA = "application/json; charset=utf-8"
STANDARD = {
    "name": "ninjs",
    "version": "3.0",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json",
}


class PubStatus(StrEnum):
    """Whether an item may be used: `withheld` until its hour, `canceled` when it was withdrawn."""

    USABLE = "usable"
    WITHHELD = "withheld"
    CANCELED = "canceled"


class NinjsItem(Struct, frozen=True):
    """A version of a release to be written. `uri`: the release's address in the language.

    `others`: its addresses in other languages. `withdrawn`: why it is shown no more, then without
    a text. `files`: where pictures lie, with `/` at its end. `proof`: where its proof lies.
    `topics`: what they are called in the language, by their codes.
    """

    news_id: str
    number: int
    kind: str
    language: str
    uri: str
    office: str
    first_at: Instant
    out_at: Instant
    text: AnyText | None = None
    withdrawn: str = ""
    others: dict[str, str] = {}
    files: str = ""
    proof: str = ""
    topics: dict[str, str] = {}


def write_ninjs_list(
    uri: str, office: str, language: str, items: list[NinjsItem], now: Instant
) -> dict[str, Any]:
    """Write the newest items as one of type `composite`; each says where it is whole."""
    return {
        "uri": uri,
        "standard": STANDARD,
        "type": "composite",
        "representationType": "full",
        "versionCreated": iso_instant(max((one.out_at for one in items), default=0)),
        "pubStatus": PubStatus.USABLE.value,
        "language": language,
        "title": office,
        "infoSources": [{"name": office, "role": "issuer"}],
        "associations": [
            {
                "name": f"item-{number}",
                "uri": one.uri,
                "type": "text",
                "representationType": "partial",
                "version": str(one.number),
                "versionCreated": iso_instant(one.out_at),
                "pubStatus": _status(one, now).value,
                "language": one.language,
                **({"headlines": _headlines(one, one.text)} if one.text else {}),
                "renditions": [{"name": "ninjs", "href": f"{one.uri}ninjs.json"}],
            }
            for number, one in enumerate(items, 1)
        ],
    }


def write_ninjs(item: NinjsItem, now: Instant) -> dict[str, Any]:
    """Write an item as ninjs 3.0. What is not out by `now` is `withheld`, with its hour."""
    status = _status(item, now)
    return {
        "uri": item.uri,
        "standard": STANDARD,
        "type": "text",
        "representationType": "full" if item.text else "partial",
        "version": str(item.number),
        "firstCreated": iso_instant(item.first_at),
        "versionCreated": iso_instant(item.out_at),
        "pubStatus": status.value,
        **({"embargoedUntil": iso_instant(item.out_at)} if status is PubStatus.WITHHELD else {}),
        "language": item.language,
        "altIds": [{"role": "news-id", "value": item.news_id}],
        "infoSources": [{"name": item.office, "role": "issuer"}],
        "copyrightHolder": item.office,
        **({"genres": [{"name": item.kind}]} if item.kind else {}),
        **(_words(item, item.text) if item.text else {}),
        **({"edNote": item.withdrawn} if item.withdrawn else {}),
        **({"trustIndicators": [_proof(item.proof)]} if item.proof else {}),
    }


def _status(item: NinjsItem, now: Instant) -> PubStatus:
    if item.withdrawn:
        return PubStatus.CANCELED
    return PubStatus.WITHHELD if item.out_at > now else PubStatus.USABLE


def _words(item: NinjsItem, text: AnyText) -> dict[str, Any]:
    words, about = text.words[item.language], text.told
    lead, body = (plain(part, about.quoted, item.language) for part in (words.lead, words.body))
    note = text.correction.get(item.language, "")
    contact = about.contact.get(item.language, "")
    return {
        "headlines": _headlines(item, text),
        **({"descriptions": [_part("summary", lead)]} if lead else {}),
        "bodies": [
            {**_part("main", body), "charCount": len(body), "wordCount": len(body.split())},
        ],
        **({"edNote": note} if note else {}),
        **({"subjects": [_subject(one, item) for one in about.topics]} if about.topics else {}),
        **({"places": [{"literal": one} for one in about.counties]} if about.counties else {}),
        **({"organisations": [_speaker(item.office, contact)]} if contact else {}),
        **_associations(item, about),
    }


def _headlines(item: NinjsItem, text: AnyText) -> list[dict[str, Any]]:
    title = plain(text.words[item.language].title, text.told.quoted, item.language)
    return [_part("main", title)]


def _subject(code: str, item: NinjsItem) -> dict[str, str]:
    return {"name": item.topics.get(code, code), "literal": code}


def _part(role: str, text: str) -> dict[str, Any]:
    return {"role": role, "contentType": "text/plain", "value": text}


def _speaker(office: str, contact: str) -> dict[str, Any]:
    return {"name": office, "rel": "contact", "contactInfo": [{"role": "press", "value": contact}]}


def _associations(item: NinjsItem, about: NewsAbout) -> dict[str, Any]:
    translations = [
        {"name": f"translation-{language}", "uri": uri, "type": "text", "language": language}
        for language, uri in item.others.items()
    ]
    pictures = [_picture(item, number, one) for number, one in enumerate(about.pictures, 1)]
    found = [*translations, *(pictures if item.files else [])]
    return {"associations": found} if found else {}


def _picture(item: NinjsItem, number: int, picture: NewsPicture) -> dict[str, Any]:
    suffix = picture.media.removeprefix("image/").replace("jpeg", "jpg")
    href = f"{item.files}{picture.sha256}.{suffix}"
    return {
        "name": f"picture-{number}",
        "uri": href,
        "type": "picture",
        "by": picture.credit,
        "usageTerms": picture.licence,
        "descriptions": [
            _part(role, told[item.language])
            for role, told in (("caption", picture.caption), ("alt-text", picture.alt))
            if item.language in told
        ],
        "renditions": [
            {
                "name": "original",
                "href": href,
                "contentType": picture.media,
                "width": picture.width,
                "height": picture.height,
            }
        ],
    }


def _proof(address: str) -> dict[str, str]:
    return {"role": "https://c2sp.org/tlog-proof", "href": address}

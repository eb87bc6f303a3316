"""The map of the site for search engines (sitemaps.org 0.9): every release in its languages."""

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement, tostring

from msgspec import Struct

from pasokh.core.time import Instant, iso_instant

_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
# The protocol's bound is 50,000 addresses and 50 MB a file; ours hold less, for what reads them.
RELEASES_A_FILE = 10_000


class MappedPage(Struct, frozen=True):
    """A page in its languages, and when it was last changed. `addresses`: by language."""

    addresses: Mapping[str, str]
    changed_at: Instant | None = None


def write_sitemap(pages: Iterable[MappedPage]) -> bytes:
    """Write a file: each language of a page is an address that names the others."""
    root = Element("urlset", {"xmlns": _SPACE, "xmlns:xhtml": _XHTML})
    for page in pages:
        for address in page.addresses.values():
            told = SubElement(root, "url")
            SubElement(told, "loc").text = address
            if page.changed_at is not None:
                SubElement(told, "lastmod").text = iso_instant(page.changed_at)
            for language, other in page.addresses.items():
                SubElement(told, "xhtml:link", rel="alternate", hreflang=language, href=other)
    return _written(root)


def write_sitemap_index(addresses: Iterable[str]) -> bytes:
    """Write the list of the files."""
    root = Element("sitemapindex", {"xmlns": _SPACE})
    for address in addresses:
        SubElement(SubElement(root, "sitemap"), "loc").text = address
    return _written(root)


def _written(root: Element) -> bytes:
    written: bytes = tostring(root, "utf-8", xml_declaration=True)
    return written

"""What programs read, the same in every language."""

from django.urls import path

from pasokh.newsroom.syndication import hub_pages, pages
from pasokh.press.feeds import HUB_AT

urlpatterns = [
    path("newsroom/feeds/<str:language>/<str:file>", hub_pages.feed, name="newsroom-feed"),
    path(HUB_AT, hub_pages.hub, name="newsroom-hub"),
    path("newsroom/sitemap.xml", pages.sitemap_index, name="newsroom-sitemap-index"),
    path("newsroom/sitemap-<int:number>.xml", pages.sitemap, name="newsroom-sitemap"),
]

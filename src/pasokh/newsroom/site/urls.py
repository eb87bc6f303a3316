"""The site's addresses, below the language."""

from django.urls import path

from pasokh.newsroom.site import figure_pages, pages, release_page

urlpatterns = [
    path("", pages.front, name="newsroom-site"),
    path("news/", pages.archive, name="newsroom-site-months"),
    path("news/in/<str:written>/", pages.month, name="newsroom-site-month"),
    path("news/about/", pages.topics, name="newsroom-site-topics"),
    path("news/about/<str:code>/", pages.topic, name="newsroom-site-topic"),
    path("news/from/", pages.counties, name="newsroom-site-counties"),
    path("news/from/<str:code>/", pages.county, name="newsroom-site-county"),
    path("news/<slug:news_id>/", release_page.release, name="newsroom-site-release"),
    path("news/<slug:news_id>/text/", release_page.release_text, name="newsroom-site-text"),
    path("corrections/", pages.corrections, name="newsroom-site-corrections"),
    path("search/", pages.search, name="newsroom-site-search"),
    path("figures/", figure_pages.figures, name="newsroom-site-figures"),
    path("calendar/", figure_pages.calendar, name="newsroom-site-calendar"),
    path("method/", figure_pages.method, name="newsroom-site-method"),
    path("about/", figure_pages.about, name="newsroom-site-about"),
    path("media-kit/", pages.media_kit, name="newsroom-site-kit"),
]

"""What programs read in one language."""

from django.urls import path

from pasokh.newsroom.syndication import pages

urlpatterns = [
    path("news/ninjs.json", pages.ninjs_newest, name="newsroom-ninjs-newest"),
    path("news/<slug:news_id>/ninjs.json", pages.ninjs, name="newsroom-ninjs"),
    path("news/<slug:news_id>/<int:number>/ninjs.json", pages.ninjs, name="newsroom-ninjs-version"),
    path("calendar/releases.ics", pages.releases_ics, name="newsroom-calendar"),
]

"""The site's addresses for the press office."""

from django.urls import path

from pasokh.newsroom.site import desk_page

urlpatterns = [path("embargo/", desk_page.embargo_reads, name="embargo-reads")]

"""The staff's addresses about coverage."""

from django.urls import path

from pasokh.newsroom.coverage import desk_pages

urlpatterns = [
    path("coverage/", desk_pages.coverage_desk, name="coverage-desk"),
    path("coverage/<int:coverage_id>/", desk_pages.coverage_one, name="coverage-one"),
    path("coverage/<int:coverage_id>/ask/", desk_pages.coverage_ask, name="coverage-ask"),
    path("coverage/<int:coverage_id>/aside/", desk_pages.coverage_aside, name="coverage-aside"),
]

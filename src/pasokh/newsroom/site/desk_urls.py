"""The site's addresses for the press office."""

from django.urls import path

from pasokh.newsroom.site import desk_page, topics_desk

urlpatterns = [
    path("embargo/", desk_page.embargo_reads, name="embargo-reads"),
    path("topics/", topics_desk.topics_desk, name="topics-desk"),
    path("topics/name/", topics_desk.topic_name_step, name="topic-name"),
]

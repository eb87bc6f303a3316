"""Files that were given out at meetings: the same in every language."""

from django.urls import path

from pasokh.newsroom.meetings import file_page

urlpatterns = [
    path("newsroom/agenda/files/<str:name>", file_page.meeting_file, name="meeting-file"),
]

"""The meetings' addresses for the press office."""

from django.urls import path

from pasokh.newsroom.meetings import desk_pages, door_pages

urlpatterns = [
    path("meetings/", desk_pages.meetings_desk, name="meetings-desk"),
    path("meetings/new/", desk_pages.meeting_new, name="meeting-new"),
    path("meetings/promises/<int:promise_id>/", desk_pages.promise_kept, name="promise-kept"),
    path("meetings/<int:meeting_id>/", desk_pages.meeting_desk, name="meeting-desk"),
    path("meetings/<int:meeting_id>/edit/", desk_pages.meeting_edit, name="meeting-edit"),
    path("meetings/<int:meeting_id>/door/", door_pages.meeting_door, name="meeting-door"),
    path(
        "meetings/<int:meeting_id>/door/walk-in/",
        door_pages.meeting_walk_in,
        name="meeting-walk-in",
    ),
    path(
        "meetings/<int:meeting_id>/door/<str:code>/",
        door_pages.meeting_door_seat,
        name="meeting-door-seat",
    ),
    path("meetings/<int:meeting_id>/<str:step>/", desk_pages.meeting_step, name="meeting-step"),
]

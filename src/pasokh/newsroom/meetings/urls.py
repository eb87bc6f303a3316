"""The agenda's addresses for everybody."""

from django.urls import path

from pasokh.newsroom.meetings import agenda_pages, ics_pages

urlpatterns = [
    path("agenda/", agenda_pages.agenda, name="agenda"),
    path("agenda/agenda.ics", ics_pages.agenda_ics, name="agenda-ics"),
    path("agenda/<int:meeting_id>/", agenda_pages.meeting, name="meeting"),
    path("agenda/<int:meeting_id>/meeting.ics", ics_pages.meeting_ics, name="meeting-ics"),
    path("agenda/<int:meeting_id>/ask/", agenda_pages.meeting_ask, name="meeting-ask"),
    path(
        "agenda/<int:meeting_id>/register/<str:token>/",
        agenda_pages.meeting_register,
        name="meeting-register",
    ),
    path(
        "agenda/<int:meeting_id>/seat/<str:code>/", agenda_pages.meeting_seat, name="meeting-seat"
    ),
]

"""The public addresses of trust, below the language."""

from django.urls import path

from pasokh.newsroom.trust import pages

urlpatterns = [
    path("survey/", pages.survey_results, name="survey-results"),
    path("survey/<str:token>/", pages.survey, name="survey"),
    path("complaint/", pages.complaint, name="complaint"),
    path("complaint/kept/", pages.complaint_kept, name="complaint-kept"),
    path("complaint/state/", pages.complaint_state, name="complaint-state"),
    path("book/", pages.book_now, name="book-now"),
    path("book/<int:year>/", pages.book, name="book"),
]

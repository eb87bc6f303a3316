"""The question desk's addresses for everybody."""

from django.urls import path

from pasokh.newsroom.questions import public_pages

urlpatterns = [
    path("questions/", public_pages.questions, name="questions"),
    path("questions/link/", public_pages.question_link, name="question-link"),
    path("questions/own/", public_pages.questions_own, name="questions-outlet"),
    path("questions/own/<str:token>/", public_pages.questions_own, name="questions-own"),
    path("questions/<int:question_id>/", public_pages.question, name="question"),
]

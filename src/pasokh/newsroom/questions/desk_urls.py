"""The question desk's addresses for the press office."""

from django.urls import path

from pasokh.newsroom.questions import desk_pages

urlpatterns = [
    path("questions/", desk_pages.questions_desk, name="questions-desk"),
    path("questions/<int:question_id>/", desk_pages.question_desk, name="question-desk"),
    path("questions/<int:question_id>/<str:step>/", desk_pages.question_step, name="question-step"),
]

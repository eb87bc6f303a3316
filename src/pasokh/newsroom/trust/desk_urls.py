"""The staff's addresses of trust, as the office mounts them."""

from django.urls import path

from pasokh.newsroom.trust import desk_pages

urlpatterns = [
    path("complaints/", desk_pages.complaints_desk, name="complaints-desk"),
    path("complaints/<int:number>/pass/", desk_pages.complaint_pass, name="complaint-pass"),
    path(
        "complaints/<int:number>/answer/",
        desk_pages.complaint_answer,
        name="complaint-answer",
    ),
    path("survey/", desk_pages.survey_texts, name="survey-texts"),
]

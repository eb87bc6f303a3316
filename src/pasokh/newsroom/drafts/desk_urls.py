"""The staff's addresses of the editor, below /office/LANGUAGE/press/."""

from django.urls import path

from pasokh.newsroom.drafts import (
    editor_page,
    figure_page,
    list_page,
    out_page,
    picture_page,
    review_page,
    throw_page,
)

_ONE = "drafts/<str:news_id>/"
urlpatterns = [
    path("drafts/", list_page.drafts, name="press-drafts"),
    path("drafts/new/", list_page.draft_new, name="press-draft-new"),
    path(_ONE, editor_page.draft, name="press-draft"),
    path(f"{_ONE}check/", editor_page.draft_check, name="press-draft-check"),
    path(f"{_ONE}figures/", figure_page.draft_figures, name="press-draft-figures"),
    path(f"{_ONE}pictures/", picture_page.draft_pictures, name="press-draft-pictures"),
    path(f"{_ONE}pictures/<str:digest>/", picture_page.draft_picture, name="press-draft-picture"),
    path(f"{_ONE}review/", review_page.draft_review, name="press-draft-review"),
    path(f"{_ONE}throw/", throw_page.draft_throw, name="press-draft-throw"),
    path(f"{_ONE}correct/", list_page.draft_correct, name="press-draft-correct"),
    path(f"{_ONE}out/", out_page.draft_out, name="press-draft-out"),
]

"""The moderators' addresses of comments, as the office mounts them."""

from django.urls import path

from pasokh.newsroom.comments import desk_pages

urlpatterns = [
    path("comments/", desk_pages.comments_desk, name="comments-desk"),
    path("comments/<str:comment_id>/", desk_pages.comment_judge, name="comment-judge"),
    path(
        "comments/<str:comment_id>/appeal/",
        desk_pages.comment_appeal_judge,
        name="comment-appeal-judge",
    ),
]

"""The public addresses of comments, below the language."""

from django.urls import path

from pasokh.newsroom.comments import pages

urlpatterns = [
    path("comments/", pages.comment_rules, name="comment-rules"),
    path("comments/of/<str:news_id>/", pages.comments, name="comments"),
    path("comments/of/<str:news_id>/sent/", pages.comment_sent, name="comment-sent"),
    path("comments/confirm/<str:token>/", pages.comment_confirm, name="comment-confirm"),
    path("comments/appeal/<str:token>/", pages.comment_appeal, name="comment-appeal"),
]

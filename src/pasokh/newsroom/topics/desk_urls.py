"""The staff's addresses about topics."""

from django.urls import path

from pasokh.newsroom.topics import desk_pages

urlpatterns = [
    path("proposals/", desk_pages.proposals_desk, name="proposals-desk"),
    path("proposals/new/", desk_pages.proposal_desk_new, name="proposal-desk-new"),
    path("proposals/<str:topic_id>/", desk_pages.proposal_desk, name="proposal-desk"),
    path(
        "proposals/<str:topic_id>/remark/",
        desk_pages.proposal_desk_remark,
        name="proposal-desk-remark",
    ),
    path(
        "proposals/<str:topic_id>/step/<str:step>/",
        desk_pages.proposal_desk_step,
        name="proposal-desk-step",
    ),
]

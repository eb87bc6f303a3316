"""The topic programme's addresses for everybody."""

from django.urls import path

from pasokh.newsroom.topics import pages

urlpatterns = [
    path("proposals/", pages.proposals, name="proposals"),
    path("proposals/new/", pages.proposal_new, name="proposal-new"),
    path("proposals/county/<str:county>/", pages.proposals_county, name="proposals-county"),
    path("proposals/<str:topic_id>/", pages.proposal, name="proposal"),
    path("proposals/<str:topic_id>/vote/", pages.proposal_vote, name="proposal-vote"),
    path("proposals/<str:topic_id>/remark/", pages.proposal_remark, name="proposal-remark"),
]

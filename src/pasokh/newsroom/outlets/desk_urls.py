"""The staff's addresses about outlets."""

from django.urls import path

from pasokh.newsroom.outlets import desk_pages

urlpatterns = [
    path("outlets/", desk_pages.outlets_desk, name="outlets-desk"),
    path("outlets/<str:outlet_id>/", desk_pages.outlet_desk, name="outlet-desk"),
    path("outlets/<str:outlet_id>/decide/", desk_pages.outlet_decide, name="outlet-decide"),
]

"""The staff's addresses about deliveries."""

from django.urls import path

from pasokh.newsroom.syndication import desk_pages

urlpatterns = [
    path("deliveries/", desk_pages.deliveries, name="deliveries"),
    path(
        "deliveries/<str:kind>/<int:key>/<str:step>/",
        desk_pages.delivery_step,
        name="delivery-step",
    ),
]

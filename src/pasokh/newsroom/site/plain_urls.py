"""What is the same in every language."""

from django.urls import re_path

from pasokh.newsroom.site import pictures

urlpatterns = [
    re_path(
        r"^newsroom/pictures/(?P<digest>[0-9a-f]{64})\.(?P<suffix>jpg|png|webp)$",
        pictures.picture,
        name="newsroom-site-picture",
    ),
]

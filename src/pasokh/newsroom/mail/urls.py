"""The public's page of letters, in a demonstration."""

from django.urls import path

from pasokh.newsroom.mail import pages

urlpatterns = [path("letters/", pages.letters, name="letters")]

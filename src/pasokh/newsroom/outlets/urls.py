"""The outlets' addresses for everybody."""

from django.urls import path

from pasokh.newsroom.outlets import own_pages, pages

urlpatterns = [
    path("outlets/", pages.outlets, name="outlets"),
    path("outlets/rules/", pages.outlet_rules, name="outlet-rules"),
    path("outlets/register/", pages.outlet_register, name="outlet-register"),
    path("outlets/sent/", pages.outlet_sent, name="outlet-sent"),
    path("outlets/enter/", pages.outlet_enter, name="outlet-enter"),
    path("outlets/enter/<str:token>/", pages.outlet_link, name="outlet-link"),
    path("outlets/own/", own_pages.outlet_own, name="outlet-own"),
    path("outlets/own/wish/", own_pages.outlet_wish, name="outlet-wish"),
    path("outlets/own/wish/<int:wish_id>/end/", own_pages.outlet_unwish, name="outlet-unwish"),
    path("outlets/own/hour/", own_pages.outlet_hour, name="outlet-hour"),
    path("outlets/own/webhook/", own_pages.outlet_webhook, name="outlet-webhook"),
    path("outlets/own/<str:step>/", own_pages.outlet_step, name="outlet-step"),
]

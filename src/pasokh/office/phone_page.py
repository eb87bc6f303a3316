"""The telephone's page: the one page that may use a microphone and reach the switch."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pasokh.office.desks import desk_data

_MICROPHONE = "camera=(), geolocation=(), microphone=(self)"


def phone_page(request: HttpRequest) -> HttpResponse:
    """Give the window's page; everything living in it comes from control room and switch."""
    response = render(request, "desk/phone.html", {"desk_data": desk_data(request, "phone")})
    at = urlsplit(settings.PASOKH.phone_url)
    response["Permissions-Policy"] = _MICROPHONE
    response.connects_to = f"{at.scheme}://{at.netloc}" if at.netloc else ""
    return response

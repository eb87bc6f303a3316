"""The office's addresses. Of allauth only what we use: who is not here cannot be misused."""

from allauth.account import views as account
from allauth.socialaccount import views as social
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLResolver, include, path

from pasokh.newsroom import desk_urls
from pasokh.office import (
    calendar_page,
    demo,
    desks,
    here,
    holds_page,
    home_page,
    invitations,
    locking,
    people_pages,
    phone_page,
    reads_page,
    recordings_page,
    sessions_page,
    workbench_page,
)
from pasokh.office.reference import change_pages, import_pages, list_pages
from pasokh.sites.languages import SitePrefix


def office(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """Go to the home page in the usual language."""
    return redirect(f"/office/{settings.PASOKH.language}/")


_ACCOUNTS = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("2fa/", include("allauth.mfa.urls")),
    path("3rdparty/login/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("3rdparty/login/error/", social.login_error, name="socialaccount_login_error"),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
]
_PEOPLE = [
    path("", people_pages.people, name="people"),
    path("new/", people_pages.person_new, name="person-new"),
    path("<str:person_id>/", people_pages.person, name="person"),
    path("<str:person_id>/invite/", people_pages.person_invite, name="person-invite"),
    path("<str:person_id>/dismiss/", people_pages.person_dismiss, name="person-dismiss"),
]
_REFERENCE = [
    path("", list_pages.reference, name="reference"),
    path("<str:name>/", list_pages.reference_list, name="reference-list"),
    path("<str:name>/entry/", list_pages.reference_entry, name="reference-entry"),
    path("<str:name>/download/", list_pages.reference_download, name="reference-download"),
    path("<str:name>/set/", change_pages.reference_set, name="reference-set"),
    path("<str:name>/end/", change_pages.reference_end, name="reference-end"),
    path("<str:name>/give/", change_pages.reference_give, name="reference-give"),
    path("<str:name>/import/", import_pages.reference_import, name="reference-import"),
    path(
        "<str:name>/import/<int:number>/",
        import_pages.reference_import_file,
        name="reference-import-file",
    ),
]
_PAGES = [
    path("", home_page.home, name="home"),
    *(
        path(f"desk/{desk}/", desks.desk_page, {"desk": desk}, name=f"desk-{desk}")
        for desk in desks.DESKS
    ),
    path("phone/", phone_page.phone_page, name="phone"),
    path("people/", include(_PEOPLE)),
    path("reference/", include(_REFERENCE)),
    path("holds/", holds_page.holds, name="holds"),
    path("holds/new/", holds_page.hold_ask, name="hold-ask"),
    path("holds/<str:hold_id>/<str:step>/", holds_page.hold_step, name="hold-step"),
    path("reads/", reads_page.reads, name="reads"),
    path("reads/<int:seq>/review/", reads_page.read_review, name="read-review"),
    path("calendar/", calendar_page.calendar, name="calendar"),
    path("calendar/hour/", calendar_page.calendar_hour, name="calendar-hour"),
    path("calendar/<str:release_id>/", calendar_page.calendar_release, name="calendar-release"),
    path(
        "calendar/<str:release_id>/<str:step>/",
        calendar_page.calendar_step,
        name="calendar-step",
    ),
    path("recordings/", recordings_page.recordings, name="recordings"),
    path("press/", include(desk_urls)),
    path("workbench/", workbench_page.workbench, name="workbench"),
    path("sessions/", sessions_page.sessions, name="sessions"),
    path("sessions/<str:digest>/end/", sessions_page.session_end, name="session-end"),
    path("lock/", locking.lock_desk, name="lock"),
    path("unlock/", locking.unlock_desk, name="unlock"),
    path("unlock/options/", locking.unlock_options, name="unlock-options"),
    path("welcome/<str:token>/", invitations.welcome, name="welcome"),
    path("here/<str:key>/", here.come_in, name="here"),
    path("demo/<str:person_id>/", demo.demo_sign_in, name="demo-sign-in"),
    path("accounts/", include(_ACCOUNTS)),
]
urlpatterns = [path("office/", office, name="office"), URLResolver(SitePrefix(), _PAGES)]

handler403 = "pasokh.office.trouble.forbidden"
handler404 = "pasokh.office.trouble.not_found"
handler500 = "pasokh.office.trouble.broken"

"""Who may change which list, and which list an address names."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from pasokh.core.people import Role
from pasokh.office.reference.seen import line_open
from pasokh.office.trouble import trouble
from pasokh.reference.entries import ListName

# A supervisor moves units and stations; the machine says the same (control_room.listed).
OF_THE_SHIFT = frozenset({ListName.STATION, ListName.UNIT})
_View = Callable[..., HttpResponse]


def may_keep(request: HttpRequest, name: ListName) -> bool:
    """Tell whether the asker may change a list."""
    if request.user.has(Role.ADMINISTRATOR):
        return True
    return name in OF_THE_SHIFT and request.user.has(Role.SUPERVISOR)


def of_a_list(view: _View) -> _View:
    """Give the view the list that the address names; 404 when there is none."""

    @wraps(view)
    def asked(request: HttpRequest, name: str, **kwargs: Any) -> HttpResponse:
        try:
            named = ListName(name)
        except ValueError as error:
            raise Http404 from error
        return view(request, named, **kwargs)

    return line_open(asked)


def for_keepers(view: _View) -> _View:
    """The same, for who may change the list."""

    @wraps(view)
    def asked(request: HttpRequest, name: ListName, **kwargs: Any) -> HttpResponse:
        if not may_keep(request, name):
            return trouble(request, "forbidden", 403)
        return view(request, name, **kwargs)

    return of_a_list(asked)

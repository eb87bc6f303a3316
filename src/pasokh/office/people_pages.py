"""The administrator's pages about people: list, place, invite, dismiss."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.validators import RegexValidator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pasokh.core.ids import ID_PATTERN
from pasokh.core.people import Role
from pasokh.office.announcing import announce, announce_place
from pasokh.office.invitations import invite
from pasokh.office.matrix import STAFF
from pasokh.office.models import Invitation, OfficePerson, OpenedSession
from pasokh.office.sign_in import later
from pasokh.sites.clock import instant_now

_CHOICES = [(role.value, later(f"role.{role.value}")) for role in Role if role in STAFF]


class PlaceForm(forms.ModelForm):
    """A person's name, roles and place. `mine` is the county beyond which nobody is placed."""

    roles = forms.MultipleChoiceField(choices=_CHOICES, widget=forms.CheckboxSelectMultiple)

    class Meta:
        """What is asked."""

        model = OfficePerson
        fields: tuple[str, ...] = ("name", "email", "roles", "county", "station")

    def __init__(self, *args: Any, mine: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._mine = mine

    def clean_county(self) -> str:
        """Hold a county's administrator to that county."""
        county = str(self.cleaned_data["county"])
        if self._mine and county != self._mine:
            raise forms.ValidationError(later("office.error.county"))
        return county


class NewPersonForm(PlaceForm):
    """The same with an id, which never changes afterwards."""

    person_id = forms.CharField(max_length=64, validators=[RegexValidator(ID_PATTERN)])

    class Meta(PlaceForm.Meta):
        """What is asked."""

        fields = ("person_id", *PlaceForm.Meta.fields)


def people(request: HttpRequest) -> HttpResponse:
    """List who works here, in the asker's county."""
    may_change = request.user.has(Role.ADMINISTRATOR)
    listed = _within_reach(request).order_by("dismissed", "name")
    return render(request, "office/people.html", {"people": listed, "may_change": may_change})


def person_new(request: HttpRequest) -> HttpResponse:
    """Create a person and show the link that lets them in."""
    form = NewPersonForm(request.POST or None, mine=request.user.county)
    if form.is_valid():
        with transaction.atomic():
            person = form.save(commit=False)
            person.set_unusable_password()
            person.save()
            announce_place(person)
            token = invite(person)
        return _show_link(request, person, token)
    return render(request, "office/person.html", {"form": form})


def person(request: HttpRequest, person_id: str) -> HttpResponse:
    """Show a person, and change roles or place."""
    found = _found(request, person_id)
    before = (sorted(found.roles), found.county, found.station)
    form = PlaceForm(request.POST or None, instance=found, mine=request.user.county)
    if form.is_valid():
        with transaction.atomic():
            form.save()
            if before != (sorted(found.roles), found.county, found.station):
                announce_place(found)
        return redirect("people")
    return render(request, "office/person.html", {"form": form, "person": found})


@require_POST
def person_invite(request: HttpRequest, person_id: str) -> HttpResponse:
    """Make a new link: for who lost theirs, or every means of signing in."""
    found = _found(request, person_id)
    if found.dismissed:
        raise Http404
    return _show_link(request, found, invite(found))


@require_POST
def person_dismiss(request: HttpRequest, person_id: str) -> HttpResponse:
    """Let a person go: no sign-in, no link, no session any more."""
    dismiss(_found(request, person_id), "left the staff")
    return redirect("people")


def dismiss(gone: OfficePerson, reason: str) -> None:
    """Take everything away here and tell the log, both or neither."""
    with transaction.atomic():
        changed = OfficePerson.objects.filter(pk=gone.pk, dismissed=False)
        if not changed.update(dismissed=True, is_active=False, left_at=instant_now()):
            return
        Invitation.objects.filter(person=gone, used_at=None).delete()
        opened = OpenedSession.objects.filter(person=gone)
        Session.objects.filter(session_key__in=opened.values("session_key")).delete()
        opened.delete()  # the control room ends them all with this one command
        announce("dismiss-person", {"person_id": gone.person_id, "reason": reason})


def _within_reach(request: HttpRequest) -> Any:
    """The people whom the asker may see: those of the asker's county, or all."""
    reach = {"county": request.user.county} if request.user.county else {}
    return OfficePerson.objects.filter(**reach)


def _found(request: HttpRequest, person_id: str) -> OfficePerson:
    found: OfficePerson | None = _within_reach(request).filter(person_id=person_id).first()
    if found is None:
        raise Http404
    return found


def _show_link(request: HttpRequest, whom: OfficePerson, token: str) -> HttpResponse:
    """Show the link once: only its digest is kept."""
    link = f"{settings.PASOKH.public_url}{reverse('welcome', args=[token])}"
    return render(request, "office/invited.html", {"person": whom, "link": link})


def invited_by_hand(person_id: str, name: str, role: str) -> str:
    """Make or find a person from the command line; give the path of a link. For the first ones."""
    with transaction.atomic():
        found, fresh = OfficePerson.objects.get_or_create(
            person_id=person_id, defaults={"name": name or person_id, "roles": [Role(role).value]}
        )
        if fresh:
            found.set_unusable_password()
            found.full_clean()
            found.save()
            announce_place(found)
        return reverse("welcome", args=[invite(found)])

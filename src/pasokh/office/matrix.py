"""Who may use which address of the office: one row a route. What has no row is nobody's.

`county`: what a route shows or changes must lie in the asker's county, when the asker has one;
of the rest it is secret whether it exists (404). `secret`: so is the whole route, for other roles.
"""

from enum import StrEnum

from msgspec import Struct

from pasokh.core.people import Role
from pasokh.newsroom.staff import ANSWERERS

STAFF = frozenset(Role) - {Role.MACHINE}


class Locked(StrEnum):
    """What a locked session gets at a route."""

    REFUSED = "refused"
    ALLOWED = "allowed"


class Row(Struct, frozen=True):
    """Who may come: `anybody`, or a signed-in person with one of `roles`."""

    roles: frozenset[Role] = frozenset()
    anybody: bool = False
    county: bool = False
    locked: Locked = Locked.REFUSED
    demo_only: bool = False
    secret: bool = False


_ANYBODY = Row(anybody=True, locked=Locked.ALLOWED)
_STAFF = Row(STAFF)
_WHILE_LOCKED = Row(STAFF, locked=Locked.ALLOWED)


def _desk(*roles: Role) -> Row:
    """A desk's page: a locked desk still rings, so its page is there."""
    return Row(frozenset(roles), locked=Locked.ALLOWED)


_REVIEWERS = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR})
_READS = Row(_REVIEWERS, county=True, secret=True)
_HOLDS = Row(_REVIEWERS, county=True, secret=True)
_HEARERS = Row(frozenset({Role.SUPERVISOR, Role.AUDITOR}), county=True, secret=True)
_COUNTERS = Row(frozenset({Role.SUPERVISOR, Role.ANALYST, Role.ADMINISTRATOR, Role.AUDITOR}))
_RELEASERS = frozenset({Role.SUPERVISOR, Role.PRESS_OFFICER, Role.ADMINISTRATOR})
_EDITORS = Row(_RELEASERS)
_CALENDAR = Row(_RELEASERS | {Role.AUDITOR})
# What outlets say of themselves is read where somebody answers it, and where somebody looks after.
_PRESS = Row(_RELEASERS | {Role.AUDITOR})
_PRESS_DEEDS = Row(frozenset({Role.PRESS_OFFICER, Role.SUPERVISOR}))
_PEOPLE = Row(frozenset({Role.ADMINISTRATOR}), county=True)
# What the press asks, and who comes, is for those alone who answer it.
_ASKED = Row(ANSWERERS)
_MODERATORS = Row(_RELEASERS)
# Complaints may be about a supervisor, and are not the press office's.
_INSPECTORS = Row(frozenset({Role.ADMINISTRATOR, Role.AUDITOR}), county=True)
# Lists hold nothing about a person; which of them a supervisor changes, reference.doors says.
_LISTS = Row(frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR, Role.AUDITOR}))
_KEEPERS = Row(frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR}))

# route name -> row
MATRIX: dict[str, Row] = {
    "office": _ANYBODY,
    "home": _STAFF,
    # desks
    "desk-answer": _desk(Role.CALL_TAKER, Role.SUPERVISOR),
    "desk-dispatch": _desk(Role.DISPATCHER, Role.SUPERVISOR, Role.COUNTY_DESK),
    "desk-supervise": _desk(Role.SUPERVISOR, Role.AUDITOR),
    "desk-wallboard": _desk(
        Role.CALL_TAKER,
        Role.DISPATCHER,
        Role.SUPERVISOR,
        Role.COUNTY_DESK,
        Role.ANALYST,
        Role.ADMINISTRATOR,
        Role.AUDITOR,
    ),
    # A locked desk rings, so its telephone is there.
    "phone": _desk(Role.CALL_TAKER, Role.SUPERVISOR),
    # people
    "people": Row(frozenset({Role.ADMINISTRATOR, Role.AUDITOR}), county=True),
    "person-new": _PEOPLE,
    "person": _PEOPLE,
    "person-invite": _PEOPLE,
    "person-dismiss": _PEOPLE,
    # reference data
    "reference": _LISTS,
    "reference-list": _LISTS,
    "reference-entry": _LISTS,
    "reference-download": _LISTS,
    "reference-set": _KEEPERS,
    "reference-end": _KEEPERS,
    "reference-give": _KEEPERS,
    "reference-import": _KEEPERS,
    "reference-import-file": _KEEPERS,
    # legal holds: for the whole province, by who may also review reads
    "holds": _HOLDS,
    "hold-ask": _HOLDS,
    "hold-step": _HOLDS,
    # reads of sealed words that broke the glass
    "reads": _READS,
    "read-review": _READS,
    # the release calendar: who moves a release, the machine says
    "calendar": _CALENDAR,
    "calendar-hour": Row(frozenset({Role.ADMINISTRATOR})),
    "calendar-release": _CALENDAR,
    "calendar-step": Row(_RELEASERS),
    # outlets and the topic programme: a supervisor is the second person of an appeal
    "outlets-desk": _PRESS,
    "outlet-desk": _PRESS,
    "outlet-decide": _PRESS_DEEDS,
    "proposals-desk": _PRESS,
    "proposal-desk": _PRESS,
    "proposal-desk-new": _PRESS_DEEDS,
    "proposal-desk-step": _PRESS_DEEDS,
    "proposal-desk-remark": _PRESS_DEEDS,
    # coverage of our releases: a request to an outlet is a letter of a person
    "coverage-desk": _PRESS,
    "coverage-one": _PRESS,
    "coverage-ask": _PRESS_DEEDS,
    "coverage-aside": _PRESS_DEEDS,
    # the editor of the press office: who approves, the machine says
    "press-drafts": _EDITORS,
    "press-draft-new": _EDITORS,
    "press-draft": _EDITORS,
    "press-draft-check": _EDITORS,
    "press-draft-figures": _EDITORS,
    "press-draft-pictures": _EDITORS,
    "press-draft-picture": _EDITORS,
    "press-draft-review": _EDITORS,
    "press-draft-throw": _EDITORS,
    "press-draft-correct": _EDITORS,
    "press-draft-out": _EDITORS,
    # the topics and their names
    "topics-desk": _EDITORS,
    "topic-name": _EDITORS,
    # where feeds and events go, and whether they arrive
    "deliveries": _PRESS,
    "delivery-step": _PRESS_DEEDS,
    # who read a release before its hour
    "embargo-reads": _PRESS,
    # readers' comments, complaints on their way to 197, and what callers wrote in the survey
    "comments-desk": _PRESS,
    "comment-judge": _MODERATORS,
    "comment-appeal-judge": _MODERATORS,
    "complaints-desk": _INSPECTORS,
    "complaint-pass": _INSPECTORS,
    "complaint-answer": _INSPECTORS,
    "survey-texts": _PRESS,
    # recordings of calls that the desks have forgotten
    "recordings": _HEARERS,
    # counting in settled days
    "workbench": _COUNTERS,
    # press meetings, and the question desk
    "meetings-desk": _ASKED,
    "meeting-new": _ASKED,
    "meeting-desk": _ASKED,
    "meeting-edit": _ASKED,
    "meeting-door": _ASKED,
    "meeting-door-seat": _ASKED,
    "meeting-walk-in": _ASKED,
    "meeting-step": _ASKED,
    "promise-kept": _ASKED,
    "questions-desk": _ASKED,
    "question-desk": _ASKED,
    "question-step": _ASKED,
    # sessions: one's own, and those of others for who looks after people
    "sessions": _STAFF,
    "session-end": Row(STAFF, county=True),
    "lock": _WHILE_LOCKED,
    "unlock": _WHILE_LOCKED,
    "unlock-options": _WHILE_LOCKED,
    # signing in
    "account_login": _ANYBODY,
    "account_logout": _ANYBODY,
    "account_inactive": _ANYBODY,
    "mfa_authenticate": _ANYBODY,
    "mfa_login_webauthn": _ANYBODY,
    "welcome": _ANYBODY,
    "here": Row(anybody=True, demo_only=True),
    "demo-sign-in": Row(anybody=True, demo_only=True),
    "openid_connect_login": _ANYBODY,
    "openid_connect_callback": _ANYBODY,
    "socialaccount_login_cancelled": _ANYBODY,
    "socialaccount_login_error": _ANYBODY,
    # one's own means of signing in
    "account_reauthenticate": _STAFF,
    "account_change_password": _STAFF,
    "account_set_password": _STAFF,
    "mfa_index": _STAFF,
    "mfa_reauthenticate": _STAFF,
    "mfa_reauthenticate_webauthn": _STAFF,
    "mfa_activate_totp": _STAFF,
    "mfa_deactivate_totp": _STAFF,
    "mfa_view_recovery_codes": _STAFF,
    "mfa_generate_recovery_codes": _STAFF,
    "mfa_download_recovery_codes": _STAFF,
    "mfa_list_webauthn": _STAFF,
    "mfa_add_webauthn": _STAFF,
    "mfa_remove_webauthn": _STAFF,
    "mfa_edit_webauthn": _STAFF,
}

"""People of the staff as the desks of the newsroom call them: by name, for their rows are here.

Only the office's process has these rows; the public's asks nothing of this.
"""

from collections.abc import Iterable

from django.contrib.auth import get_user_model

from pasokh.core.people import Role

# Who answers the press, and sees what it asks.
ANSWERERS = frozenset({Role.PRESS_OFFICER, Role.SPOKESPERSON})


def names_of(people: Iterable[str]) -> dict[str, str]:
    """Call people by their names; by the id whom no row names any more."""
    wanted = set(people)
    rows = get_user_model().objects.filter(person_id__in=wanted)
    return dict.fromkeys(wanted, "") | {row.person_id: row.name or row.person_id for row in rows}


def email_of(person_id: str) -> str:
    """Give where somebody who works here reads mail; empty when the office knows no address."""
    rows = get_user_model().objects.filter(is_active=True, dismissed=False)
    return rows.filter(person_id=person_id).values_list("email", flat=True).first() or ""


def who_answer() -> list[tuple[str, str]]:
    """List who may answer the press today, id and name, in the order of their names."""
    rows = get_user_model().objects.filter(is_active=True, dismissed=False)
    found = [(row.person_id, str(row)) for row in rows if row.has(*ANSWERERS)]
    return sorted(found, key=lambda one: one[1])

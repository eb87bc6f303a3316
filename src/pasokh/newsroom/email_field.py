"""The field of an address of e-mail in a form: the browser looks at it first, then we read it."""

from typing import Any

from django import forms
from django.utils.functional import lazy

from pasokh.newsroom.email_address import AddressFlaw, read_address
from pasokh.sites.languages import spoken
from pasokh.words.say import say

# Something, a sign, something with a dot: in any script and with any width of sign, as browsers'
# own check of addresses takes neither a Persian domain nor Persian digits.
PATTERN = r"\s*[^@\s]+[@＠][^@\s]+[.．。][^@\s]+\s*"
_TYPED_MOST = 320


class AddressField(forms.CharField):
    """An address as people type it; cleaned, as mail is sent to it, and small."""

    def __init__(self, **more: Any) -> None:
        """`more`: what a field of text takes."""
        given = {
            "dir": "ltr",
            "inputmode": "email",
            "autocomplete": "email",
            "autocapitalize": "none",
            "spellcheck": "false",
            "pattern": PATTERN,
            "title": lazy(lambda: say(spoken(), "newsroom.comments.email.form"), str)(),
        }
        super().__init__(max_length=_TYPED_MOST, widget=forms.TextInput(attrs=given), **more)

    def clean(self, value: Any) -> str:
        """Read it, or say in words what is wrong with it."""
        address = read_address(super().clean(value))
        if isinstance(address, AddressFlaw):
            flaw = f"newsroom.comments.wrong.email.{address.value}"
            raise forms.ValidationError(say(spoken(), flaw))
        return address.lower()  # no server tells the two apart

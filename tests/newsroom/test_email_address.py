"""Every way of typing an address is read, or told why not; mail goes to what was read."""

from email.headerregistry import Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.newsroom.email_address import (
    ADDRESS_MAX,
    AddressFlaw,
    read_address,
    shown_address,
)

GOOD = {
    "mina@example.ir": "mina@example.ir",
    " mina@example.ir ": "mina@example.ir",
    "\u200fmina@example.ir\u200e": "mina@example.ir",
    "mina۱۲۳@example۴.ir": "mina123@example4.ir",
    "mina١٢@example.ir": "mina12@example.ir",
    "Mina.Karimi+news@EXAMPLE.IR": "Mina.Karimi+news@example.ir",
    "mina＠example．ir": "mina@example.ir",
    "mina@مثال.ایران": "mina@xn--mgbh0fb.xn--mgba3a4f16a",
    "mina@كتاب.ايران": "mina@xn--mgbce3h.xn--mgba3a4fra",
    "o'neil@sub.example.co.uk": "o'neil@sub.example.co.uk",
}
WRONG = {
    "": AddressFlaw.EMPTY,
    " \u200c ": AddressFlaw.EMPTY,
    "mina karimi@example.ir": AddressFlaw.BLANK_INSIDE,
    "mina@example.ir\nBcc: all@example.ir": AddressFlaw.BLANK_INSIDE,
    "mina@exa\x00mple.ir": AddressFlaw.BLANK_INSIDE,
    "mina.example.ir": AddressFlaw.NO_SIGN,
    "mina@home@example.ir": AddressFlaw.MANY_SIGNS,
    "@example.ir": AddressFlaw.NO_NAME,
    ".mina@example.ir": AddressFlaw.WRONG_NAME,
    "mi..na@example.ir": AddressFlaw.WRONG_NAME,
    "مینا@example.ir": AddressFlaw.WRONG_NAME,
    '"mina"@example.ir': AddressFlaw.WRONG_NAME,
    "mina@": AddressFlaw.NO_DOMAIN,
    "mina@...": AddressFlaw.NO_DOMAIN,
    "mina@example": AddressFlaw.NO_DOT,
    "mina@-example.ir": AddressFlaw.WRONG_DOMAIN,
    "mina@exa_mple.ir": AddressFlaw.WRONG_DOMAIN,
    "mina@exam..ple.ir": AddressFlaw.WRONG_DOMAIN,
    "mina@192.168.1.1": AddressFlaw.WRONG_DOMAIN,
    "mina@[192.168.1.1]": AddressFlaw.WRONG_DOMAIN,
    "a" * 65 + "@example.ir": AddressFlaw.TOO_LONG,
    "a" * 64 + "@" + "abcdefgh." * 22 + "ir": AddressFlaw.TOO_LONG,
}
LETTERS = 'abcxyz019.-_+@ \u200c\u200f\u200e۰۹٥مایران،＠．\n\t\x00<>"(),:;\\'


@pytest.mark.parametrize("typed", GOOD)
def test_it_is_read_as_mail_is_sent_to_it(typed: str) -> None:
    assert read_address(typed) == GOOD[typed]


def test_it_is_shown_in_the_letters_of_its_owner() -> None:
    read = read_address("mina۱@مثال.ایران")
    assert shown_address(read) == "mina1@مثال.ایران"


@pytest.mark.parametrize("typed", WRONG)
def test_what_is_wrong_is_named(typed: str) -> None:
    assert read_address(typed) is WRONG[typed]


@given(st.text(alphabet=LETTERS, max_size=60) | st.text(max_size=60))
def test_whatever_is_read_can_be_written_into_a_letter_and_read_again(typed: str) -> None:
    read = read_address(typed)
    if isinstance(read, AddressFlaw):
        assert read in AddressFlaw
    else:
        assert read.isascii()
        assert len(read) <= ADDRESS_MAX
        assert not set(read) & set(' \t\r\n\x00<>,;:"()[]\\')
        assert read_address(read) == read
        assert read_address(shown_address(read)) == read
        # The standard library takes it apart as we put it together.
        assert Address(addr_spec=read).addr_spec == read


@given(
    st.from_regex("[a-z0-9]{1,10}([.+_-][a-z0-9]{1,5}){0,2}", fullmatch=True),
    st.from_regex("[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,3})?", fullmatch=True),
    st.sampled_from(["ir", "com", "ایران", "co.uk"]),
)
def test_a_good_one_is_read_with_any_digits_and_marks(name: str, host: str, end: str) -> None:
    plain = f"{name}@{host}.{end}"
    persian = plain.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    arabic = plain.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    read = read_address(plain)
    assert not isinstance(read, AddressFlaw) or "--" in host[2:4]
    assert {read_address(persian), read_address(arabic), read_address(f"\u200f{plain}\u200e")} == {
        read
    }

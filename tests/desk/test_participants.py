"""Who belongs to a request, and reads along."""

import pytest

from mailproc.desk.directory import Counter, Office
from mailproc.desk.participants import MOST_ON_COPY, on_copy, people_of
from mailproc.desk.request import ServiceRequest
from mailproc.reading.mail import Address
from tests.build import ANN, a_mail

SUPPORT = Counter(name="support", address="support@vendor.example", policy="example", region="emea")
OFFICE = Office(organisation="Vendor", counters={"support": SUPPORT}, policies={}, regions={}, staff=())


def addresses(*written: str) -> tuple[Address, ...]:
    return tuple(Address(address=one) for one in written)


def test_a_letter_goes_to_no_more_people_than_every_server_takes() -> None:
    people = tuple(f"user{number}@acme.example" for number in range(1000))
    request = ServiceRequest(number="2-000000001", customer=people[0], participants=people)
    assert [one.address for one in on_copy(request)] == list(people[1 : MOST_ON_COPY + 1])


@pytest.mark.parametrize(
    ("to", "others"),
    [
        (("help@vendor.example",), ()),  # another name of the mailbox, by which the mail came here
        (("support@vendor.example", "help@vendor.example"), ("help@vendor.example",)),
        (("help@vendor.example", "bo@partner.example"), ("bo@partner.example",)),
        (("bo@partner.example",), ("bo@partner.example",)),
    ],
)
def test_an_address_of_our_domain_is_nobody_where_the_mail_names_no_mailbox(
    to: tuple[str, ...], others: tuple[str, ...]
) -> None:
    assert people_of(a_mail(to=addresses(*to)), ANN, OFFICE).others == others

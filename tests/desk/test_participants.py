"""Who belongs to a request, and reads along."""

from mailproc.desk.participants import MOST_ON_COPY, on_copy
from mailproc.desk.request import ServiceRequest


def test_a_letter_goes_to_no_more_people_than_every_server_takes() -> None:
    people = tuple(f"user{number}@acme.example" for number in range(1000))
    request = ServiceRequest(number="2-000000001", customer=people[0], participants=people)
    assert [one.address for one in on_copy(request)] == list(people[1 : MOST_ON_COPY + 1])

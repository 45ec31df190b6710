"""What letters say of the things themselves."""

import pytest

from mailproc.desk.inventory import reached_at
from mailproc.desk.request import ServiceRequest


@pytest.mark.parametrize(
    ("supplied", "told"),
    [
        ((("contact", "from your mail: 'Ann Lee, +44 20 555 0139'"),), "Ann Lee, +44 20 555 0139"),
        (
            (
                ("contact-phone", "from your mail: '+44 20 555 0139'"),
                ("alternate-contact", "from your mail: 'Bo Ek, +44 20 555 0140'"),
            ),
            "+44 20 555 0139; else: Bo Ek, +44 20 555 0140",
        ),
        ((("description", "in your mail"),), ""),
    ],
)
def test_staff_read_how_the_customer_is_reached(supplied: tuple[tuple[str, str], ...], told: str) -> None:
    assert reached_at(ServiceRequest(number="2-000000001", supplied=supplied)) == told

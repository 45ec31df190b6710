"""What the trusted server says of the sender, and what anybody could have written."""

import pytest

from mailproc.reading.parse import read
from mailproc.reading.sender import Authentication, authenticated

TRUSTED = "mx.vendor.example"


def verdict(*results: str, sender: str = "eve@vendor.example", trusted: str = TRUSTED) -> Authentication:
    fields = "".join(f"Authentication-Results: {one}\n" for one in results)
    return authenticated(read(f"{fields}From: Eve <{sender}>\nSubject: x\n\nx".encode()), trusted)


@pytest.mark.parametrize(
    "result",
    [
        f"{TRUSTED}; dmarc=pass (p=reject) header.from=vendor.example",
        f"{TRUSTED}; dkim=pass header.d=vendor.example header.s=k1",
        f"{TRUSTED}; dkim=pass header.i=@vendor.example header.s=k1 header.b=abc",
        f"{TRUSTED}; dkim=pass header.i=@mail.vendor.example header.d=vendor.example",
        f"{TRUSTED}; spf=pass smtp.mailfrom=eve@vendor.example",
        f"{TRUSTED}; spf=pass smtp.mailfrom=bounce.vendor.example; dkim=none",
        f"{TRUSTED.upper()} 1; dkim=fail header.d=vendor.example; dmarc=pass header.from=vendor.example",
    ],
)
def test_an_aligned_pass_of_the_trusted_server_proves_the_sender(result: str) -> None:
    assert verdict(result).proven


@pytest.mark.parametrize(
    "result",
    [
        f"{TRUSTED}; dmarc=fail header.from=vendor.example",
        f"{TRUSTED}; dkim=pass header.d=evil.example",
        f"{TRUSTED}; dkim=pass header.d=evilvendor.example",
        f"{TRUSTED}; dkim=pass header.d=example",
        f"{TRUSTED}; dkim=pass header.i=@evil.example",
        f"{TRUSTED}; dkim=pass header.d=evil.example header.i=@vendor.example",
        f"{TRUSTED}; dmarc=fail header.from=vendor.example; spf=pass smtp.mailfrom=eve@vendor.example",
        f"{TRUSTED}; spf=pass smtp.mailfrom=eve@evil.example",
        f"{TRUSTED}; none",
        "mx.evil.example; dmarc=pass header.from=vendor.example",
        f"{TRUSTED}.evil.example; dmarc=pass header.from=vendor.example",
        "((((((",
        f"{TRUSTED}; " + "dmarc=pass header.from=vendor.example; " * 1000,
    ],
)
def test_anything_else_proves_nothing_and_says_why(result: str) -> None:
    found = verdict(result)
    assert (found.proven, bool(found.because)) == (False, True)


@pytest.mark.parametrize(
    ("result", "refuted"),
    [
        (f"{TRUSTED}; dmarc=fail (p=none) header.from=vendor.example", True),
        (f"{TRUSTED}; dmarc=fail", True),
        (f"{TRUSTED}; dmarc=fail header.from=other.example; dkim=pass header.d=vendor.example", False),
        (f"{TRUSTED}; dmarc=none header.from=vendor.example", False),
        (f"{TRUSTED}; dkim=fail header.d=vendor.example; spf=fail smtp.mailfrom=eve@vendor.example", False),
        ("mx.evil.example; dmarc=fail header.from=vendor.example", False),
    ],
)
def test_only_a_failed_dmarc_of_the_trusted_server_refutes_the_sender(result: str, *, refuted: bool) -> None:
    assert verdict(result).refuted is refuted


def test_what_stands_below_another_servers_field_is_the_senders_own() -> None:
    forged = f"{TRUSTED}; dmarc=pass header.from=vendor.example"
    assert not verdict("mx.relay.example; dmarc=fail header.from=vendor.example", forged).proven


def received(*fields: str) -> Authentication:
    """Fields in their order, "R" for a Received."""
    lines = "".join(
        "Received: from a.example by mx.vendor.example; Mon, 2 Mar 2026 10:00:00 +0000\n"
        if one == "R"
        else f"Authentication-Results: {one}\n"
        for one in fields
    )
    return authenticated(read(f"{lines}From: Eve <eve@vendor.example>\nSubject: x\n\nx".encode()), TRUSTED)


SPF_FAILED = f"{TRUSTED}; spf=fail smtp.mailfrom=list.example"
PASSED = f"{TRUSTED}; dmarc=pass header.from=vendor.example"
STRANGER = "mx.relay.example; dmarc=pass header.from=vendor.example"


@pytest.mark.parametrize(
    ("fields", "proven"),
    [
        ((SPF_FAILED, PASSED, "R"), True),
        (("R", PASSED), True),
        (("R", SPF_FAILED, PASSED), False),
        ((SPF_FAILED, "R", PASSED), False),
        ((SPF_FAILED, STRANGER, PASSED, "R"), False),
        ((STRANGER, PASSED, "R"), False),
        ((SPF_FAILED, PASSED), False),
    ],
    ids=[
        "one field for each method, above what the server received",
        "one field below the last hop",
        "a second one below the last hop may be forged",
        "a second one below what the server received is forged",
        "another server's field in between ends the trust",
        "another server's field on top ends it at once",
        "where nothing was received, only the topmost",
    ],
)
def test_fields_count_that_only_the_trusted_server_can_have_written(fields: tuple[str, ...], *, proven: bool) -> None:
    assert received(*fields).proven is proven


def test_nobody_is_trusted_where_nobody_is_named() -> None:
    assert not verdict("; dmarc=pass header.from=vendor.example", trusted="").proven


def test_two_senders_are_no_sender() -> None:
    raw = (
        f"Authentication-Results: {TRUSTED}; dmarc=pass header.from=vendor.example\n"
        "From: eve@vendor.example\nFrom: mallory@evil.example\n\nx"
    )
    assert not authenticated(read(raw.encode()), TRUSTED).proven

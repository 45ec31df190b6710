"""Is the sender who he says: keyed tokens of our own letters, and Authentication-Results (RFC 8601).

A letter of ours carries a mark, the request's number and a token that only we can make, in its Message-ID and in
its reply address. The token of a letter to staff is made for that person too: with it the person proves to be staff
by answering from the same address.
"""

import hmac
import re
from base64 import b32encode
from dataclasses import dataclass, field
from itertools import takewhile

import authres

from mailproc.reading.mail import Mail

_MARK = re.compile(r"([0-9a-z-]{1,40})\.([a-z2-7]{16})(?![a-z2-7])", re.IGNORECASE)
_LOCAL_PART_LIMIT = 64  # octets, RFC 5321 §4.5.3.1.1
_RESULTS_LIMIT = 8 << 10  # characters; authres needs half a minute for 20,000 results
_MOST_RESULTS = 10  # fields of one mail that are read
_CLAIMING = {
    "dmarc": (("header", "from"),),
    # The agent or user of a signature has the signing domain or one below it (RFC 6376 §3.5); Google names it alone.
    "dkim": (("header", "d"), ("header", "i")),
    "spf": (("smtp", "mailfrom"),),
}
_RESULTS_BROKEN = (SyntaxError, authres.AuthResError, RecursionError, ValueError)  # what authres raises on hostile text


@dataclass(frozen=True, slots=True)
class Mark:
    """A number with a token, as found; whether the token holds is for the Seal to say."""

    number: str
    token: str


@dataclass(frozen=True, slots=True)
class Seal:
    """Makes and checks tokens with a secret of this installation (HMAC-SHA-256, 80 bits)."""

    secret: bytes = field(repr=False)

    def token(self, number: str, staff: str | None = None) -> str:
        """The token of a request, or of one staff member's letters about it."""
        # Whatever case a mail server on the way makes of an address, the token holds.
        subject = f"request {number}" if staff is None else f"staff {number} {staff}"
        digest = hmac.digest(self.secret, subject.lower().encode(), "sha256")
        return b32encode(digest[:10]).decode().lower()

    def mark(self, number: str, staff: str | None = None) -> str:
        """What stands in a Message-ID or behind the + of a reply address."""
        return f"{number}.{self.token(number, staff)}"

    def holds(self, mark: Mark, staff: str | None = None) -> bool:
        """Whether this token was made by us for this number (and this staff member)."""
        return hmac.compare_digest(self.token(mark.number, staff), mark.token)

    def reply_address(self, address: str, number: str, *, staff: str | None = None, separator: str = "+") -> str:
        """The mailbox's address with the mark as its tag (RFC 5233); without it where it would not fit or is off."""
        local, _, domain = address.rpartition("@")
        tagged = f"{local}{separator}{self.mark(number, staff)}"
        return f"{tagged}@{domain}" if separator and len(tagged) <= _LOCAL_PART_LIMIT else address


def marks_in(mail: Mail) -> tuple[Mark, ...]:
    """Every mark in the addresses that the mail was sent to and the message ids it answers, each once."""
    places = (
        *(one.address for one in (*mail.to, *mail.cc)),
        *mail.all_headers("Delivered-To"),
        *mail.all_headers("X-Original-To"),
        *mail.all_headers("Envelope-To"),
        *mail.in_reply_to,
        *mail.references,
        *((mail.bounce.original_message_id,) if mail.bounce and mail.bounce.original_message_id else ()),
    )
    found = (match for place in places for match in _MARK.finditer(place))
    return tuple(dict.fromkeys(Mark(match[1], match[2].lower()) for match in found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Authentication:
    """Whether the trusted server proved that From's domain sent the mail, and by what.

    `refuted` is true where it found that From's domain did not: whatever else speaks for the sender is stolen.
    """

    proven: bool
    because: str
    refuted: bool = False


def authenticated(mail: Mail, trusted_authserv_id: str) -> Authentication:
    """What our own mail server found out about the sender (RFC 8601); an empty `trusted_authserv_id` trusts nobody.

    Only the topmost Authentication-Results counts, and only where the trusted server wrote it; with it those of
    the same server that stand above the first Received, as milters write one field for each method. What stands below
    may be the sender's own: not every server takes out forged fields of its name (RFC 8601 §5). Proof is a DMARC
    pass, or a DKIM or SPF pass of From's domain or one above or below it (RFC 7489 §3.1, relaxed alignment without a
    list of public suffixes: one domain must end in the other). Where the server says that DMARC failed, no pass counts.
    """
    if doubt := _doubt(mail, trusted_authserv_id):
        return Authentication(proven=False, because=doubt)
    read = [_results(value) for value in _uppermost(mail)]
    if mail.sender is None or read[0] is None:
        return Authentication(proven=False, because="Authentication-Results cannot be read")
    trusted = [one for one in takewhile(lambda one: _is_by(one, trusted_authserv_id), read) if one is not None]
    if not trusted:
        return Authentication(
            proven=False, because=f"the topmost Authentication-Results is not by {trusted_authserv_id}"
        )
    if any(_fails_dmarc(one, mail.sender.domain) for one in trusted):
        return Authentication(proven=False, refuted=True, because=f"dmarc=fail for {mail.sender.domain}")
    verdicts = [_verdict(one, mail.sender.domain) for one in trusted]
    return next((one for one in verdicts if one.proven), verdicts[0])


def _uppermost(mail: Mail) -> tuple[str, ...]:
    """The topmost Authentication-Results, and with it the others that stand above the first Received."""
    names = [name.lower() for name, _ in mail.headers]
    above = mail.headers[: names.index("received")] if "received" in names else mail.headers[:0]
    found = tuple(value for name, value in above if name.lower() == "authentication-results")
    return found[:_MOST_RESULTS] or mail.all_headers("Authentication-Results")[:1]


def _is_by(results: authres.AuthenticationResultsHeader | None, trusted_authserv_id: str) -> bool:
    return results is not None and str(results.authserv_id).lower() == trusted_authserv_id.lower()


def _doubt(mail: Mail, trusted_authserv_id: str) -> str:
    """Why there is nothing to look into; empty where there is."""
    if not trusted_authserv_id:
        return "no server is trusted to vouch for senders"
    if mail.sender is None or not mail.sender.domain:
        return "From names no domain"
    if len(mail.all_headers("From")) != 1:
        return "From does not stand there exactly once"
    return "" if mail.header("Authentication-Results") is not None else "no server wrote Authentication-Results"


def _results(value: str) -> authres.AuthenticationResultsHeader | None:
    if len(value) > _RESULTS_LIMIT:
        return None
    if "=" in value.partition(";")[0]:  # Exchange Online leaves out who speaks
        value = f"o365.invalid; {value}"
    try:
        return authres.AuthenticationResultsHeader.parse(f"Authentication-Results: {value}")
    except _RESULTS_BROKEN:
        return None


def _verdict(results: authres.AuthenticationResultsHeader, domain: str) -> Authentication:
    for result in results.results:
        if str(result.result).lower() != "pass":
            continue
        method = str(result.method).lower()
        claimed = _claimed_domain(result, method)
        if claimed is not None and _is_aligned(claimed, domain):
            return Authentication(proven=True, because=f"{method}=pass for {claimed}")
    return Authentication(proven=False, because=f"no check passed for {domain}")


def _claimed_domain(result: authres.AuthenticationResult, method: str) -> str | None:
    """The domain that a passed check is about; None for checks that say nothing of From."""
    claims = {(str(one.type).lower(), str(one.name).lower()): str(one.value) for one in reversed(result.properties)}
    claimed = next((claims[one] for one in _CLAIMING.get(method, ()) if one in claims), None)
    return None if claimed is None else claimed.strip('<>"').rpartition("@")[2].lower().rstrip(".")


def _fails_dmarc(results: authres.AuthenticationResultsHeader, domain: str) -> bool:
    failed = (one for one in results.results if (str(one.method).lower(), str(one.result).lower()) == ("dmarc", "fail"))
    claimed = (_claimed_domain(one, "dmarc") for one in failed)
    return any(one is None or _is_aligned(one, domain) for one in claimed)


def _is_aligned(claimed: str, domain: str) -> bool:
    if "." not in claimed or "." not in domain:
        return False
    return claimed == domain or domain.endswith(f".{claimed}") or claimed.endswith(f".{domain}")

"""Is a mail that names a staff member as its sender really his: the door to every staff power."""

from dataclasses import dataclass

from mailproc.desk.directory import Office, StaffMember
from mailproc.reading.mail import Mail
from mailproc.reading.sender import Seal, authenticated, marks_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Whether a mail that names a staff member as its sender is his, and why we think so.

    `member` is None where the sender is no staff at all.
    """

    member: StaffMember | None = None
    proven: bool = False
    because: str = ""


def proof_of(mail: Mail, seal: Seal, office: Office) -> Proof:
    """Whether a staff address is really its owner's: by the person's own token, else by RFC 8601 authentication.

    A token may have been read by others, as in a mail that went to many: it proves nothing of a mail that our own
    server says is not from there.
    """
    member = office.staff_member(mail.sender.address) if mail.sender else None
    if member is None:
        return Proof(because="the sender is not of the staff")
    authentication = authenticated(mail, office.trusted_authserv_id)
    if not authentication.refuted and any(seal.holds(mark, member.address) for mark in marks_in(mail)):
        return Proof(member=member, proven=True, because="it answers a letter that we sent to this person")
    return Proof(member=member, proven=authentication.proven, because=authentication.because)

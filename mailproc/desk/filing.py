"""Where a mail goes: it opens a request, joins one, or is set aside with a reason."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from mailproc.desk.commands.by_number import holds_commands
from mailproc.desk.commands.lines import begins_with_commands
from mailproc.desk.conversation import Copy
from mailproc.desk.directory import Office
from mailproc.desk.events import Role
from mailproc.desk.held import HeldMail
from mailproc.desk.hours import due_after
from mailproc.desk.lifecycle import reopens
from mailproc.desk.participants import is_ours
from mailproc.desk.proof import Proof
from mailproc.desk.request import ServiceRequest
from mailproc.reading.mail import Mail


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What is known of a mail besides its words.

    `key` is its key in the spool, `mailbox` the name of the one it came to, `at` the moment when it is
    judged and `arrived` the moment when the mailbox had it (both aware UTC).
    `also_named` are requests besides the found one that it bears the marks of; `named` is one whose number stands in
    its subject, and which its sender has no part in.
    `copy` is the same mail as it was dealt with before. `by_mark` is true where it bears a mark that only a letter of
    ours has. `forced` is true where an operator, or the staff member whom it
    names as its sender, said that it is a person's mail and truly his.
    `held` are mails that wait for the word of the staff member whom it names as its sender, oldest first.
    `found_in_words` is true where only the words of the mail name the request that it was found to belong to.
    """

    key: str
    mailbox: str
    at: datetime
    arrived: datetime
    proof: Proof = field(default_factory=Proof)
    also_named: tuple[str, ...] = ()
    named: str | None = None
    copy: Copy | None = None
    by_mark: bool = False
    forced: bool = False
    held: tuple[HeldMail, ...] = ()
    found_in_words: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Opens:
    """The mail opens a request; `linked` is an older one that it goes on from."""

    reason: str
    linked: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Joins:
    """The mail joins the request that it was found to belong to."""

    reason: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class IsSetAside:
    """The mail is filed nowhere. `held` is true where it claims to be from staff and nothing proves it."""

    reason: str
    held: bool = False


Filing = Opens | Joins | IsSetAside


def vouched(arrival: Arrival) -> Arrival:
    """The arrival with an operator's word taken for the sender's proof, where he gave it."""
    if not arrival.forced:
        return arrival
    return replace(arrival, proof=replace(arrival.proof, proven=True, because="an operator released it"))


def filing_of(mail: Mail, found: ServiceRequest | None, arrival: Arrival, office: Office) -> Filing:
    """Where this mail goes; `found` is the request that its clues name, if any.

    A copy of a filed mail goes nowhere. One of a mail that was set aside is judged by itself, since what spoke against
    the other may not speak against it; but nobody is asked about it who was asked about the other.
    """
    copy = None if arrival.forced else arrival.copy
    if copy and copy.filed:
        return IsSetAside(reason=f"a copy of a mail that was filed before as {copy.key}")
    filing = _judged(mail, found, arrival, office)
    was_asked = copy is not None and any(one.key == copy.key for one in arrival.held)
    return replace(filing, held=False) if was_asked and isinstance(filing, IsSetAside) else filing


def _judged(  # noqa: PLR0911 - one guard a line
    mail: Mail, found: ServiceRequest | None, arrival: Arrival, office: Office
) -> Filing:
    if mail.sender is None or not mail.sender.domain:
        return IsSetAside(reason="it names no sender who could be answered")
    if is_ours(mail.sender.address, office):
        return IsSetAside(reason="it says that it comes from one of our own mailboxes")
    if mail.origin.kind != "person" and not arrival.forced:
        return _machine(mail, found)
    if found is None and arrival.proof.member and (not arrival.proof.proven or holds_commands(mail.reply)):
        return _staff(arrival)
    if found is None and arrival.named:
        return Opens(reason=f"its subject names {arrival.named}, which its sender has no part in", linked=arrival.named)
    if found is None:
        return Opens(reason="a person writes and names no request of ours")
    if arrival.proof.member and not _is_requesters_own(mail, found, arrival):
        return _staff(arrival)
    return _customer(mail, found, arrival, office)


def _machine(mail: Mail, found: ServiceRequest | None) -> Filing:
    evidence = "; ".join(mail.origin.evidence) or "no further evidence"
    if mail.origin.kind == "loop":
        return IsSetAside(reason=f"an automatic letter of ours or of another ticket system ({evidence})")
    if found is None:
        return IsSetAside(reason=f"{mail.origin.kind}: {evidence}; and it names no request of ours")
    return Joins(reason=f"{mail.origin.kind} to a letter of ours ({evidence})", role="machine")


def _is_requesters_own(mail: Mail, found: ServiceRequest, arrival: Arrival) -> bool:
    """Whether a staff member goes on with what he asked for himself: that is a customer's mail, but for commands."""
    member = arrival.proof.member
    if member is None or found.customer not in (member.address, *member.aliases):
        return False
    return not (arrival.proof.proven and begins_with_commands(mail.reply))


def _staff(arrival: Arrival) -> Filing:
    proof = arrival.proof
    if not proof.proven:
        return IsSetAside(reason=f"it says that it is from staff, and nothing proves it: {proof.because}", held=True)
    return Joins(reason=f"a staff member answers: {proof.because}", role="staff")


def _customer(mail: Mail, found: ServiceRequest, arrival: Arrival, office: Office) -> Filing:
    """What answers words of staff in a closed request goes on with it: these may be later than its closing."""
    if found.status in ("resolved", "closed") and not reopens(mail, office):
        return Joins(reason=f"it thanks for {found.number} and says nothing more", role="customer")
    if office.policy_at(arrival.mailbox).for_duty_manager and not office.policies[found.policy].for_duty_manager:
        return Opens(reason=f"it asks the duty manager about {found.number}", linked=found.number)
    if found.closed is None:
        return Joins(reason="it answers a letter or mail of this request", role="customer")
    policy, region = office.policies[found.policy], office.regions[found.region]
    since = max(found.closed, found.updated or found.closed)
    if arrival.at <= due_after(region, since, policy.reopen_within).at:
        return Joins(reason="it answers a request closed, or written to, a short time ago", role="customer")
    return Opens(reason=f"it answers {found.number}, which was closed long ago", linked=found.number)

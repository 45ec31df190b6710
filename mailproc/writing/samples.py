"""Sample orders: what letters are checked with, previewed with, and kept beside the tests with."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from mailproc.desk.decision import Deadline, Facts, Order
from mailproc.desk.digests.overview import Overview
from mailproc.desk.inventory import arrived, asked_for, optional, probable, unusable
from mailproc.desk.policy import Policy
from mailproc.desk.request import ServiceRequest
from mailproc.desk.translation import in_language
from mailproc.reading.mail import Address
from mailproc.writing import example
from mailproc.writing.example import POLICY
from mailproc.writing.render import Page, Templates

TO_CUSTOMERS = (
    "acknowledgement",
    "phone-us-now",
    "missing-details",
    "all-received",
    "relayed",
    "status-update",
    "level-changed",
    "escalation-received",
    "escalated",
    "workaround",
    "resolved",
    "closed",
    "reopened",
    "merged",
    "reminder",
    "closing-soon",
    "third-party",
    "enhancement-passed-on",
)
TO_STAFF = (
    "new-request",
    "assigned",
    "customer-replied",
    "response-due",
    "update-due",
    "escalation-request",
    "command-result",
    "undeliverable",
    "alert",
    "escalation",
    "target-due",
    "enhancement-request",
    "digest",
)
LETTERS: tuple[str, ...] = (*TO_CUSTOMERS, *TO_STAFF)
"""Every letter there is: each has a text and an HTML template."""

_NOW = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
_MOMENT = timedelta(minutes=20)

_ANSWER = """\
Hello Mei,

the messages of hk-a show the watchdog of APM 4 at 09:10 and 10:12. Please run

    show chassis slot 4 | grep -i watchdog

on both chassis and send me what it prints. Until then you can move its VAP group to slot 5.

Alice"""

_WAY_AROUND = """\
Move the VAP group of APM 4 to slot 5:

    configure ap-vap-mapping slot 5

It takes about a minute, during which its flows are dropped."""

_QUESTION = """\
APM 4 reloads every hour since 09:10 (UTC+8).

  hk-a# show chassis
  slot 4  APM-9600  Down

We tried another slot. What next?"""

_WORDS: Mapping[str, str] = {
    "relayed": _ANSWER,
    "workaround": _WAY_AROUND,
    "new-request": _QUESTION,
    "enhancement-request": "It would help if the console told the slot that reloads.",
    "customer-replied": "Business impact: 40 users in Kwai Chung cannot print labels.\n\nNo upgrades lately.",
    "escalation-request": "escalate\n\nThe ship leaves at 18:00.",
    "command-result": "#sevrity 1\nWe look at it now.",
}

_TRANSCRIPTS: Mapping[str, tuple[str, ...]] = {
    "command-result": (
        "Nothing was done and nothing was passed on:",
        "#sevrity 1: there is no command #sevrity. Nearest: #severity",
    ),
    "undeliverable": ("Undeliverable: mei.chan@harbour.example",),
}

_BECAUSE: Mapping[str, str] = {
    "acknowledgement": "you wrote to us",
    "phone-us-now": "you wrote to us, and level 2 is to be followed up by telephone",
    "escalated": "we found neither a solution nor a workaround in the time we aim at",
    "workaround": "a workaround is in place",
    "assigned": "Bjarne Holm assigned this request to you",
    "missing-details": "you wrote to us and 3 details are missing",
    "all-received": "with your last mail everything has arrived",
    "relayed": "Alice Ndiaye answered you",
    "status-update": "you had no news from us for the time that we aim at",
    "level-changed": "you asked for another level",
    "escalation-received": "you asked for the duty manager",
    "resolved": "your request is now resolved",
    "closed": "your request is now closed",
    "reopened": "your answer opened the request again",
    "merged": "an engineer put two requests of yours together",
    "new-request": "a customer opened this request",
    "customer-replied": "the customer wrote again",
    "response-due": "nobody has answered the customer yet",
    "update-due": "the customer's next update is due soon",
    "escalation-request": "you are a duty manager, and the customer asks for one",
    "command-result": "your mail held commands",
    "undeliverable": "a letter to the customer could not be delivered",
    "reminder": "details that we asked for have not arrived",
    "closing-soon": "we have heard nothing of you since your request was resolved",
    "third-party": "your mail places the fault in another vendor's software",
    "enhancement-passed-on": "you asked for an enhancement",
    "digest": "you look after the requests of Hong Kong",
    "alert": "nobody has taken this request yet",
    "escalation": "this request's time to escalation is over",
    "target-due": "a target of this request has come",
    "enhancement-request": "a customer asks for an enhancement",
}

_CLOCKS: Mapping[str, Deadline] = {
    "escalated": Deadline(clock="escalation", step="due", due=_NOW),
    "status-update": Deadline(clock="update", step="due", due=_NOW),
    "response-due": Deadline(clock="response", step="due", due=_NOW),
    "update-due": Deadline(clock="update", step="reminder", due=_NOW),
    "reminder": Deadline(clock="details", step="reminder", due=_NOW),
    "closing-soon": Deadline(clock="closing", step="warning", due=_NOW),
    "alert": Deadline(clock="response", step="overdue", due=_NOW),
    "escalation": Deadline(clock="escalation", step="due", due=_NOW),
    "target-due": Deadline(clock="restoration", step="due", due=_NOW),
}

_TARGETS: Mapping[str, str] = {"alert": "2 hours", "escalation": "24 hours", "target-due": "72 hours"}

_ENGAGED = (
    "relayed",
    "status-update",
    "level-changed",
    "workaround",
    "escalated",
    "assigned",
    "resolved",
    "closed",
    "update-due",
)
_COMPLETE = (
    "acknowledgement",
    "all-received",
    "resolved",
    "closed",
    "closing-soon",
    "third-party",
    "enhancement-passed-on",
    "enhancement-request",
)


def sample(letter: str, language: str = "en", policy: Policy = POLICY) -> Order:
    """An order for this letter as it would be on an ordinary day, by this policy; for previews and golden letters."""
    order = _order(letter, _facts(letter, policy, language), language)
    return (
        replace(order, facts=replace(order.facts, asked=(), optional=(), unusable=(), probable=()))
        if letter in _COMPLETE
        else order
    )


def samples(letter: str, language: str = "en") -> tuple[Order, ...]:
    """Orders of every make.

    As usual, with all the facts there can be, with as few as there are, with the target missed, and with a level that
    was raised.
    """
    usual = sample(letter, language)
    full = _order(letter, _facts(letter, POLICY, language), language)
    bare = _order(letter, _bare_facts(), language)
    grave = replace(full.facts.request, level=1, flags=frozenset({"phone-follow-up", "level-contradicted"}))
    overdue = replace(full.facts, now=_NOW + timedelta(hours=9), next_update=None, request=grave)
    late = replace(full, facts=overdue, deadline=Deadline(clock="update", step="due", due=_NOW))
    raised = replace(full, facts=replace(full.facts, request=grave, level_before=2, duty_address=""), deadline=None)
    return usual, full, bare, late, raised


def preview(letter: str, templates: Templates, language: str = "en", policy: Policy = POLICY) -> Page:
    """The letter as a reader of this language would see it. Raises KeyError where there is no such letter."""
    if letter not in LETTERS:
        raise KeyError(letter)
    return templates.page(sample(letter, language, policy))


def _order(letter: str, facts: Facts, language: str) -> Order:
    request = facts.request
    customer = Address(address=request.customer or "mei.chan@harbour.example", name=request.customer_name)
    support = Address(address="xseries-support@vendor.example", name="Example Networks Support")
    engineer = Address(address="alice@vendor.example", name="Alice Ndiaye")
    answered = "20260303.014000@harbour.example"
    order = Order(
        key=f"{request.number}/{letter}/sample",
        template=letter,
        to=(customer,),
        sender=support,
        facts=facts,
        because=facts.because,
        subject=request.subject,
        in_reply_to=answered,
        references=(answered,),
        deadline=_CLOCKS.get(letter),
        automatic="auto-generated" if letter in _CLOCKS else "auto-replied",
        language=language,
    )
    if letter == "digest":
        no_request = ServiceRequest(number="")
        told = replace(facts, request=no_request, overview=facts.overview or Overview(region="apac", place="Hong Kong"))
        return replace(order, to=(engineer,), staff=engineer.address, facts=told, in_reply_to=None, references=())
    if letter in TO_STAFF:
        return replace(order, to=(engineer,), staff=engineer.address, in_reply_to=None)
    if letter == "relayed":
        return replace(order, sender=replace(support, name="Alice Ndiaye (Example Networks)"), automatic=None)
    return order


def _facts(letter: str, policy: Policy, language: str) -> Facts:
    engaged = letter in _ENGAGED
    said = policy if letter in TO_STAFF else in_language(policy, language)
    request = example.request_of(policy, opened=_NOW - _MOMENT, level=3 if letter == "workaround" else 2)
    request = replace(
        request,
        status="open" if engaged else "new",
        engaged=_NOW if engaged else None,
        owner="alice@vendor.example" if engaged else None,
        flags=_flags(letter),
    )
    return Facts(
        request=request,
        policy=said,
        organisation="Example Networks",
        zone="Asia/Hong_Kong",
        zone_name="Hong Kong",
        now=_NOW,
        because=_BECAUSE[letter],
        reader_name="Alice Ndiaye" if letter in TO_STAFF else "Mei Chan",
        arrived=arrived(request, said),
        asked=example.contacts(language)
        if letter == "escalation-received"
        else tuple(asked_for(one, request, said) for one in request.missing),
        optional=optional(request, said),
        unusable=unusable(request, said),
        probable=probable(request, said),
        response_due=None if engaged else _NOW + timedelta(minutes=100),
        next_update=_NOW + timedelta(days=1),
        due=_NOW + timedelta(minutes=100),
        words=_WORDS.get(letter, ""),
        writer_name=_writer(letter),
        duty_manager="+1 202 555 0143, day and night",
        duty_address="duty-manager@vendor.example",
        level_before={"workaround": 2, "level-changed": 3}.get(letter),
        goals=said.levels[2].goals if 2 in said.levels else (),
        plan="gold",
        merged="2-000000047" if letter == "merged" else "",
        people=("Bjarne Holm",) if letter == "escalated" else (),
        transcript=_TRANSCRIPTS.get(letter, ()),
        target=_TARGETS.get(letter, ""),
        target_due=_NOW if letter in _TARGETS else None,
        next_alert=_NOW + timedelta(minutes=15) if letter in _TARGETS else None,
        next_people=("Bjarne Holm",) if letter in _TARGETS else (),
        overview=example.overview(_NOW) if letter == "digest" else None,
        telephone="+852 5550 0123" if letter in _TARGETS else "",
    )


def _flags(letter: str) -> frozenset[str]:
    if letter in TO_STAFF:
        return frozenset({"phone-follow-up", "level-contradicted"})
    flags = {
        "phone-us-now": "phone-follow-up",
        "workaround": "workaround",
        "third-party": "third-party",
        "enhancement-passed-on": "enhancement",
    }
    return frozenset({flags[letter]} if letter in flags else ())


def _writer(letter: str) -> str:
    if letter in ("relayed", "workaround", "command-result"):
        return "Alice Ndiaye"
    return "Mei Chan" if letter in _WORDS else ""


def _bare_facts() -> Facts:
    """As little as a letter can be given: a mail without words, a level that the policy does not know."""
    return Facts(
        request=ServiceRequest(number="2-000000043"),
        policy=POLICY,
        organisation="Example Networks",
        zone="UTC",
        zone_name="UTC",
        now=_NOW,
        because="you wrote to us",
    )

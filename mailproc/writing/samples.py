"""Sample orders: what letters are checked with, previewed with, and kept beside the tests with."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from mailproc.desk.decision import ArrivedItem, AskedItem, Deadline, Facts, Order
from mailproc.desk.digests.overview import BREACHED, DUE, WAITING, Bar, Entry, Load, Overview, Section
from mailproc.desk.policy import Level, Policy, Target
from mailproc.desk.request import ServiceRequest
from mailproc.reading.mail import Address
from mailproc.writing.render import Page, Templates

TO_CUSTOMERS = (
    "acknowledgement",
    "missing-details",
    "all-received",
    "relayed",
    "status-update",
    "level-changed",
    "escalation-received",
    "resolved",
    "closed",
    "reopened",
    "reminder",
    "closing-soon",
    "third-party",
    "enhancement-passed-on",
)
TO_STAFF = (
    "new-request",
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

_POLICY = Policy(
    name="x-series",
    title="X-Series Case Handling",
    phone_levels=(1, 2),
    levels={
        1: Level(
            name="Critical",
            definition=("Network or application is down and there is no workaround",),
            response=Target(amount=0, unit="minutes"),
            update=Target(amount=1, unit="hours"),
        ),
        2: Level(
            name="High",
            definition=("Continuous or frequent instability", "A feature, function or capability cannot be deployed"),
            response=Target(amount=2, unit="hours"),
            update=Target(amount=1, unit="days"),
        ),
        3: Level(name="Medium", definition=(), hours="business", response=Target(amount=8, unit="business hours")),
    },
)

_REQUEST = ServiceRequest(
    number="2-000000042",
    mailbox="xseries",
    policy="x-series",
    region="apac",
    subject="APM 4 reloads every hour",
    customer="mei.chan@harbour.example",
    customer_name="Mei Chan",
    organisation="Harbour Freight",
    level=2,
    level_because="“drops every hour” reads as continuous or frequent instability",
    opened=_NOW - _MOMENT,
    linked="2-000000017",
    flags=frozenset({"phone-follow-up", "level-contradicted"}),
)

_ARRIVED = (
    ArrivedItem(label="Detailed description of the issue", where="in your mail"),
    ArrivedItem(label="Time line of the problem", where="“since this morning, 09:10, about every hour”"),
    ArrivedItem(label="show-tech-support output", where="logs.zip / hk-a/show-tech.txt, chassis hk-a"),
    ArrivedItem(label="/var/log/messages files", where="logs.zip / hk-a/messages"),
)

_ASKED = (
    AskedItem(
        id="tech-support",
        label="show-tech-support output of the second chassis",
        why="you mention a DBHA pair, and it shows the state of every module",
        how="On the CPM of hk-b type  show tech-support  and save what it prints",
        fill_in=False,
    ),
    AskedItem(
        id="business-impact",
        label="Business impact",
        why="it decides how urgently we work on this",
        how="Who is affected and how (users, sites, revenue, deadlines); “none” is an answer",
        fill_in=True,
    ),
    AskedItem(
        id="recent-changes",
        label="Recent upgrades or downgrades",
        why="many problems begin with a change",
        how="Hardware or software, what and when; “none” is an answer",
        fill_in=True,
    ),
)

_OPTIONAL = (
    AskedItem(id="console-output", label="Console output of the CPM or APM", why="", how="", fill_in=False),
    AskedItem(id="traces", label="TCPDump or other packet trace", why="", how="", fill_in=False),
)

_UNUSABLE = (ArrivedItem(label="show-tech-2.txt", where="it is a copy of hk-a/show-tech.txt"),)

_ANSWER = """\
Hello Mei,

the messages of hk-a show the watchdog of APM 4 at 09:10 and 10:12. Please run

    show chassis slot 4 | grep -i watchdog

on both chassis and send me what it prints. Until then you can move its VAP group to slot 5.

Alice"""

_QUESTION = """\
APM 4 reloads every hour since 09:10 (UTC+8).

  hk-a# show chassis
  slot 4  APM-9600  Down

We tried another slot. What next?"""

_WORDS: Mapping[str, str] = {
    "relayed": _ANSWER,
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
    "missing-details": "you wrote to us and 3 details are missing",
    "all-received": "with your last mail everything has arrived",
    "relayed": "Alice Ndiaye answered you",
    "status-update": "you had no news from us for the time that we aim at",
    "level-changed": "you asked for another level",
    "escalation-received": "you asked for the duty manager",
    "resolved": "your request is now resolved",
    "closed": "your request is now closed",
    "reopened": "your answer opened the request again",
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

_ENGAGED = ("relayed", "status-update", "level-changed", "resolved", "closed", "update-due")
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


def sample(letter: str) -> Order:
    """An order for this letter as it would be on an ordinary day; for previews and golden letters."""
    order = _order(letter, _facts(letter))
    return (
        replace(order, facts=replace(order.facts, asked=(), optional=(), unusable=())) if letter in _COMPLETE else order
    )


def samples(letter: str) -> tuple[Order, ...]:
    """Orders of every make: with all the facts there can be, with as few as there are, and with the target missed."""
    usual = sample(letter)
    full = _order(letter, _facts(letter))
    bare = _order(letter, _bare_facts())
    overdue = replace(full.facts, now=_NOW + timedelta(hours=9), next_update=None, request=replace(_REQUEST, level=1))
    late = replace(full, facts=overdue, deadline=Deadline(clock="update", step="due", due=_NOW))
    return usual, full, bare, late


def preview(letter: str, templates: Templates, language: str = "en") -> Page:
    """The letter as a reader of this language would see it. Raises KeyError where there is no such letter."""
    if letter not in LETTERS:
        raise KeyError(letter)
    return templates.page(replace(sample(letter), language=language))


def _order(letter: str, facts: Facts) -> Order:
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


def _facts(letter: str) -> Facts:
    engaged = letter in _ENGAGED
    request = replace(
        _REQUEST,
        status="open" if engaged else "new",
        engaged=_NOW if engaged else None,
        owner="alice@vendor.example" if engaged else None,
    )
    return Facts(
        request=request,
        policy=_POLICY,
        organisation="Example Networks",
        zone="Asia/Hong_Kong",
        zone_name="Hong Kong",
        now=_NOW,
        because=_BECAUSE[letter],
        reader_name="Alice Ndiaye" if letter in TO_STAFF else "Mei Chan",
        arrived=_ARRIVED,
        asked=_ASKED,
        optional=_OPTIONAL,
        unusable=_UNUSABLE,
        response_due=None if engaged else _NOW + timedelta(minutes=100),
        next_update=_NOW + timedelta(days=1),
        due=_NOW + timedelta(minutes=100),
        words=_WORDS.get(letter, ""),
        writer_name="Alice Ndiaye"
        if letter in ("relayed", "command-result")
        else "Mei Chan"
        if letter in _WORDS
        else "",
        duty_manager="+1 202 555 0143, day and night",
        transcript=_TRANSCRIPTS.get(letter, ()),
        target=_TARGETS.get(letter, ""),
        target_due=_NOW if letter in _TARGETS else None,
        next_alert=_NOW + timedelta(minutes=15) if letter in _TARGETS else None,
        next_people=("Bjarne Holm",) if letter in _TARGETS else (),
        overview=_overview() if letter == "digest" else None,
        telephone="+852 5550 0123" if letter in _TARGETS else "",
    )


def _overview() -> Overview:
    late = Bar(clock="response", percent=140, due=_NOW - timedelta(minutes=48), late=True)
    ahead = Bar(clock="escalation", percent=9, due=_NOW + timedelta(hours=22))
    site = Entry(number="2-000000042", level=2, subject="APM 4 reloads every hour", customer="Harbour Freight")
    owned = replace(site, number="2-000000051", customer="Pine County 911", subject="X60 dark", owner="Alice Ndiaye")
    return Overview(
        region="apac",
        place="Hong Kong",
        open=5,
        sections=(
            Section(
                title=BREACHED,
                entries=(
                    replace(
                        site,
                        what="response target passed, not phoned, nobody owns it",
                        bars=(late, ahead),
                        answer="#assign NAME",
                    ),
                ),
                more=("2-000000044", "2-000000047"),
            ),
            Section(
                title=DUE,
                entries=(replace(owned, what="update due", bars=(replace(ahead, clock="update"),), answer="#ack"),),
            ),
            Section(
                title=WAITING,
                entries=(
                    replace(owned, number="2-000000038", what="waits for the customer", since=_NOW - timedelta(days=4)),
                ),
            ),
        ),
        changes=(replace(owned, what="opened, level 1, owner Alice Ndiaye"), replace(site, what="customer wrote")),
        more_changes=3,
        loads=(Load(who="", open=3, grave=1), Load(who="Alice Ndiaye", open=2, grave=0)),
        since=_NOW - timedelta(days=1),
        until=_NOW + timedelta(days=1),
    )


def _bare_facts() -> Facts:
    """As little as a letter can be given: a mail without words, a level that the policy does not know."""
    return Facts(
        request=ServiceRequest(number="2-000000043"),
        policy=_POLICY,
        organisation="Example Networks",
        zone="UTC",
        zone_name="UTC",
        now=_NOW,
        because="you wrote to us",
    )

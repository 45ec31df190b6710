"""Which level is named, and which one the words describe."""

import pytest

from mailproc.desk.policy import Policy
from mailproc.desk.severity import LevelFinding, judge_level, stated_level
from mailproc.desk.words.passages import passages
from mailproc.desk.words.triage import Triage, kind_of_request, triage
from tests.desk.samples import BLUE_COAT, DUTY_MANAGER, X_SERIES


def weighed(text: str, subject: str = "", policy: Policy = X_SERIES) -> Triage:
    return triage(passages(text), subject, for_duty_manager=policy.for_duty_manager)


def judged(text: str, subject: str = "") -> LevelFinding:
    return judge_level(passages(text), subject, X_SERIES, weighed(text, subject))


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("This is a Severity 2.", 2),
        ("Sev-1 please", 1),
        ("Please open it as P3.", 3),
        ("PRIORITY: 2", 2),
        ("Schweregrad 2", 2),
        ("Gravité : niveau 1", 1),
        ("Severidad 3", 3),
        ("severidade 1", 1),
        ("重要度: 2", 2),
        ("重要度(Severity)は 3 でお願いいたします。", 3),
        ("本件の重要度は2です。", 2),
        ("重要度を3から1へ引き上げてください。", 1),
        ("Vendor reference .. 2-519377204 (Severity 3)", 3),
        ("severity two", 2),
        ("Please raise it from Severity 3 to Severity 1.", 1),
        ("> Requested severity (1 - 4):\nSeverity 3", 3),
        ("P2", 2),
        ("Prio 2 please", 2),
        ("Kindly do the needful, P4.", 4),
        ("Schweregrad: 2", 2),
        ("Schweregrad ist 3.", 3),
        ("Gravité 1 svp", 1),
        ("sev1!", 1),
        ("SEV.2", 2),
        ("Severity: S2", 2),
        ("Severity (1-4): 3", 3),
        ("Severity level: 2 - High", 2),
        ("Severity: [ ] 1 [x] 2 [ ] 3 [ ] 4", 2),
        ("Severity: ☐1 ☒2 ☐3", 2),
        ("Please raise SR 2-123456789 from 3 to 1.", 1),
        ("We ask you to raise this from Severity 3 to Severity 1.", 1),
        ("The case is P3, we want P2.", 2),
        ("It was accepted as Severity 2. I ask for Severity 1.", 1),
        ("SR opened with sev 3, please make it sev 1", 1),
        ("Merci de passer le dossier 2-123456789 en gravité 1.", 1),
        ("Bitte auf Priorität 1 hochstufen.", 1),
        ("Bitte von 3 auf 1 hochstufen", 1),
        ("Solicito subir el caso a prioridad 1.", 1),
        ("Por favor, elevar de 3 para 2.", 2),
        ("重要度 3 から 1 へ", 1),
        ("重要度：２", 2),
        ("This is not a P1, a P3 is enough.", 3),
        ("Level 3 is fine.", 3),
        ("Level: severity 2", 2),
        ("We moved the card from slot 2 to slot 3, severity 2.", 2),
        ("Severity: 3 (was 2)", 3),
        ("severity one", 1),
        ("Severity is two", 2),
        ("We'd call it a priority 2 issue", 2),
        ("Severity 3 as it was.", 3),
        ("Please treat this as P1/critical", 1),
        ("Priorité : 2", 2),
        ("Prioridad 3", 3),
        ("gravedad: 2", 2),
        ("Severidade 1", 1),
        ("Please open as a Sev 2", 2),
        ("downgrade to severity 4 please", 4),
        ("Dringlichkeit: 2", 2),
        ("we request a change of severity, 3 => 2", 2),
        ("Ticket P3 → P1", 1),
        ("raise to 1", 1),
    ],
)
def test_a_level_that_is_named_is_stated(text: str, level: int) -> None:
    assert stated_level(passages(text), "") == level


@pytest.mark.parametrize(
    "text",
    [
        "priority: high",
        "Highest priority please!",
        "Severity (1 - 4):",
        "> Severity level (1-4):\n",
        "Last year we had a Severity 1 for the same box.",
        "The X-Priority of this mail is 1.",
        "Port 1 and slot 2 of chassis 3 are affected.",
        "P1.2 is the name of the rack",
        "Severity: 1 / 2 / 3 / 4",
        "Priority: high",
        "Is that a sev 1 or a sev 2?",
        "the level 2 support said",
        "Severity of virus threats cannot be excluded.",
        "last year it was severity 1",
        "Severity 2-3",
        "P1 or P2, your choice",
        "X-Priority: 1",
        "upgrade from XOS 3 to 4",
        "Urgency 2",
        "2nd priority",
        "raised to 3 users",
    ],
)
def test_no_level_is_stated_where_none_is_named(text: str) -> None:
    assert stated_level(passages(text), "") is None


def test_a_level_may_stand_in_the_subject() -> None:
    assert stated_level((), "X80 flapping (Severity 2)") == 2


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("The whole site is down and there is no workaround.", 1),
        ("Nobody in the company has internet, there is no other line.", 1),
        ("Alles steht still, wir haben keine Alternative.", 1),
        ("The module restarts several times a day.", 2),
        ("The blade cannot be enabled.", 2),
        ("The whole site was down, but we switched to the old proxy and it has been stable since.", 2),
        ("It crashed every hour; since the workaround is in place it is quiet.", 3),
        ("Pages are slow for three people, everyone else is fine.", 3),
        ("A typo on the login page, no impact at all.", 4),
        ("How do I export the log? It is only our lab.", 4),
    ],
)
def test_words_describe_a_level(text: str, level: int) -> None:
    assert judged(text).suggested == level


def test_an_outage_that_is_called_4_is_contradicted() -> None:
    found = judged("Severity 4. The whole company is down and there is no other way out.")

    assert (found.stated, found.suggested, found.contradicted) == (4, 1, True)


def test_a_spelling_mistake_that_is_called_1_is_contradicted() -> None:
    found = judged("SEVERITY 1! A spelling mistake in the heading, operation is not affected, no impact.")

    assert (found.stated, found.suggested, found.contradicted) == (1, 4, True)


def test_a_named_level_is_taken_where_the_words_leave_it_open() -> None:
    found = judged("Sev 2. All files are attached, please analyse.")

    assert (found.stated, found.suggested, found.contradicted) == (2, 2, False)


def test_a_reason_names_the_words() -> None:
    assert "several times a day" in judged("It restarts several times a day.").because


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("APM 4 reloads every hour.", "problem"),
        ("How can I change the load priority of a VAP group?", "question"),
        ("A feature request: please add an SNMP trap.", "enhancement"),
        ("The chassis is healthy; the fault is in the Check Point software.", "third-party"),
    ],
)
def test_a_mail_is_of_a_kind(text: str, kind: str) -> None:
    assert kind_of_request(weighed(text), BLUE_COAT) == kind


def test_whatever_reaches_the_duty_manager_is_an_escalation() -> None:
    assert kind_of_request(weighed("Please have a look."), DUTY_MANAGER) == "escalation"


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("Sev. 4, obviously, it harms nobody.", 4),
        ("PRIORITY 1 - CRITICAL\nThe proxy is down.", 1),
        ("Severity Level: two", 2),
        ("Severity: I would say 2", 2),
        ("Severity (1-4): 3", 3),
        ("Severity 1-4: 3", 3),
        ("Priority: high", None),
    ],
)
def test_a_level_is_read_where_its_label_or_a_word_names_it(words: str, level: int | None) -> None:
    assert stated_level(passages(words, {}), "") == level

"""Words that ask for the duty manager, and words that only speak of one."""

import pytest

from mailproc.desk.words.expediting import asks_for_duty_manager, level_wished


@pytest.mark.parametrize(
    "reply",
    [
        "Please escalate this request.",
        "Nobody has answered for two days. Please could you escalate our case to a manager?",
        "I want to escalate.",
        "We need an escalation, the plant stands still.",
        "I would like to speak to the duty manager.",
        "Escalate this now!",
        "Bitte eskalieren Sie den Fall.",
        "Veuillez faire escalader ce dossier.",
        "Por favor, escale este caso.",
        "エスカレーションをお願いします。",
        "Please escalate this SR because it has not been answered.",
        "Please escalate, nobody has called since it was opened.",
        "Can you escalate this?",
        "Kindly escalate.",
        "Escalate, please.",
        "This needs to be escalated.",
        "We need this case expedited.",
        "We have had no answer, please escalate.",
        "Please let the duty manager call me back, this has been going on for two days.",
        "I want to speak to your manager.",
        "If possible, please escalate today.",
        "Bitte eskalieren Sie den Fall, da wir noch keine Antwort haben.",
        "Ich bitte um Eskalation.",
        "Pourriez-vous escalader ce dossier, nous n'avons pas de réponse ?",
        "¿Pueden escalar este caso?",
        "Podem escalar este chamado, por favor?",
        "Potete scalare questa richiesta?",
        "Kunt u dit escaleren? We hebben nog geen antwoord.",
    ],
)
def test_a_sentence_that_asks_is_heard(reply: str) -> None:
    assert asks_for_duty_manager(reply)


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "There is no need to escalate this.",
        "Please do not escalate this, it works now.",
        "We would like to avoid that the duty manager is called before Monday.",
        "If it happens again we will ask you to escalate.",
        "It was escalated already, thank you.",
        "The alarm escalates from minor to major.",
        "Privilege escalation is logged on the box.",
        "We need a fix for the privilege escalation in this version.",
        "Bitte noch nicht eskalieren.",
        "This has not been escalated yet?",
        "Should this need to be escalated if it returns?",
        "You need not escalate this.",
        "Can a user escalate privileges on the box?",
        "N'escaladez pas, s'il vous plaît.",
        "No escalen, por favor.",
        "Gelieve niet te escaleren.",
        "Si prega di non scalare.",
        "please " * 5000,
    ],
)
def test_a_sentence_that_does_not_ask_is_left_alone(reply: str) -> None:
    assert not asks_for_duty_manager(reply)


@pytest.mark.parametrize(
    ("reply", "level"),
    [
        ("Why was this set to severity 3? It should be severity 1, everything is down.", 1),
        ("The other box was severity 2. This should be severity 1.", 1),
        ("Please raise the severity to 1.", 1),
        ("Could you raise this to severity 1?", 1),
        ("Severity 1: everything is down", 1),
        ("Bitte auf Schweregrad 1 setzen.", 1),
        ("This is not a severity 2 for us any more, severity 3 is enough.", 3),
        ("Severity 1 is not needed, 3 will do.", None),
        ("Alice said that severity 1 would need a phone call, so leave it as it is.", None),
        ("It is no longer severity 1, please lower it.", None),
        ("When we had a severity 1 last year you were faster.", None),
        ("Is this severity 2?", None),
        ("Severity 2 here. Severity 3 there.", None),
    ],
)
def test_a_level_is_wished_for_where_the_words_plainly_ask_for_one(reply: str, level: int | None) -> None:
    assert level_wished(reply).level == level


def test_words_that_name_no_level_wish_for_none() -> None:
    assert not level_wished("The box in slot 3 is down, 2 users complain.").names

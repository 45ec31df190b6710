"""Words that ask for the duty manager, and words that only speak of one."""

import pytest

from mailproc.desk.words.expediting import asks_for_duty_manager


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
        "please " * 5000,
    ],
)
def test_a_sentence_that_does_not_ask_is_left_alone(reply: str) -> None:
    assert not asks_for_duty_manager(reply)

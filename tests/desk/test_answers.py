"""Short answers under a label: what is given, what is a plain nothing, and what only puts the question off."""

import pytest

from mailproc.desk.completeness import assess
from mailproc.desk.details import DETAILS, details_in
from mailproc.desk.words.passages import passages
from mailproc.desk.words.phrases import BARE_LEVEL, NOTHING
from tests.build import a_mail
from tests.desk.samples import DUTY_MANAGER, X_SERIES


def given_by(text: str) -> set[str]:
    return {one.item for one in details_in(passages(text), "", DETAILS)}


@pytest.mark.parametrize(
    "answer",
    [
        "none", "No.", "none so far", "nothing at the moment", "None that we know of", "no recent changes", "n/a",
        "no hardware or software upgrades", "none, it is the test system", "None (lab only)", "keine", "keine bisher",
        "keine Änderungen in letzter Zeit", "nichts bekannt", "aucun à ce jour", "aucune modification récente",
        "ninguno por ahora", "nenhuma até agora", "特になし", "なし", "not yet",
    ],
)  # fmt: skip
def test_a_plain_nothing_is_the_whole_answer(answer: str) -> None:
    assert NOTHING.match(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "None of our 400 users can reach the internet", "no users can log in", "nothing works", "no one can work",
        "kein Internet für 400 Benutzer", "aucun utilisateur ne peut travailler", "ninguna tienda puede vender",
        "none, except that no branch can pay out", "not yet assessed", "not yet known", "no idea", "No network at all",
        "nothing gets through", "nada funciona",
    ],
)  # fmt: skip
def test_an_answer_that_goes_on_is_no_plain_nothing(answer: str) -> None:
    assert not NOTHING.match(answer)


@pytest.mark.parametrize(
    "answer",
    ["None of our 400 users can reach the internet", "nothing works", "no one can work", "no users can log in"],
)
def test_an_outage_that_begins_with_a_no_is_never_read_as_harmless(answer: str) -> None:
    text = f"Business impact: {answer}"
    found = assess(a_mail(text=text, reply=text), X_SERIES)

    assert "business-impact" in found.met
    assert found.level.suggested <= 2


@pytest.mark.parametrize(
    "answer",
    [
        "not yet assessed", "not yet known", "we are still evaluating", "will be provided", "please advise", "ask Tom",
        "tbc", "steht noch nicht fest", "wird noch ermittelt", "no idea", "checking", "will start tonight",
        "ask contractor", "bitte Tom fragen", "weiß Herr Meier", "en cours d'évaluation", "pas encore connu",
        "en evaluación", "por definir", "em avaliação", "未定", "確認中です", "up to you", "still being investigated",
        "nog niet bekend", "Tom knows that", "pending", "unknown at the moment",
    ],
)  # fmt: skip
@pytest.mark.parametrize("item", ["Business impact", "Recent changes", "Troubleshooting"])
def test_an_answer_that_puts_the_question_off_gives_nothing(item: str, answer: str) -> None:
    assert given_by(f"{item}: {answer}") == set()


@pytest.mark.parametrize(
    "answer",
    ["not all users can log in", "it will not start", "nobody knows the new tariff, sales stand still"],
)
def test_an_answer_that_tells_something_besides_counts(answer: str) -> None:
    assert "business-impact" in given_by(f"Business impact: {answer}")


@pytest.mark.parametrize("answer", ["severity 2", "P2", "2", "Sev 1 (critical)", "Priorität 3", "[2] high"])
def test_a_level_is_no_impact(answer: str) -> None:
    assert BARE_LEVEL.match(answer)
    assert "business-impact" not in given_by(f"Business impact: {answer}")


@pytest.mark.parametrize("answer", ["2 branches", "1 of 3 sites is down", "P2P trading stands still", "400"])
def test_a_figure_with_something_behind_it_may_be_an_impact(answer: str) -> None:
    assert not BARE_LEVEL.match(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "2 days", "5 hours", "a week", "always", "from the beginning", "2 Tage", "seit heute", "immer", "drei Wochen",
        "toujours", "deux jours", "desde siempre", "tres días", "sempre", "2 semanas", "3日", "最初から", "daily",
    ],
)  # fmt: skip
def test_how_long_it_lasts_is_a_time_line(answer: str) -> None:
    assert "timeline" in given_by(f"Timeline: {answer}")


@pytest.mark.parametrize("answer", ["2", "?", "unknown", "see logs", "tomorrow we restart"])
def test_what_tells_no_time_is_no_time_line(answer: str) -> None:
    assert "timeline" not in given_by(f"Timeline: {answer}")


@pytest.mark.parametrize("answer", ["€40,000 per hour", "40 000 EUR per day", "$5k an hour", "20.000 € pro Stunde"])
def test_what_it_costs_is_no_time_line(answer: str) -> None:
    assert given_by(f"Business impact: {answer}") == {"business-impact"}


@pytest.mark.parametrize(
    "text",
    [
        "Wir haben das Modul neu gesteckt, es hat nichts geändert.",
        "Wir haben das Kabel getauscht, leider keine Änderung.",
        "Reiniciamos el equipo y no cambió nada.",
        "Nous avons redémarré le boîtier, cela n'a rien changé.",
        "Reiniciamos o módulo, não mudou nada.",
        "We rebooted the box, nothing changed.",
        "We reseated the cable and it did not change anything.",
        "再起動しましたが、変わりません。",
    ],
)
def test_the_outcome_of_a_step_is_no_word_of_changes(text: str) -> None:
    assert "troubleshooting" in given_by(text)
    assert "recent-changes" not in given_by(text)


def test_a_first_name_alone_answers_who_the_contact_is() -> None:
    text = "Primary contact: name: Lars\nPrimary contact: telephone number: +46 8 555 0100"
    mail = a_mail(text=text, reply=text, sender=None)

    assert {"contact-name", "contact-phone"} <= set(assess(mail, DUTY_MANAGER).met)


@pytest.mark.parametrize("answer", ["tomorrow", "Tomorrow", "None", "see below", "Support"])
def test_what_is_no_name_does_not(answer: str) -> None:
    text = f"Primary contact: name: {answer}"

    assert "contact-name" in assess(a_mail(text=text, reply=text, sender=None), DUTY_MANAGER).missing


@pytest.mark.parametrize("answer", ["none", "no", "keine", "aucun"])
def test_where_there_is_no_second_person_none_is_met_and_none_is_asked_for(answer: str) -> None:
    text = f"Alternate contact: {answer}"
    found = assess(a_mail(text=text, reply=text), DUTY_MANAGER)

    assert "alternate-contact" not in found.met
    assert "alternate-contact" not in found.missing

"""The language of a mail, told by its small words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailproc.reading.language import language_of

SENTENCES = [
    ("The box reloads every hour since this morning, and we have no idea which of the modules is to blame.", "en"),
    ("Please help: our APM is down. It would not boot after the upgrade.", "en"),
    ("Seit heute Morgen startet das Modul jede Stunde neu, und wir haben keine Erklärung. Bitte helfen Sie.", "de"),
    ("Guten Tag, die Box ist nicht mehr erreichbar, bitte um Rückruf. Wir können sie auch nicht neu starten.", "de"),
    ("Depuis ce matin le module redémarre et nous ne savons pas pourquoi. Merci pour votre aide.", "fr"),
    ("Desde esta mañana el módulo se reinicia cada hora y los usuarios pierden las sesiones por completo.", "es"),
    ("Da stamattina il modulo si riavvia e non sono riuscito a capire la causa della cosa. Grazie.", "it"),
    ("Sinds vanochtend start het systeem elk uur opnieuw en wij hebben geen idee. Graag een reactie.", "nl"),
    ("", ""),
    ("APM 4", ""),
    ("hk-a# show chassis\nslot 4  APM-9600  Down\nslot 5 APM-9600 Up", ""),
    ("Danke!", ""),
    ("Die Network is down, wir brauchen help.", ""),
]


@pytest.mark.parametrize(("words", "language"), SENTENCES)
def test_a_language_is_told_where_it_is_clear(words: str, language: str) -> None:
    assert language_of(words) == language


def test_english_output_below_german_words_leaves_them_german() -> None:
    words = "Guten Tag, seit heute ist das Modul weg und wir können nicht mehr arbeiten. Bitte rufen Sie uns an.\n"
    assert language_of(words + "\nMar 3 09:10 hk-a kernel: watchdog expired\nslot 4 reset by the watchdog\n") == "de"


@given(st.text(max_size=300))
def test_any_text_has_a_language_or_none(words: str) -> None:
    assert language_of(words) in ("", "en", "de", "fr", "es", "it", "nl")

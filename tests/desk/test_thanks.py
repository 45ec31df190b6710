"""A thank-you alone leaves a resolved request resolved; any doubt opens it again."""

import pytest

from mailproc.desk.words.thanks import is_thanks_alone


@pytest.mark.parametrize(
    "reply",
    [
        "Thanks!",
        "thank you very much for your quick help\n\nBest regards,\nAnn",
        "Many thanks to the team :-)\n\nAnn Lindqvist",
        "Vielen Dank für die schnelle Hilfe!\n\nMit freundlichen Grüßen\nJörg Maier",
        "Merci beaucoup pour votre aide. Bonne journée",
        "¡Muchas gracias por su ayuda!",
        "Muito obrigado pela ajuda",
        "Grazie mille",
        "どうもありがとうございました。",
        "谢谢",
        "👍 thanks",
    ],
)
def test_thanks_alone_are_known_in_several_languages(reply: str) -> None:
    assert is_thanks_alone(reply)


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "Ann",
        "It happened again.",
        "Thanks, but it happened again.",
        "Thank you, we will see tomorrow",
        "Thanks. One more thing: slot 5 is red",
        "thanks for nothing",
        "Thanks, is it safe to upgrade?",
        "Thanks 2 modules",
        "Vielen Dank, leider besteht das Problem noch",
        "Merci, mais ça ne marche pas",
        "Gracias, pero sigue igual",
        "ありがとうございます。まだ発生しています",
        "Thanks\nStill broken",
        "Thanks\nStill Broken Today Sadly",
        "Not perfect, thanks",
        "Thanks " * 80,
    ],
)
def test_whatever_else_is_said_makes_it_a_reply(reply: str) -> None:
    assert not is_thanks_alone(reply)

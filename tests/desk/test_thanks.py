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
        "Thank you, it works now. You can close it.\n\nBen",
        "Thanks, that fixed it.",
        "Confirmed. Thank you!",
        "Works, thanks",
        "Thanks a lot, problem solved.",
        "Thank you. Please close the case.",
        "Danke, es läuft wieder.",
        "Merci, ça marche maintenant.",
        "Gracias, ya funciona.",
        "Obrigado, está funcionando.",
        "Grazie, ora funziona.",
        "Bedankt, het werkt weer.",
        "ありがとうございます。解決しました。",
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
        "Thanks Alice!",
        "Thanks, it worked for a day",
        "Thanks, is it fixed?",
        "Thanks, it works on slot 5",
        "Thanks, it no longer works",
        "Thanks, please do not close it",
        "Danke, es läuft nicht",
    ],
)
def test_whatever_else_is_said_makes_it_a_reply(reply: str) -> None:
    assert not is_thanks_alone(reply)


def test_whoever_is_thanked_may_be_named() -> None:
    assert is_thanks_alone("Thanks Alice! Have a great weekend", ("Alice Ndiaye", "Bjarne Holm"))
    assert not is_thanks_alone("Thanks Alice, but not yet", ("Alice Ndiaye",))
    assert not is_thanks_alone("Alice", ("Alice Ndiaye",))

"""Machines that write, and people who write of machines: weak evidence decides in company only."""

# ruff: noqa: E501  tables of notices as they are written

from email.message import EmailMessage

import pytest

from mailproc.reading.mail import Mail
from mailproc.reading.parse import read

SERVER = "Mail Delivery System <mailer-daemon@mx.acme.example>"
PERSON = "Ann Lee <ann@acme.example>"


def mail(subject: str, text: str, sender: str = PERSON, **fields: str) -> Mail:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "support@vendor.example", subject
    for name, value in fields.items():
        message[name.replace("_", "-")] = value
    message.set_content(f"{text}\n")
    return read(message.as_bytes())


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        (
            "Ann Lee/Acme is out of the office.",
            "I will be out of the office starting 11.07.2026 and will not return until 25.07.2026.",
        ),
        (
            "Ann Lee/Hameln/Acme ist außer Haus.",
            "Ich werde ab 11.07.2026 nicht im Büro sein. Ich kehre zurück am 25.07.2026.",
        ),
        ("Ann Lee est absente", "Je serai absente du 11/07/2026 au 25/07/2026."),
        ("Empfangsbestätigung (X60)", "Ihr Dokument: X60 wurde empfangen von Ann Lee am 24.07.2026."),
        ("Gelesen: X60", "Ihre Nachricht an Ann Lee wurde am 24.07.2026 gelesen."),
        ("Read: X60", "Your message was read on Tuesday."),
        ("Return Receipt (X60)", "Your document X60 was received by Ann Lee."),
        ("Accusé de réception : X60", "Votre message a été lu le 24/07/2026."),
        ("已读: X60", "您的邮件已于 2026年7月24日 阅读。"),
    ],
)
def test_a_null_sender_and_the_words_of_a_machine_tell_one(subject: str, text: str) -> None:
    assert mail(subject, text, Return_Path="<>").origin.kind == "auto-reply"


def test_one_who_writes_to_several_that_he_will_be_away_is_a_person() -> None:
    words = "I am out of the office from Monday. Ben takes this over, he has access. The group has not come up."
    assert mail("Out of office next week", words, Cc="ben@acme.example").origin.kind == "person"


def test_one_who_passes_on_the_notice_of_an_absent_colleague_is_a_person() -> None:
    words = (
        "Hello,\n\nas you see below Eva is away. Please take me as the contact.\n\n-----Original Message-----\n"
        "From: Eva Kis\nSent: Monday, March 2, 2026 9:12 AM\nTo: Ann Lee\nSubject: Out of Office: X60\n\n"
        "I am out of the office until 14 October with no access to e-mail."
    )
    for subject in ("FW: Out of Office: X60", "Fwd: Automatic reply: X60", "WG: Abwesenheitsnotiz: X60"):
        assert mail(subject, words).origin.kind == "person"


def test_one_who_answers_our_receipt_is_a_person() -> None:
    words = (
        "Please raise this to severity 1.\n\nOn Tue, Mar 3, 2026 at 10:15 AM Support <support@vendor.example> wrote:\n\n"
        "> This is an automatically generated message. Please do not reply to this e-mail.\n> Your request was received."
    )
    answer = mail("Re: [SR 2-000000042] Your request was received", words, In_Reply_To="<1@vendor.example>")
    assert answer.origin.kind == "person"


def test_a_list_marks_its_mails_against_loops_and_stays_a_list() -> None:
    marks = {"X_Loop": "fw@lists.example", "List_Id": "<fw.lists.example>", "Precedence": "list"}
    assert mail("[fw] Update of the X60", "It went well.", **marks).origin.kind == "list"
    assert mail("X60", "Thank you.", X_Loop="helpdesk@acme.example").origin.kind == "auto-reply"


def test_a_request_to_confirm_ones_address_is_no_bounce() -> None:
    words = "Your message is being held. If you do not respond within 14 days, your message will not be delivered."
    held = mail(
        "Please confirm your message",
        words,
        Return_Path="<>",
        Auto_Submitted="auto-replied",
        In_Reply_To="<1@v.example>",
    )
    assert (held.origin.kind, held.bounce) == ("auto-reply", None)


NOTICES = {
    "qmail": (
        "failure notice",
        "Hi. This is the qmail-send program at acme.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<ben@acme.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <1@vendor.example>\nTo: ben@acme.example",
    ),
    "exim": (
        "Mail delivery failed: returning message to sender",
        "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  ben@acme.example\n    host mx.acme.example [192.0.2.1]: 550 5.1.1 User unknown\n\n------ This is a copy of the message ------\n\nMessage-ID: <1@vendor.example>\nTo: ben@acme.example",
    ),
    "domino": (
        "DELIVERY FAILURE: User ben (ben@acme.example) not listed in Domino Directory",
        "Your message\n\n  Subject: X60\n\nwas not delivered to:\n\n  ben@acme.example\n\nbecause:\n\n  User ben (ben@acme.example) not listed in Domino Directory",
    ),
    "groupwise": (
        "Message status - undeliverable",
        "\nThe message that you sent was undeliverable to the following:\n\tben@acme.example (user not found)\n\nPossibly truncated original message follows:\n\nMessage-ID: <1@vendor.example>",
    ),
    "exchange-fr": (
        "Non remis : X60",
        "Échec de la remise pour ces destinataires ou groupes :\n\nben@acme.example\nL'adresse de messagerie que vous avez entrée est introuvable.\n\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##",
    ),
    "exchange-de": (
        "Unzustellbar: X60",
        "Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:\n\nben@acme.example\nDie eingegebene E-Mail-Adresse konnte nicht gefunden werden.\n\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##",
    ),
    "exchange-es": (
        "No se puede entregar: X60",
        "No se pudo realizar la entrega a estos destinatarios o grupos:\n\nben@acme.example\nNo se encontró la dirección de correo electrónico especificada.\n\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##",
    ),
    "exchange-nl": (
        "Niet-bestelbaar: X60",
        "Bezorging is mislukt voor de volgende geadresseerden of groepen:\n\nben@acme.example\nHet e-mailadres is niet gevonden.\n\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##",
    ),
    "exchange-it": (
        "Non recapitabile: X60",
        "Recapito non riuscito per i seguenti destinatari o gruppi:\n\nben@acme.example\nL'indirizzo di posta elettronica non è stato trovato.\n\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##",
    ),
    "exchange-pl": (
        "Niedostarczalne: X60",
        "Dostarczenie do następujących adresatów lub grup nie powiodło się:\n\nben@acme.example\nNie można znaleźć adresu e-mail.\n\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##",
    ),
    "exchange-sv": (
        "Kunde inte levereras: X60",
        "Det gick inte att leverera till följande mottagare eller grupper:\n\nben@acme.example\nE-postadressen hittades inte.\n\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##",
    ),
    "exchange-ru": (
        "Не удалось доставить: X60",
        "Сбой доставки следующим получателям или группам:\n\nben@acme.example\nАдрес электронной почты не найден.\n\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##",
    ),
    "exchange-ja": (
        "配信不能: X60",
        "次の受信者またはグループへの配信に失敗しました:\n\nben@acme.example\n入力した電子メール アドレスが見つかりませんでした。\n\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##",
    ),
    "exchange-zh": (
        "无法投递: X60",
        "无法将邮件传递给以下收件人或组:\n\nben@acme.example\n找不到您输入的电子邮件地址。\n\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##",
    ),
    "mdaemon": (
        "Permanent Delivery Failure",
        "-----------------------------------------------\nThe attached message had PERMANENT fatal delivery errors!\n-----------------------------------------------\n\nFailed address: ben@acme.example\n\n--- Session Transcript ---\n >>> RCPT To:<ben@acme.example>\n <<< 550 Unknown user",
    ),
    "qq": (
        "系统退信/Systems bounce",
        "抱歉，您的邮件被退回来了……\n\n收件人：ben@acme.example\n\n退信原因：收件人邮件地址不存在，邮件无法送达。550 Mailbox not found",
    ),
    "html-address-to-ask": (
        "Mail System Error - Returned Mail",
        "This Message was undeliverable due to the following reason:\n\nEach of the following recipients was rejected by a remote mail server.\n    Recipient: <ben@acme.example>\n    Reason:    5.1.1 <ben@acme.example>: User unknown\n\nPlease reply to <postmaster@mx.acme.example>\nif you feel this message to be in error.",
    ),
    "expanded": (
        "Returned mail: User unknown",
        "   ----- The following addresses had permanent fatal errors -----\n<ben@acme.example>\n\n   ----- Transcript of session follows -----\n550 5.1.1 <ben@acme.example>... User unknown",
    ),
}


@pytest.mark.parametrize(("subject", "text"), NOTICES.values(), ids=NOTICES.keys())
def test_servers_name_whom_they_could_not_reach(subject: str, text: str) -> None:
    notice = mail(subject, text, SERVER, Return_Path="<>")
    assert notice.origin.kind == "bounce"
    assert notice.bounce is not None
    assert (notice.bounce.recipients, notice.bounce.permanent) == (("ben@acme.example",), True)


@pytest.mark.parametrize(("subject", "text"), NOTICES.values(), ids=NOTICES.keys())
def test_people_who_paste_a_notice_are_people(subject: str, text: str) -> None:
    asked = f"Since yesterday we get this when we write to Ben, can you help?\n\n{text}"
    for about in ("Mail to Ben fails", f"Re: {subject}", f"FW: {subject}"):
        assert mail(about, asked, Return_Path="<ann@acme.example>").origin.kind == "person"


def test_an_alias_failed_with_the_mailbox_that_it_stands_for() -> None:
    text = "The following addresses had permanent fatal errors\nben@acme.example\n    (expanded from: <team@acme.example>)\n"
    notice = mail("Returned mail: User unknown", text, SERVER, Return_Path="<>")
    assert notice.bounce is not None
    assert notice.bounce.recipients == ("ben@acme.example", "team@acme.example")


def test_what_is_nothing_but_a_notice_is_one_though_its_subject_answers() -> None:
    words = "Votre message n'a pas pu être délivré à\nben@acme.example\n\n*********\nYour message could not be delivered to\nben@acme.example"
    notice = mail("RE: Your request : non remis (delivery failed)", words, "gateway.x@acme.example")
    assert notice.bounce is not None
    assert notice.bounce.recipients == ("ben@acme.example",)


@pytest.mark.parametrize(
    ("reply_to", "answerable"),
    [
        ("g.tremblay@school.example", True),  # whoever filled in the form
        ("noreply@school.example", False),
        ("somebody@elsewhere.example", False),
        ("", False),
    ],
)
def test_a_web_form_is_answered_where_it_names_a_person_of_its_house(reply_to: str, *, answerable: bool) -> None:
    field = f"Reply-To: {reply_to}\r\n" if reply_to else ""
    mail = read(f"From: Webform <noreply-forms@school.example>\r\n{field}Subject: Form\r\n\r\nIt is down.\r\n".encode())

    assert mail.origin.answerable is answerable
